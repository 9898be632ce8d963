//! COMMIT in a DO block or procedure that runs inside a transaction.

use super::body::{self, BodyPart};
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::plpgsql::{BodyAction, BodyStatement};
use crate::sql::{Command, Node};

pub(super) static RULE: Rule = Rule {
    id: "commit-in-transaction-block",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A DO block or procedure commits, but it runs inside a transaction, where it may not",
    why: "A DO block, or a procedure that CALL runs, may end transactions only when it is not inside one itself: otherwise its COMMIT or ROLLBACK fails with \
`invalid transaction termination` (2D000), and everything the transaction did is undone.

It does not apply to scripts that the runner does not wrap. Move the block into a migration that runs outside of a transaction.",
    manual: "PL/pgSQL: Transaction Management",
    bad: &[
        "BEGIN;\nDO $$ BEGIN DELETE FROM jobs WHERE id = 1; COMMIT; END $$;\nCOMMIT;",
        "CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM jobs WHERE id = 1; COMMIT; END $$;\nBEGIN;\nCALL tidy();\nCOMMIT;",
    ],
    good: &["DO $$ BEGIN DELETE FROM jobs WHERE id = 1; COMMIT; END $$;"],
};

const HELP: &str = "Let the runner run this script outside of a transaction, without BEGIN.";

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.in_transaction()) {
        if let Some(name) = committing_procedure(&place) {
            findings.at(
                &place,
                format!("This fails with 2D000 (invalid transaction termination): {name} ends transactions, and CALL runs inside one."),
                HELP,
            );
        }
        let Some(body) = body::of(&place).filter(|body| body.runs_now) else { continue };
        let end = body.statements.iter().find(|line| matches!(line.what, BodyPart::EndOfTransaction));
        if let Some(line) = end {
            findings.at_span(
                Severity::Danger,
                Some(place.migration),
                body.span_of(line.line),
                "This fails with 2D000 (invalid transaction termination): the block runs inside a transaction.",
                HELP,
            );
        }
    }
}

/// The procedure that a CALL runs, where it ends transactions.
fn committing_procedure(place: &Place) -> Option<String> {
    let Command::Call(call) = place.command() else { return None };
    let Node::Function { name, .. } = &call.call else { return None };
    let before = place.before();
    let path = before.session.search_path();
    let mut called = before.schema.functions_called(name, &path);
    let ends = called.any(|own| {
        own.procedure
            && own.options.language.as_deref() == Some("plpgsql")
            && own.statements().is_some_and(ends_transaction)
    });
    ends.then(|| name.to_string())
}

fn ends_transaction(body: &[BodyStatement]) -> bool {
    body.iter().any(|statement| match &statement.action {
        BodyAction::Commit | BodyAction::Rollback => true,
        BodyAction::Branches(branches) => branches.iter().any(|(_, body)| ends_transaction(body)),
        BodyAction::Loop { body, .. } | BodyAction::Block { body, .. } => ends_transaction(body),
        _ => false,
    })
}
