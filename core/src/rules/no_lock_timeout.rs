//! A lock that others feel is waited for without a limit.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "no-lock-timeout",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-lock-timeout",
        "squawk:require-timeout-settings",
        "eugene:E9",
        "pgfence:missing-lock-timeout",
        "migrationpilot:MP004",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A script waits for a blocking lock without lock_timeout",
    why: "A statement that needs ACCESS EXCLUSIVE, SHARE ROW EXCLUSIVE or SHARE waits behind the longest running transaction on \
the table, and every later statement on the table queues up behind it: a schema change of a millisecond becomes an outage \
as long as somebody's report. With `SET lock_timeout = '5s'` the migration gives up instead (55P03) and can be tried again.

It does not apply to locks on tables that this script created, that nothing has filled yet or that are known to be small, nor to \
modes that let writes go on, such as that of CREATE INDEX CONCURRENTLY. Some runners set it on the connection: then the script need not.",
    manual: "Client Connection Defaults: lock_timeout",
    bad: &["ALTER TABLE orders ADD COLUMN note text;"],
    good: &["-- file: 001_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\n-- file: rollback/001_rollback.sql\nSET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let unbounded = scene
            .places_of(migration)
            .filter(|place| place.before().session.timeout("lock_timeout").is_none())
            .find_map(|place| place.blocking_locks().next().map(|lock| (place, lock)));
        if let Some((place, lock)) = unbounded {
            let who = if lock.mode.blocks_reads() { "reads and writes" } else { "writes" };
            findings.at(
                &place,
                format!(
                    "This waits for {} on {} for as long as it takes, and all {who} that come later wait behind it.",
                    lock.mode, lock.name
                ),
                "Begin the script with SET lock_timeout = '5s' (or let the runner set it), and run it again when it gives up with 55P03.",
            );
        }
    }
}
