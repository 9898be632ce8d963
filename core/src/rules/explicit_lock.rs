//! LOCK TABLE.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "explicit-lock",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP065"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "LOCK TABLE keeps others out of a table in use until the transaction ends",
    why: "LOCK TABLE takes ACCESS EXCLUSIVE unless it says otherwise, and nothing but the transaction's end releases it: every \
read, or every write, waits for whatever else the migration does.

It does not apply to modes that let writes go on, nor to tables that nobody else can see or that hold nothing. Leave the locking to \
the statements themselves, each of which takes the weakest lock it can.",
    manual: "LOCK",
    bad: &["BEGIN;\nLOCK TABLE orders;\nALTER TABLE orders ADD COLUMN note text;\nCOMMIT;"],
    good: &["BEGIN;\nSET LOCAL lock_timeout = '2s';\nLOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;\nCOMMIT;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        if !place.commands().any(|command| matches!(command, Command::Lock(_))) {
            continue;
        }
        let Some(lock) = place.blocking_locks().max_by_key(|lock| lock.mode) else { continue };
        let who = if lock.mode.blocks_reads() { "read or write" } else { "write" };
        findings.at(
            &place,
            format!("{} on {} is held until the transaction ends: nobody can {who} it meanwhile.", lock.mode, lock.name),
            "Remove it where the statements that follow take the locks they need; otherwise use the weakest mode that does, with a short lock_timeout.",
        );
    }
}
