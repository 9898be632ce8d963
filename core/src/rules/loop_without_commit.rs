//! Batches that are all one transaction.

use super::body::{self, BodyPart};
use super::writes::{sources, writes};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, Dml};

pub(super) static RULE: Rule = Rule {
    id: "loop-without-commit",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["e2b:do-loop-without-commit"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A loop changes rows batch by batch, but all of it is one transaction",
    why: "A DO block is one statement, so one transaction: without COMMIT in the loop, every row of every batch stays locked until \
the last one is done, no old row version can be vacuumed, and a failure at the end undoes all of it. The batches only make it slower.

It does not apply to a loop with COMMIT, nor to tables that hold few rows. COMMIT works in a DO block or in a procedure that is called \
outside of a transaction; inside one it is refused (2D000).",
    manual: "PL/pgSQL: Transaction Management",
    bad: &["DO $$\nBEGIN\n  LOOP\n    UPDATE jobs SET status = 'new' WHERE id IN (SELECT id FROM jobs WHERE status IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n  END LOOP;\nEND $$;"],
    good: &["DO $$\nBEGIN\n  LOOP\n    UPDATE jobs SET status = 'new' WHERE id IN (SELECT id FROM jobs WHERE status IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        if !matches!(place.command(), Command::Do(_)) {
            continue;
        }
        let Some(body) = body::of(&place) else { continue };
        let busy = writes(place);
        let changes_much = |dml: &Dml| match dml {
            Dml::Insert { source, .. } => source.as_deref().is_some_and(|query| !sources(query).is_empty()),
            _ => true,
        };
        let batch = body.statements.iter().find_map(|line| {
            let first_loop = *line.loops.first()?;
            let BodyPart::Command(Command::Dml(dml)) = &line.what else { return None };
            let on_busy = busy.iter().any(|write| *write.dml == *dml && write.in_loop && write.is_on_busy_table());
            (on_busy && changes_much(dml) && !line.loops.iter().any(|l| body.commits_in(*l))).then_some((first_loop, dml))
        });
        let Some((first_loop, dml)) = batch else { continue };
        let help = if place.in_transaction() {
            "Run it outside of a transaction with COMMIT behind each batch (in this transaction, COMMIT is refused: 2D000), or batch it from a script."
        } else {
            "Add COMMIT behind each batch, or batch it from a script."
        };
        findings.at_span(
            Severity::Warning,
            Some(place.migration),
            body.span_of(first_loop),
            format!("The loop never commits: the rows of {} that all its rounds change stay locked until the block is done.", dml.table()),
            help,
        );
    }
}
