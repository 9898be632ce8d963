//! A foreign key whose columns no index begins with.

use super::definitions::stays;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{ForeignKey, Id, Schema};

pub(super) static RULE: Rule = Rule {
    id: "foreign-key-without-index",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["eugene:E15", "migrationpilot:MP016", "pgfence:fk-missing-index", "splinter:unindexed_foreign_keys"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "No index begins with a new foreign key's columns, so every delete on the other table reads this one in full",
    why: "PostgreSQL indexes the referenced side only. Each DELETE there, and each UPDATE of the key, looks for rows that \
still point to it: without an index on the referencing columns that reads the whole table, once a row, with the row locks held.

It does not apply when a valid index without WHERE begins with the key's columns in any order, in this or a later migration here, \
or the table is dropped again.

Build the index CONCURRENTLY before the foreign key.",
    manual: "Constraints: Foreign Keys",
    bad: &["CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a (id));"],
    good: &[
        "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a (id));\nCREATE INDEX b_a_id_idx ON b (a_id);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let mut bare: Vec<String> = Vec::new();
        for (table, key) in place.new_foreign_keys() {
            let Some(last) = scene.last().relation(table.id) else { continue };
            let Some(columns) = last.table() else { continue };
            if stays(scene, table.id, key) && !is_indexed(scene.last(), table.id, key) {
                let names: Vec<String> =
                    key.columns.iter().map(|number| columns.column_name(*number).to_string()).collect();
                bare.push(format!("{} ({})", last.display_name(), names.join(", ")));
            }
        }
        if !bare.is_empty() {
            findings.at(
                &place,
                format!(
                    "No index begins with {}: each DELETE on the referenced table reads all of it.",
                    bare.join(" or ")
                ),
                "Create an index on the referencing columns; CONCURRENTLY where the table is in use.",
            );
        }
    }
}

fn is_indexed(schema: &Schema, table: Id, key: &ForeignKey) -> bool {
    schema.indexes_of(table).any(|(_, index)| {
        let Some(columns) = index.key_columns() else { return false };
        index.predicate.is_none()
            && matches!(&*index.method, "btree" | "hash")
            && columns.len() >= key.columns.len()
            && columns[..key.columns.len()].iter().all(|column| key.columns.contains(column))
    })
}
