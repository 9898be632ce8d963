//! What one migration of the set creates, another one drops.

use super::{Axis, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Origin};
use crate::sql::Command;
use crate::sql::command::{AlterAction, Persistence};

pub(super) static RULE: Rule = Rule {
    id: "built-and-dropped-again",
    summary: "These migrations create something and drop it again",
    severity: Severity::Advice,
    axis: Axis::Availability,
    why: "Creating and dropping what is never kept takes its locks for nothing (ACCESS EXCLUSIVE for the DROP), does its work twice, and \
often shows that a later change overtook an earlier one that nobody removed.

It does not apply to temporary tables, nor to constraints, which the safe way to NOT NULL adds and drops again.",
    aliases: &["migrationpilot:SQ003"],
    manual: "DROP TABLE",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nDROP TABLE a;"],
    good: &["CREATE TEMPORARY TABLE a (id bigint);\nDROP TABLE a;"],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let objects = match place.command() {
            Command::Drop(drop) => {
                drop.objects.iter().filter_map(|object| new_relation(&place, &object.name)).collect()
            }
            Command::AlterTable(alter) => match place.relation(&alter.name) {
                Some(table) => alter.actions.iter().filter_map(|action| new_column(&place, table.id, action)).collect(),
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

fn new_relation(place: &Place, name: &crate::sql::QualifiedName) -> Option<String> {
    let found = place.relation(name)?;
    let is_new = found.origin == Origin::Created
        && found.persistence != Persistence::Temporary
        && !was_there(place.scene, found.id);
    is_new.then(|| format!("{} {}", found.kind_name(), found.display_name()))
}

fn new_column(place: &Place, table: Id, action: &AlterAction) -> Option<String> {
    let AlterAction::DropColumn { column, .. } = action else { return None };
    let relation = place.relation_of(table)?;
    let found = relation.table()?.column(column)?;
    let before = first_state(place.scene).schema.relation(table).and_then(|before| before.table());
    let is_new = found.origin == Origin::Created && before.is_none_or(|before| before.numbered(found.number).is_none());
    is_new.then(|| format!("column {}.{column}", relation.display_name()))
}

fn was_there(scene: &Scene, relation: Id) -> bool {
    first_state(scene).schema.relation(relation).is_some()
}

fn first_state<'a>(scene: &'a Scene) -> &'a crate::simulate::State {
    let first = scene.reviewed().next().map(|(migration, _)| &scene.timeline.ups[migration].before);
    first.unwrap_or(&scene.timeline.start)
}
