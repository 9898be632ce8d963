//! pg_sleep while locks are held.

use super::body::{self, BodyPart};
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::simulate::Lock;
use crate::sql::{Command, Node};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "sleep-in-transaction",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The transaction sleeps while it holds locks that others wait for",
    why: "pg_sleep gives others room only between transactions. Inside one, every lock taken so far is held during the pause: those \
of the rows that were changed (ROW EXCLUSIVE on the table), and ACCESS EXCLUSIVE if there was an ALTER TABLE. The pause makes it worse.

It does not apply between transactions, nor in a loop that commits each batch before it sleeps.",
    manual: "Delaying Execution",
    bad: &["BEGIN;\nUPDATE jobs SET status = 'new' WHERE id = 1;\nSELECT pg_sleep(5);\nCOMMIT;"],
    good: &["UPDATE jobs SET status = 'new' WHERE id = 1;\nSELECT pg_sleep(5);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Some((lock, span)) = slept_on(&place) else { continue };
        findings.at_span(
            Severity::Warning,
            Some(place.migration),
            span,
            format!("This sleeps while {} on {}, and the rows changed so far, stay locked.", lock.mode, lock.name),
            "Commit before the pause, or leave the pause out.",
        );
    }
}

/// What is held during a pause, and where the pause is.
fn slept_on<'a>(place: &Place<'a>) -> Option<(&'a Lock, Span)> {
    let felt = |lock: &&Lock| lock.mode >= LockMode::RowExclusive && place.is_busy(lock.relation, lock.rows);
    let held = || place.held().iter().map(|held| &held.lock).filter(felt).max_by_key(|lock| lock.mode);
    if !matches!(place.command(), Command::Do(_)) {
        let sleeps = matches!(place.command(), Command::Query(_)) && place.command().expressions().into_iter().any(sleeps);
        return sleeps.then(held).flatten().map(|lock| (lock, place.span()));
    }
    let body = body::of(place)?;
    let pause = body.statements.iter().find(|line| match &line.what {
        BodyPart::Evaluate(expression) => sleeps(&expression.node),
        BodyPart::Command(command @ Command::Query(_)) => command.expressions().into_iter().any(sleeps),
        _ => false,
    })?;
    if body.statements.iter().any(|line| matches!(line.what, BodyPart::EndOfTransaction)) {
        return None;
    }
    let own = place.step().locks.iter().filter(felt).max_by_key(|lock| lock.mode);
    held().or(own).map(|lock| (lock, body.span_of(pause.line)))
}

fn sleeps(node: &Node) -> bool {
    let mut found = false;
    node.walk(|node| {
        if let Node::Function { name, .. } = node {
            found |= matches!(&*name.name, "pg_sleep" | "pg_sleep_for" | "pg_sleep_until");
        }
    });
    found
}
