//! A savepoint for every round.

use super::body::{self, BodyPart};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "subtransactions-in-loop",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP076"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A loop catches errors in each round, and each round is a subtransaction",
    why: "A block with EXCEPTION is a subtransaction. After 64 of them that wrote something, a transaction's list of \
them no longer fits into shared memory, and every session that looks at its rows has to look them up on \
disk: under load, and on replicas, everything becomes slow until it ends.

It does not apply to a block around the loop, nor to a loop that commits. Check before you write (ON \
CONFLICT, IF EXISTS) instead of catching the error.",
    manual: "PL/pgSQL: Trapping Errors",
    bad: &["DO $$\nDECLARE r record;\nBEGIN\n  FOR r IN SELECT 1 LOOP\n    BEGIN\n      PERFORM 1;\n    EXCEPTION WHEN others THEN\n      NULL;\n    END;\n  END LOOP;\nEND $$;"],
    good: &["DO $$\nDECLARE r record;\nBEGIN\n  FOR r IN SELECT 1 LOOP\n    PERFORM 1;\n  END LOOP;\nEND $$;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let Some(body) = body::of(&place).filter(|body| body.runs_now) else { continue };
        let caught = body.statements.iter().find(|line| {
            matches!(line.what, BodyPart::Subtransaction) && !line.loops.is_empty() && !line.loops.iter().any(|own| body.commits_in(*own))
        });
        if let Some(line) = caught {
            findings.at_span(
                Severity::Advice,
                Some(place.migration),
                body.span_of(line.line),
                "Each round of the loop is a subtransaction: after 64 that write, every session that reads these rows slows down.",
                "Check before you write, or put the EXCEPTION around the loop.",
            );
        }
    }
}
