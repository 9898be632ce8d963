//! ATTACH PARTITION that has to read the rows.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "attach-partition-scans",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["pgfence:attach-partition", "migrationpilot:MP094", "migrationpilot:MP072"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "ATTACH PARTITION reads a whole table under ACCESS EXCLUSIVE on it",
    why: "ATTACH PARTITION takes only SHARE UPDATE EXCLUSIVE on the partitioned table, but ACCESS EXCLUSIVE on the table \
that is attached, and on the default partition. Unless a valid CHECK proves that every row lies within the bound, the \
attached table is read; and unless one proves the opposite of the default partition, that is read too, while nobody can \
use it. Indexes and foreign keys that the attached table lacks are made on the spot.

It does not apply to tables that these files created and nothing has filled, nor to small ones.

Before: build the missing indexes CONCURRENTLY, add `CHECK (key IS NOT NULL AND key >= … AND key < …) NOT VALID`, and \
VALIDATE it in a migration of its own. After: drop the CHECK.",
    manual: "Table Partitioning: Partition Maintenance",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 (id bigint, at date NOT NULL);\nINSERT INTO events_2024 SELECT id, at FROM imported_events;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE events_2024 ADD CONSTRAINT events_2024_bound CHECK (at >= '2024-01-01' AND at < '2025-01-01') NOT VALID;\n-- file: 003.sql\nSET lock_timeout = '5s';\nALTER TABLE events_2024 VALIDATE CONSTRAINT events_2024_bound;\n-- file: 004.sql\nSET lock_timeout = '5s';\nALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AttachPartition { partition, bound: Some(_) } = alteration.action else { continue };
        let place = &alteration.place;
        let attached = place.relation(partition).map(|relation| relation.id);
        let mut parts: Vec<String> = Vec::new();
        let mut severity = Severity::Warning;
        for work in place.heavy_work() {
            let what = match work.kind {
                WorkKind::Scan => "is read",
                WorkKind::BuildIndex => "gets an index built",
                WorkKind::ValidateForeignKey => "has a foreign key checked",
                WorkKind::Rewrite => continue,
            };
            if Some(work.relation) != attached {
                // The default partition is in everyday use already.
                severity = Severity::Danger;
            }
            parts.push(format!("{}{} {what} ({})", work.name, place.size_note(work.relation), work.reason));
        }
        if parts.is_empty() {
            continue;
        }
        findings.at_with(
            severity,
            place,
            format!("Under ACCESS EXCLUSIVE on it, {}: reads and writes of it wait.", parts.join("; ")),
            "Before attaching, add a CHECK that implies the bound (with NOT NULL) as NOT VALID, validate it in a migration of its own, and build missing indexes CONCURRENTLY.",
        );
    }
}
