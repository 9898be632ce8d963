//! COMMIT in a DO block that runs inside a transaction.

use super::body::{self, BodyPart};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "commit-in-transaction-block",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A DO block commits, but it runs inside a transaction, where it may not",
    why: "A DO block may end transactions only when it is not inside one itself: otherwise its COMMIT or ROLLBACK fails with \
`invalid transaction termination` (2D000), and everything the transaction did is undone.

It does not apply to scripts that the runner does not wrap. Move the block into a migration that runs outside of a transaction.",
    manual: "PL/pgSQL: Transaction Management",
    bad: &["BEGIN;\nDO $$ BEGIN DELETE FROM jobs WHERE id = 1; COMMIT; END $$;\nCOMMIT;"],
    good: &["DO $$ BEGIN DELETE FROM jobs WHERE id = 1; COMMIT; END $$;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.in_transaction()) {
        let Some(body) = body::of(&place).filter(|body| body.runs_now) else { continue };
        let end = body.statements.iter().find(|line| matches!(line.what, BodyPart::EndOfTransaction));
        if let Some(line) = end {
            findings.at_span(
                Severity::Danger,
                Some(place.migration),
                body.span_of(line.line),
                "This fails with 2D000 (invalid transaction termination): the block runs inside a transaction.",
                "Let the runner run this script outside of a transaction, without BEGIN.",
            );
        }
    }
}
