//! What becomes of the referencing rows.

use super::definitions::stays;
use super::ways_back::listed;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::ForeignKeyAction;

pub(super) static RULE: Rule = Rule {
    id: "foreign-key-action",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP086", "bytebase:213", "eslint-plugin-postgresql:no-on-delete-cascade", "schemalint:reference-actions"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A foreign key changes or deletes the rows that refer to a deleted one",
    why: "ON DELETE SET NULL on a NOT NULL column lets no referenced row be deleted at all: DELETE fails with 23502. \
ON DELETE CASCADE deletes the referencing rows with it, and those that refer to them, without a word and in \
one transaction, with all their locks: one DELETE of a customer may remove millions of rows.

It does not apply to NO ACTION and RESTRICT. A cascade is only mentioned, since often it is meant.",
    manual: "Constraints: Foreign Keys",
    bad: &["CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY, author bigint NOT NULL REFERENCES users (id) ON DELETE SET NULL);"],
    good: &["CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY, author bigint NOT NULL REFERENCES users (id));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let mut cascades: Vec<String> = Vec::new();
        for (relation, key) in place.new_foreign_keys() {
            let Some(last) = scene.last_table(relation.id).filter(|_| stays(scene, relation.id, key)) else { continue };
            let (name, other) = (relation.display_name(), place.after().schema.display_name(key.references));
            let set_null = if key.on_delete_columns.is_empty() { &key.columns } else { &key.on_delete_columns };
            let refused = set_null.iter().filter_map(|number| last.numbered(*number)).find(|column| column.not_null);
            match (key.on_delete, refused) {
                (ForeignKeyAction::SetNull, Some(column)) => findings.at(
                    &place,
                    format!("No row of {other} that {name} refers to can be deleted: {} would become NULL and is NOT NULL (23502).", column.name),
                    "Let the column be NULL, or say what deleting means: RESTRICT or CASCADE.",
                ),
                (ForeignKeyAction::Cascade, _) => cascades.push(format!("a row of {other} deletes all rows of {name} that refer to it")),
                _ => {}
            }
        }
        if !cascades.is_empty() {
            findings.at_with(
                Severity::Advice,
                &place,
                format!("Deleting {}.", listed(&cascades)),
                "Leave CASCADE out where that is not plainly meant, and delete in batches.",
            );
        }
    }
}
