//! CREATE TABLE … PARTITION OF a table in use.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::locks::LockMode;
use crate::report::json::Severity;
use crate::schema::Id;
use crate::simulate::WorkKind;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "create-partition-locks-parent",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP093"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table",
    why: "CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table and on its default partition, \
and reads the default partition in full to see that it holds no row of the new one. It waits for every running query on \
the table, and every query that comes after it waits behind it.

It does not apply when the partitioned table is new or nothing has filled it.

Create a plain table `(LIKE parent INCLUDING ALL)` and ATTACH PARTITION it: that takes SHARE UPDATE EXCLUSIVE on the \
partitioned table, and an empty table is read in no time.",
    manual: "Table Partitioning: Partition Maintenance",
    bad: &["CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');"],
    good: &[
        "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateTable(create) = command else { continue };
        let Some((parent, _)) = &create.partition_of else { continue };
        let Some(parent) = place.relation(parent) else { continue };
        let felt = |id: Id| place.is_in_use(id) && place.lock_on(id) == Some(LockMode::AccessExclusive);
        let scanned = place.heavy_work().find(|work| work.kind == WorkKind::Scan);
        if !felt(parent.id) && scanned.is_none() {
            continue;
        }
        let default = match scanned {
            Some(work) => format!(
                ", and {}{} is read in full under the same lock",
                work.name,
                place.size_note(work.relation)
            ),
            None => String::new(),
        };
        findings.at_with(
            if scanned.is_some() { Severity::Danger } else { Severity::Warning },
            &place,
            format!(
                "Creating {} takes ACCESS EXCLUSIVE on {}: it waits for every running query there, and all that come after it wait behind it{default}.",
                create.name,
                parent.display_name()
            ),
            format!(
                "CREATE TABLE {} (LIKE {} INCLUDING ALL), then ALTER TABLE … ATTACH PARTITION, which takes SHARE UPDATE EXCLUSIVE.",
                create.name,
                parent.sql_name()
            ),
        );
    }
}
