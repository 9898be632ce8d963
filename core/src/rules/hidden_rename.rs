//! DROP COLUMN and ADD COLUMN that together look like a rename.

use super::backfill::fills;
use super::writes::writes;
use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::DataType;
use crate::sql::Name;
use crate::sql::command::{AlterAction, ColumnDefinition};

pub(super) static RULE: Rule = Rule {
    id: "hidden-rename",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["atlas:DS103"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "One column is dropped and a like one added in the same migration: a rename that loses the data",
    why: "A tool that writes migrations by comparing two schemas cannot tell a rename from a removal and an addition. \
It writes DROP COLUMN and ADD COLUMN, and every value is lost without an error.

It does not apply when the types differ, when an UPDATE or MERGE of the migration fills the new column, nor to columns that these files added.

If a rename is meant, carry the values over: add the new column, backfill it from the old one in batches, and drop that in a \
later release. Else say in the migration that the loss is meant.",
    manual: "ALTER TABLE: RENAME",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN customer_name;\nALTER TABLE orders ADD COLUMN client_name text;",
    ],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN client_name text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let alterations: Vec<Alteration> = scene.alterations().collect();
    for dropping in &alterations {
        let AlterAction::DropColumn { column: dropped, .. } = dropping.action else { continue };
        if !scene.is_old_column(dropping.relation, dropped) {
            continue;
        }
        let twin = alterations.iter().find_map(|adding| match adding.action {
            AlterAction::AddColumn { column, .. }
                if adding.place.migration == dropping.place.migration
                    && adding.relation.id == dropping.relation.id
                    && column.name != *dropped
                    && is_like(dropping, dropped, adding, column)
                    && !is_filled(adding, &column.name) =>
            {
                Some((adding, column))
            }
            _ => None,
        });
        let Some((adding, added)) = twin else { continue };
        findings.at(
            &adding.place,
            format!(
                "{} is added and {dropped}, a column like it, is dropped on {}: if this is a rename, every value of {}.{dropped} is lost.",
                added.name,
                dropping.place.seen_from(&adding.place),
                dropping.name()
            ),
            format!(
                "Backfill {} from {dropped} in batches, and drop {dropped} in a later release; or say in a comment that the loss is meant.",
                added.name
            ),
        );
    }
}

/// Could the added column be the dropped one under a new name? By type; by a common word where the type is not known.
fn is_like(dropping: &Alteration, dropped: &Name, adding: &Alteration, added: &ColumnDefinition) -> bool {
    let Some(made) = adding.column_after(&added.name) else { return false };
    let old = dropping.column_before(dropped).map(|column| &column.data_type);
    match old.filter(|old| **old != DataType::unknown()) {
        Some(old) => *old == made.data_type,
        None => {
            dropped.split('_').any(|word| word.len() > 2 && added.name.split('_').any(|other| other == word))
        }
    }
}

/// Does a statement of the migration write to the new column?
fn is_filled(adding: &Alteration, column: &Name) -> bool {
    let places = adding.place.scene.places_of(adding.place.migration);
    places.flat_map(writes).any(|write| fills(&write, adding.relation.id, column))
}
