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
    summary: "A script outside of a transaction cannot be run again after it failed, or was not noted as run",
    why: "Without a transaction each statement commits by itself. When a later one fails (a lock timeout, a duplicate, \
a lost connection), the earlier ones stay, the runner counts the migration as failed, and the second attempt \
ends at the first statement that finds its work done (42P07, 42701, 42710). Run a second time here, right \
after the first, it does. One statement alone is enough: when the connection is lost before the runner has noted it, or a concurrent build \
fails and its INVALID index keeps the name (42P07).

It does not apply to scripts that run in a transaction, nor where each \
statement says IF [NOT] EXISTS or OR REPLACE. Wrap it in BEGIN and COMMIT, split it, or make each statement \
repeatable.",
    manual: "CREATE TABLE: IF NOT EXISTS",
    bad: &[
        "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;",
    ],
    good: &["CREATE TABLE IF NOT EXISTS a (id bigint PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS b (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let Rerun::Refused { at, error } = &scene.reruns[migration] else { continue };
        let changing = scene.places_of(migration).filter(|place| !place.in_transaction() && !place.step().changes.is_empty());
        let Some(place) = scene.places_of(migration).nth(*at).filter(|place| !place.in_transaction()) else { continue };
        let is_alone = changing.count() < 2;
        let is_build = scene.places_of(migration).any(|place| is_concurrent(place.command()));
        let (when, help) = match (is_alone, is_build) {
            (true, true) => ("When it has failed and left an INVALID index", "Put DROP INDEX CONCURRENTLY IF EXISTS of the name before it."),
            (true, false) => ("When the runner lost the connection before it noted that this ran", "Run it in a transaction with the runner's note, or write IF [NOT] EXISTS."),
            (false, false) => ("When a later statement of the script has failed", "Wrap the script in BEGIN and COMMIT, or write IF [NOT] EXISTS and OR REPLACE."),
            // Another rule tells of what stands beside CONCURRENTLY.
            (false, true) => continue,
        };
        findings.at(&place, format!("{when}, running it again stops here: {error}."), help);
    }
}
