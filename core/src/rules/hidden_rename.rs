//! DROP COLUMN and ADD COLUMN that together look like a rename.

use super::backfill::fills;
use super::writes::writes;
use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::DataType;
use crate::sql::{Dml, Name};
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

It does not apply when the types differ, when an UPDATE or MERGE of the migration fills the new column or reads the old one, nor to columns that these files added.

If a rename is meant, carry the values over: add the new column, backfill it from the old one in batches, and drop that in a \
later release. Else say in the migration that the loss is meant.",
    manual: "ALTER TABLE: RENAME",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN customer_name;\nALTER TABLE orders ADD COLUMN client_name text;",
    ],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN client_name text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let accepted = scene.places_of(migration).filter(|place| place.step().error.is_none());
        check_migration(&accepted.flat_map(|place| place.alterations()).collect::<Vec<_>>(), findings);
    }
}

fn check_migration(alterations: &[Alteration], findings: &mut Findings) {
    for dropping in alterations {
        let AlterAction::DropColumn { column: dropped, .. } = dropping.action else { continue };
        if !dropping.place.scene.is_old_column(dropping.relation, dropped) || is_read(dropping, dropped) {
            continue;
        }
        let of_table = || alterations.iter().filter(|other| other.relation.id == dropping.relation.id);
        let added = || {
            of_table().filter_map(|adding| match adding.action {
                AlterAction::AddColumn { column, .. } if column.name != *dropped => Some((adding, &**column)),
                _ => None,
            })
        };
        let twin = added().find(|(adding, column)| {
            is_like(dropping, dropped, adding, column) && !is_filled(adding, &column.name)
        });
        let Some((adding, column)) = twin else { continue };
        let drops = of_table().filter(|other| matches!(other.action, AlterAction::DropColumn { .. })).count();
        // One for one, or with a word in common: else it is hardly more than a guess.
        let is_likely = drops == 1 && added().count() == 1 || share_a_word(dropped, &column.name);
        findings.at_with(
            if is_likely { Severity::Warning } else { Severity::Advice },
            &adding.place,
            format!(
                "{} is added and {dropped}, a column like it, is dropped on {}: if this is a rename, every value of {}.{dropped} is lost.",
                column.name,
                dropping.place.seen_from(&adding.place),
                dropping.name()
            ),
            format!(
                "Backfill {} from {dropped} in batches, and drop {dropped} in a later release; or say in a comment that the loss is meant.",
                column.name
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
        None => share_a_word(dropped, &added.name),
    }
}

fn share_a_word(a: &str, b: &str) -> bool {
    a.split('_').any(|word| word.len() > 2 && b.split('_').any(|other| other == word))
}

/// Does a statement of the migration write the column's values to where they are kept?
fn is_read(dropping: &Alteration, column: &Name) -> bool {
    let places = dropping.place.scene.places_of(dropping.place.migration);
    places.flat_map(writes).any(|write| match write.dml {
        Dml::Update { assignments, .. } => assignments.iter().any(|(_, value)| value.columns().contains(column)),
        _ => false,
    })
}

/// Does a statement of the migration write to the new column?
fn is_filled(adding: &Alteration, column: &Name) -> bool {
    let places = adding.place.scene.places_of(adding.place.migration);
    places.flat_map(writes).any(|write| fills(&write, adding.relation.id, column))
}
