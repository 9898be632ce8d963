//! ALTER TABLE … RENAME COLUMN.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, ObjectKind};

pub(super) static RULE: Rule = Rule {
    id: "rename-column",
    severity: Severity::Danger,
    axis: Axis::Compatibility,
    aliases: &[
        "squawk:renaming-column",
        "atlas:BC102",
        "strong_migrations:rename_column",
        "django-migration-linter:RENAME_COLUMN",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column gets another name, and the running application does not know it",
    why: "From the moment of COMMIT on, every query that names the old column fails with 42703, and the code that knows \
the new one cannot be deployed at that same moment. Views follow the rename; functions whose body is a string, and \
queries in applications, do not.

It does not apply to columns and tables that these files created, nor when a column of the old name is there again in the \
same migration.

Add a column of the new name, write both, backfill in batches, read the new one, and drop the old one in a later release.",
    manual: "ALTER TABLE: RENAME",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders RENAME COLUMN total TO amount;"],
    good: &[
        "-- file: 001_orders.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, total int);\n-- file: 002_rename.sql\nALTER TABLE orders RENAME COLUMN total TO amount;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Rename(rename) = command else { continue };
        let (ObjectKind::Column, Some(column)) = (rename.kind, &rename.object.part) else { continue };
        let Some(relation) = place.relation(&rename.object.name) else { continue };
        let is_old = match relation.table() {
            Some(_) => scene.is_old_column(relation, column),
            None => relation.view().is_some() && scene.is_old(relation),
        };
        if !is_old {
            continue;
        }
        let comes_back = scene.alterations().any(|other| {
            other.place.migration == place.migration
                && other.relation.id == relation.id
                && matches!(other.action, AlterAction::AddColumn { column: added, .. } if added.name == *column)
        });
        // The name goes to another column in the same migration, as when two are exchanged.
        let is_passed_on = scene.commands().any(|(other, command)| {
            other.migration == place.migration
                && matches!(command, Command::Rename(own) if own.kind == ObjectKind::Column
                    && own.to == *column && own.object.name == rename.object.name)
        });
        if comes_back || is_passed_on {
            continue;
        }
        findings.at(
            &place,
            format!(
                "Queries that name {}.{column} fail (42703) from COMMIT on, until all code says {}.",
                relation.display_name(),
                rename.to
            ),
            format!(
                "Add {} beside {column}, write both, backfill in batches, switch the reads, and drop {column} in a later release.",
                rename.to
            ),
        );
    }
}
