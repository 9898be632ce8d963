//! DETACH PARTITION without CONCURRENTLY.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "detach-not-concurrent",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-concurrent-partition-detach",
        "pgfence:detach-partition",
        "migrationpilot:MP046",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A partition is detached under ACCESS EXCLUSIVE on the partitioned table",
    why: "DETACH PARTITION takes ACCESS EXCLUSIVE on the partitioned table, the partition and the default partition. It \
waits for every running query on the table, and every query that comes after it waits behind it.

It does not apply when these files created the table and nothing has filled it.

`DETACH PARTITION … CONCURRENTLY` (PostgreSQL 14 on, outside of a transaction, not with a default partition) takes SHARE \
UPDATE EXCLUSIVE. If it is interrupted, `DETACH PARTITION … FINALIZE` completes it.",
    manual: "ALTER TABLE: DETACH PARTITION",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE events DETACH PARTITION events_2019;"],
    good: &["SET lock_timeout = '5s';\nALTER TABLE events DETACH PARTITION events_2019 CONCURRENTLY;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::DetachPartition { partition, concurrently: false, finalize: false } =
            alteration.action
        else {
            continue;
        };
        if !alteration.place.is_in_use(alteration.relation.id) {
            continue;
        }
        findings.at(
            &alteration.place,
            format!(
                "Detaching {partition} takes ACCESS EXCLUSIVE on {}: it waits for every running query there, and all that come after it wait behind it.",
                alteration.name()
            ),
            "Use DETACH PARTITION … CONCURRENTLY, in a migration that the runner does not wrap in a transaction.",
        );
    }
}
