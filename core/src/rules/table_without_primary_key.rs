//! A new table without a primary key.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::Command;
use crate::sql::command::{Persistence, ReplicaIdentity};

pub(super) static RULE: Rule = Rule {
    id: "table-without-primary-key",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["splinter:no_primary_key", "migrationpilot:MP045", "pglinter:B001"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new table has no primary key",
    why: "Without a key a row cannot be named: duplicates cannot be told apart or removed one by one, batches have \
nothing to go by, and logical replication refuses UPDATE and DELETE on the table (55000).

It does not apply to temporary tables, partitions and inheriting tables, nor to tables that get a key later or are dropped again.

Give it a primary key: `id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY`, or the columns that identify a row.",
    manual: "Constraints: Primary Keys",
    bad: &["CREATE TABLE notes (body text);"],
    good: &["CREATE TABLE notes (body text);\nALTER TABLE notes ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateTable(create) = command else { continue };
        if create.persistence == Persistence::Temporary || create.foreign_server.is_some() {
            continue;
        }
        let path = place.before().session.search_path();
        let Some(made) = place.after().schema.resolve(&create.name, &path) else { continue };
        let Some(last) = scene.last().relation(made.id).filter(|last| last.origin == Origin::Created) else {
            continue;
        };
        let Some(table) = last.table() else { continue };
        let has_key = table.primary_key().is_some() || table.replica_identity != ReplicaIdentity::Default;
        if has_key || !table.parents.is_empty() || place.before().schema.relation(made.id).is_some() {
            continue;
        }
        findings.at(
            &place,
            format!("{} has no primary key: its rows cannot be told apart, and logical replication refuses to change them.", last.display_name()),
            "Add a primary key: an identity column, or the columns that identify a row.",
        );
    }
}
