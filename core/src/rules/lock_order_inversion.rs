//! Two transactions of the set lock the same tables in opposite orders.


use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::sorted::Map;
use crate::report::json::Severity;
use crate::schema::Id;

/// Of a transaction that locks more tables than this, the first ones are compared.
const COMPARED: usize = 64;

pub(super) static RULE: Rule = Rule {
    id: "lock-order-inversion",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["gitlab:lock_order"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Two transactions of the set lock the same two tables in opposite orders",
    why: "If one transaction locks A and then B, and another B and then A, each can end up waiting for the other: a deadlock \
(40P01). Migrations seldom run at the same time, but the application's transactions follow one of the two orders, so one of \
the two migrations goes against it.

It does not apply to locks that let writes go on, nor to tables that nothing uses yet. Keep to one order in all of them, parents before children.",
    manual: "Explicit Locking: Deadlocks",
    bad: &["-- file: 001_a.sql\nBEGIN;\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE customers ADD COLUMN a int;\nCOMMIT;\n-- file: 002_b.sql\nBEGIN;\nALTER TABLE customers ADD COLUMN b int;\nALTER TABLE orders ADD COLUMN b int;\nCOMMIT;"],
    good: &["-- file: 001_a.sql\nSET lock_timeout = '1s';\nALTER TABLE orders ADD COLUMN a int;\n-- file: 002_b.sql\nSET lock_timeout = '1s';\nALTER TABLE customers ADD COLUMN b int;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    // For each pair of tables in an order, the first migration that locks them so.
    let mut orders: Map<(Id, Id), usize> = Map::default();
    let mut told: Vec<(Id, Id)> = Vec::new();
    for (migration, _) in scene.reviewed() {
        let mut transaction = None;
        let mut locked: Vec<(Id, String)> = Vec::new();
        for place in scene.places_of(migration) {
            let current = place.run().moments[place.index].transaction;
            if current != transaction || current.is_none() {
                locked.clear();
                transaction = current;
            }
            let before = locked.len();
            for lock in place.blocking_locks() {
                if locked.len() < COMPARED && !locked.iter().any(|(id, _)| *id == lock.relation) {
                    locked.push((lock.relation, lock.name.clone()));
                }
            }
            for later in before..locked.len() {
                for earlier in 0..before {
                    let pair = (locked[earlier].0, locked[later].0);
                    orders.entry(pair, || migration);
                    let against = orders.get(&(pair.1, pair.0)).filter(|other| **other != migration);
                    if let Some(other) = against
                        && !told.contains(&pair)
                    {
                        told.push(pair);
                        tell(&place, &locked[earlier].1, &locked[later].1, *other, findings);
                    }
                }
            }
        }
    }
}

fn tell(place: &Place, first: &str, second: &str, other: usize, findings: &mut Findings) {
    let title = &place.scene.history.migrations[other].up.title;
    findings.at(
        place,
        format!("This transaction locks {first} and then {second}; {title} locks them the other way round."),
        "Lock tables in one order everywhere, the one in which the application uses them.",
    );
}
