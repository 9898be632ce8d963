//! DROP TABLE of a partition that is still attached.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::ObjectKind;

pub(super) static RULE: Rule = Rule {
    id: "drop-partition",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["safe-migrate:partition-lock"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A partition is dropped while attached, under ACCESS EXCLUSIVE on the partitioned table",
    why: "DROP TABLE of an attached partition takes ACCESS EXCLUSIVE on the partitioned table and on its default \
partition: it waits for every running query there, and every query that comes after it waits behind it.

It does not apply when these files created the partitioned table and nothing has filled it.

`DETACH PARTITION … CONCURRENTLY` first, outside of a transaction; then drop the table, which nobody uses any more.",
    manual: "Table Partitioning: Partition Maintenance",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2019 PARTITION OF events FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');\nINSERT INTO events SELECT at FROM imported_events;\n-- file: 002.sql\nSET lock_timeout = '5s';\nDROP TABLE events_2019;",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2019 PARTITION OF events FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');\nINSERT INTO events SELECT at FROM imported_events;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE events DETACH PARTITION events_2019 CONCURRENTLY;\nDROP TABLE events_2019;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        if drop.kind != ObjectKind::Table {
            continue;
        }
        for object in &drop.objects {
            let Some(partition) = place.relation(&object.name) else { continue };
            let Some(table) = partition.table().filter(|table| table.bound.is_some()) else { continue };
            let parent = table.parents.first().copied().filter(|parent| place.is_in_use(*parent));
            let Some(parent) = parent.and_then(|parent| place.relation_of(parent)) else { continue };
            findings.at(
                &place,
                format!(
                    "Dropping the partition {} takes ACCESS EXCLUSIVE on {}: it waits for every running query there, and all that come after it wait behind it.",
                    partition.display_name(),
                    parent.display_name()
                ),
                "ALTER TABLE … DETACH PARTITION … CONCURRENTLY first, outside of a transaction; then drop the table.",
            );
        }
    }
}
