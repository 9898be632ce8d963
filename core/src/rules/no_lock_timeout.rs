//! A lock that others feel is waited for without a limit.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "no-lock-timeout",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-lock-timeout",
        "squawk:require-timeout-settings",
        "squawk:require-statement-timeout",
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
as long as somebody's report. With `SET lock_timeout = '5s'` the migration gives up instead (55P03) and can be tried again. A statement_timeout ends the wait too (57014), and work that takes longer than expected.

It does not apply to locks on tables that this script created, that nothing has filled yet or that are known to be small, nor to \
modes that let writes go on, such as that of CREATE INDEX CONCURRENTLY, nor under a statement_timeout that is as short. Some runners set it on the connection: then the script need not.",
    manual: "Client Connection Defaults: lock_timeout",
    bad: &[
        "ALTER TABLE orders ADD COLUMN note text;",
        "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;",
    ],
    good: &["-- file: 001_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\n-- file: rollback/001_rollback.sql\nSET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let unbounded = scene
            .places_of(migration)
            .filter(|place| !is_bounded(place))
            .find_map(|place| place.blocking_locks().next().map(|lock| (place, lock)));
        if let Some((place, lock)) = unbounded {
            let who = if lock.mode.blocks_reads() { "reads and writes" } else { "writes" };
            let idle = place.earlier_in_migration().find(is_idle).map(|set| {
                format!(" The SET LOCAL on line {} does nothing, because no transaction is open there.", set.line())
            });
            findings.at(
                &place,
                format!(
                    "This waits for {} on {} for as long as it takes, and all {who} that come later wait behind it.{}",
                    lock.mode,
                    lock.name,
                    idle.unwrap_or_default()
                ),
                "Begin the script with SET lock_timeout = '5s' (or let the runner set it, and statement_timeout), and run it again when it gives up with 55P03.",
            );
        }
    }
}

/// Is it a SET LOCAL of a timeout outside of a transaction?
fn is_idle(place: &Place) -> bool {
    let is_timeout = |name: &str| matches!(name, "lock_timeout" | "statement_timeout");
    !place.in_transaction()
        && matches!(place.command(), Command::Set(set) if set.local && set.name.as_deref().is_some_and(is_timeout))
}

/// Does a timeout end the wait? A statement_timeout that leaves time for real work does so too late.
fn is_bounded(place: &Place) -> bool {
    let session = &place.before().session;
    let limit = place.scene.settings.limits.lock_timeout;
    session.timeout("lock_timeout").is_some() || session.timeout("statement_timeout").is_some_and(|own| own <= limit)
}
