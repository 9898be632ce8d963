//! Rows that replication cannot name.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Publication, Schema};
use crate::sql::command::{AlterAction, ReplicaIdentity};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "replica-identity",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP055", "diesel-guard:DropPrimaryKey", "pg-schema-diff:CORRECTNESS"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A published table has nothing by which a replica finds its rows",
    why: "Logical replication finds the row to change by the table's replica identity: its primary key unless said \
otherwise. A published table with none refuses every UPDATE and DELETE on the publisher (55000), so the \
application fails. REPLICA IDENTITY FULL writes every old row to the log in whole: that is only mentioned.

It does not apply to publications of INSERT alone, nor to tables that get a key in the same set. Add a \
primary key, or REPLICA IDENTITY USING INDEX.",
    manual: "Logical Replication: Publication",
    bad: &["CREATE TABLE a (id bigint);\nCREATE PUBLICATION p FOR TABLE a;"],
    good: &["CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE PUBLICATION p FOR TABLE a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let last = scene.last();
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let (before, after) = (&place.before().schema, &place.after().schema);
        let mut tables: Vec<Id> = Vec::new();
        for command in place.commands() {
            let written: Vec<&QualifiedName> = match command {
                Command::CreatePublication(create) => create.tables.iter().map(|own| &own.table).collect(),
                Command::AlterPublication(alter) => alter.tables.iter().map(|own| &own.table).collect(),
                Command::AlterTable(alter) if alter.actions.iter().any(concerns_identity) => vec![&alter.name],
                _ => continue,
            };
            tables.extend(written.into_iter().filter_map(|name| place.relation(name)).map(|found| found.id));
        }
        for table in tables {
            if refuses_changes(after, table) && !refuses_changes(before, table) && refuses_changes(last, table) {
                findings.at(
                    &place,
                    format!("{} is published and has no replica identity: UPDATE and DELETE on it fail (55000).", after.display_name(table)),
                    "Add a primary key, or a unique index on NOT NULL columns with REPLICA IDENTITY USING INDEX.",
                );
            }
        }
    }
    for alteration in scene.alterations() {
        if matches!(alteration.action, AlterAction::ReplicaIdentity(ReplicaIdentity::Full)) && alteration.place.is_in_use(alteration.relation.id) {
            findings.at_with(
                Severity::Advice,
                &alteration.place,
                format!("Every UPDATE and DELETE writes the whole old row of {} to the log, and a replica without an index reads its table to find it.", alteration.name()),
                "Use REPLICA IDENTITY USING INDEX with a unique index on NOT NULL columns.",
            );
        }
    }
}

fn concerns_identity(action: &AlterAction) -> bool {
    matches!(action, AlterAction::DropConstraint { .. } | AlterAction::ReplicaIdentity(_))
}

/// Is the table published with its UPDATEs, and without a way to name the row?
fn refuses_changes(schema: &Schema, id: Id) -> bool {
    let Some(relation) = schema.relation(id).filter(|relation| !relation.presumed) else { return false };
    let Some(table) = relation.table() else { return false };
    let named = match &table.replica_identity {
        ReplicaIdentity::Default => table.primary_key().is_some(),
        ReplicaIdentity::Nothing => false,
        ReplicaIdentity::Full | ReplicaIdentity::Index(_) => true,
    };
    let publishes = |own: &Publication| {
        let changes = own.options.iter().find(|option| &*option.name == "publish").and_then(|option| option.value.as_deref());
        changes.is_none_or(|changes| changes.contains("update") || changes.contains("delete"))
            && (own.all_tables || own.schemas.contains(&relation.schema) || own.tables.iter().any(|published| published.table == id))
    };
    !named && schema.publications.values().any(publishes)
}
