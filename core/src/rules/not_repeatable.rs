//! A script that stops half way.

use super::concurrently_with_others::is_concurrent;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::timeline::Rerun;

pub(super) static RULE: Rule = Rule {
    id: "not-repeatable",
    severity: Severity::Advice,
    axis: Axis::Reversibility,
    aliases: &["squawk:prefer-robust-stmts", "migrationpilot:MP023", "safe-migrate:missing-idempotency"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A script outside of a transaction cannot be run again after it failed half way",
    why: "Without a transaction each statement commits by itself. When a later one fails (a lock timeout, a duplicate, \
a lost connection), the earlier ones stay, the runner counts the migration as failed, and the second attempt \
ends at the first statement that finds its work done (42P07, 42701, 42710). Run a second time here, right \
after the first, it does.

It does not apply to scripts that run in a transaction, nor to scripts of one statement, nor where each \
statement says IF [NOT] EXISTS or OR REPLACE. Wrap it in BEGIN and COMMIT, split it, or make each statement \
repeatable.",
    manual: "CREATE TABLE: IF NOT EXISTS",
    bad: &["CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);"],
    good: &["CREATE TABLE IF NOT EXISTS a (id bigint PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS b (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let Rerun::Refused { at, error } = &scene.reruns[migration] else { continue };
        let changing = scene.places_of(migration).filter(|place| !place.in_transaction() && !place.step().changes.is_empty());
        let Some(place) = scene.places_of(migration).nth(*at).filter(|place| !place.in_transaction()) else { continue };
        // Where something runs CONCURRENTLY, another rule tells of what stands beside it.
        if changing.count() > 1 && !scene.places_of(migration).any(|place| is_concurrent(place.command())) {
            findings.at(
                &place,
                format!("When a later statement of the script has failed, running it again stops here: {error}."),
                "Wrap the script in BEGIN and COMMIT, or write IF [NOT] EXISTS and OR REPLACE.",
            );
        }
    }
}
