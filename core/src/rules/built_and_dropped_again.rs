//! What one migration of the set creates, another one drops.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Relation;
use crate::sql::command::{AlterAction, Persistence};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "built-and-dropped-again",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:SQ003"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "These migrations create something and drop it again",
    why: "Creating and dropping what is never kept takes its locks for nothing (ACCESS EXCLUSIVE for the DROP), does its work twice, and \
often shows that a later change overtook an earlier one that nobody removed.

It does not apply to temporary tables, nor to constraints, which the safe way to NOT NULL adds and drops again.",
    manual: "DROP TABLE",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nDROP TABLE a;"],
    good: &["CREATE TEMPORARY TABLE a (id bigint);\nDROP TABLE a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let objects = match place.command() {
            Command::Drop(drop) => {
                drop.objects.iter().filter_map(|object| new_relation(&place, &object.name)).collect()
            }
            Command::AlterTable(alter) => match place.relation(&alter.name) {
                Some(table) => alter.actions.iter().filter_map(|action| new_column(&place, table, action)).collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        if let Some(first) = objects.first() {
            findings.at(
                &place,
                format!("{first} is dropped here, and was created by a statement of the same set."),
                "If no database has run them yet, remove both statements.",
            );
        }
    }
}

fn new_relation(place: &Place, name: &QualifiedName) -> Option<String> {
    let found = place.relation(name)?;
    let is_new = found.persistence != Persistence::Temporary && !place.scene.is_old(found);
    is_new.then(|| format!("{} {}", found.kind_name(), found.display_name()))
}

fn new_column(place: &Place, table: &Relation, action: &AlterAction) -> Option<String> {
    let AlterAction::DropColumn { column, .. } = action else { return None };
    table.table()?.column(column)?;
    let is_new = !place.scene.is_old_column(table, column);
    is_new.then(|| format!("column {}.{column}", table.display_name()))
}
