//! BEGIN without COMMIT.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::timeline::End;

pub(super) static RULE: Rule = Rule {
    id: "unclosed-transaction",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:ban-uncommitted-transaction", "pgfence:unclosed-transaction", "pglt:banUncommittedTransaction"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A script begins a transaction and never ends it, so nothing of it is kept",
    why: "When the session ends with a transaction open, the server rolls it back: the migration seems to succeed and has \
changed nothing. Until then it holds every lock it took, ACCESS EXCLUSIVE ones included.

It does not apply where the runner wraps the script and commits it. Write COMMIT behind the last statement.",
    manual: "COMMIT",
    bad: &["BEGIN;\nCREATE TABLE t (id bigint PRIMARY KEY);"],
    good: &["BEGIN;\nCREATE TABLE t (id bigint PRIMARY KEY);\nCOMMIT;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        for transaction in &scene.timeline.ups[migration].transactions {
            if transaction.end != End::Open {
                continue;
            }
            if let Some(place) = scene.places_of(migration).nth(transaction.first) {
                let count = transaction.last - transaction.first;
                let what = match count {
                    0 => "what follows is".to_owned(),
                    1 => "the statement after it is".to_owned(),
                    count => format!("the {count} statements after it are"),
                };
                findings.at(
                    &place,
                    format!("No COMMIT follows this BEGIN, so {what} rolled back when the session ends."),
                    "Add COMMIT; behind the last statement.",
                );
            }
        }
    }
}
