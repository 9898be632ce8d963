//! From a writer's lock to ACCESS EXCLUSIVE.

use super::backfill::made_not_null;
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::locks::LockMode;

pub(super) static RULE: Rule = Rule {
    id: "lock-upgrade",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A transaction writes rows of a table and then needs ACCESS EXCLUSIVE on it",
    why: "The rows that were written stay locked. A writer who waits for one of them holds ROW EXCLUSIVE on the table, \
so the ALTER TABLE behind waits for that writer, and each waits for the other: a deadlock (40P01). With \
deferred constraints or triggers it fails outright (55006, pending trigger events).

It does not apply to tables that the transaction created or that nothing uses yet, nor when the strong lock \
is taken first. Change the schema and the rows in transactions of their own.",
    manual: "Explicit Locking: Deadlocks",
    bad: &["BEGIN;\nINSERT INTO orders (id) VALUES (1);\nALTER TABLE orders ADD COLUMN note text;\nCOMMIT;"],
    good: &["BEGIN;\nSET LOCAL lock_timeout = '5s';\nINSERT INTO orders (id) VALUES (1);\nCOMMIT;\nBEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\nCOMMIT;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let mut told = None;
    for place in scene.places().filter(|place| place.step().error.is_none() && !place.held().is_empty()) {
        let transaction = Some((place.migration, place.run().moments[place.index].transaction));
        if transaction == told {
            continue;
        }
        // Of a column that is filled and then made NOT NULL another rule tells.
        if place.alterations().any(|alteration| made_not_null(alteration.action).is_some()) {
            continue;
        }
        let upgraded = place.felt_locks().filter(|lock| lock.mode == LockMode::AccessExclusive).find_map(|lock| {
            let mut held = place.held().iter().filter(|held| held.lock.relation == lock.relation);
            let wrote = held.clone().find(|held| held.lock.mode == LockMode::RowExclusive)?;
            (!held.any(|held| held.lock.mode == LockMode::AccessExclusive)).then_some((lock, wrote))
        });
        let Some((lock, wrote)) = upgraded else { continue };
        told = transaction;
        let first = Place { index: wrote.since, ..place };
        findings.at(
            &place,
            format!(
                "{} has been written since line {}, and is now locked against all: a writer who waits for one of those rows deadlocks with this (40P01).",
                lock.name, first.line()
            ),
            "Commit the rows first, or change the schema first, each in a transaction of its own.",
        );
    }
}
