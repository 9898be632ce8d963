//! ACCESS EXCLUSIVE on several tables in one transaction.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::locks::LockMode;
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "several-tables-locked",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["eugene:E10", "pgfence:wide-lock-window", "pglt:avoidWideLockWindow", "gitlab:one_table_per_transaction"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "One transaction takes ACCESS EXCLUSIVE on several tables in use, one after the other",
    why: "The first table stays locked while the transaction waits for the second. An application transaction that uses both \
in the other order then waits for the migration while the migration waits for it: a deadlock (40P01), and one of the two is \
rolled back. Until then both tables are closed for reads too: ACCESS EXCLUSIVE conflicts with every other mode.

It does not apply to tables that the transaction created or that hold nothing yet, to tables that are gone when it ends, nor to a single statement that needs two tables by its \
nature. With lock_timeout set the wait is bounded, and it is only a piece of advice. Change one table per transaction.",
    manual: "Explicit Locking: Deadlocks",
    bad: &["BEGIN;\nALTER TABLE orders ADD COLUMN note text;\nALTER TABLE customers ADD COLUMN note text;\nCOMMIT;"],
    good: &["SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\nALTER TABLE customers ADD COLUMN note text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let mut told = None;
        for place in scene.places_of(migration) {
            let transaction = place.run().moments[place.index].transaction;
            if transaction.is_none() || transaction == told {
                continue;
            }
            let exclusive = |mode| mode == LockMode::AccessExclusive;
            // What the migration drops nobody uses beside another table any more.
            let stays = |relation| place.run().after.schema.relation(relation).is_some();
            let held = place.held().iter().find(|held| {
                exclusive(held.lock.mode)
                    && place.is_busy(held.lock.relation, held.lock.rows)
                    && stays(held.lock.relation)
            });
            let Some(held) = held else { continue };
            let own = place.felt_locks().find(|lock| exclusive(lock.mode) && lock.relation != held.lock.relation && stays(lock.relation));
            let Some(own) = own else { continue };
            told = transaction;
            let bounded = place.before().session.timeout("lock_timeout").is_some();
            findings.at_with(
                if bounded { Severity::Advice } else { Severity::Warning },
                &place,
                format!(
                    "ACCESS EXCLUSIVE on {} is still held while this waits for it on {}: whoever uses both in the other order deadlocks with the migration (40P01).",
                    held.lock.name, own.name
                ),
                "Change one table per transaction, or take the locks in the order in which the application uses the tables, with a short lock_timeout.",
            );
        }
    }
}
