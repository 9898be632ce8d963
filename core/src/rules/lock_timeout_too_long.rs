//! A lock_timeout under which the queue behind a lock grows into an outage.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "lock-timeout-too-long",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["pgfence:lock-timeout-too-long", "strong_migrations:lock_timeout_limit"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "lock_timeout is so long that others time out while the migration waits",
    why: "While a statement waits for ACCESS EXCLUSIVE, everything that comes later on the table waits behind it. A \
lock_timeout longer than ten seconds outlasts the timeouts of most applications: their requests fail before the migration gives up (55P03).

It does not apply to statements that take no lock others feel. Use a few seconds, and try again.",
    manual: "Client Connection Defaults: lock_timeout",
    bad: &["SET lock_timeout = '10min';\nALTER TABLE orders ADD COLUMN note text;"],
    good: &["SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        for place in scene.places_of(migration) {
            let Some(limit) = place.before().session.timeout("lock_timeout").filter(|limit| *limit > scene.settings.limits.lock_timeout) else {
                continue;
            };
            if let Some(lock) = place.blocking_locks().next() {
                findings.at(
                    &place,
                    format!(
                        "This may wait {} seconds for {} on {}, and whatever needs the table meanwhile waits behind it.",
                        limit / 1000,
                        lock.mode,
                        lock.name
                    ),
                    "Set lock_timeout to a few seconds, and run the script again when it gives up.",
                );
                break;
            }
        }
    }
}
