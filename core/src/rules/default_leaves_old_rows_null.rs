//! SET DEFAULT on a new column: old rows stay NULL.

use super::backfill::fills;
use super::writes::writes;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "default-leaves-old-rows-null",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP048"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new column gets its default afterwards, and nothing here fills the rows that are there",
    why: "SET DEFAULT is for rows to come. Rows that were there when the column was added without a default hold NULL \
until something fills them.

It does not apply when the column is added with its default (PostgreSQL 11 on gives a constant to old rows at no cost), when an \
UPDATE here fills it, nor to tables that these files created and nothing has filled.

Add the column with a constant default, or fill the old rows in batches.",
    manual: "ALTER TABLE: SET/DROP DEFAULT",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region text;\nALTER TABLE orders ALTER COLUMN region SET DEFAULT 'eu';"],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region text DEFAULT 'eu';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::SetDefault { column, default } = alteration.action else { continue };
        let (place, table) = (&alteration.place, alteration.relation.id);
        if default.node.is_null() || !place.may_hold_rows(table) {
            continue;
        }
        let added_without = scene.alterations().any(|other| {
            other.relation.id == table
                && (other.place.migration, other.place.index) <= (place.migration, place.index)
                && matches!(other.action, AlterAction::AddColumn { column: added, .. }
                    if added.name == *column && added.default.is_none())
        });
        let is_filled = || scene.places().flat_map(writes).any(|write| fills(&write, table, column));
        if added_without && !is_filled() {
            findings.at(
                place,
                format!(
                    "Rows that {} holds already keep NULL in {column}: SET DEFAULT is for new rows.",
                    alteration.name()
                ),
                "Add the column with a constant default, or fill the old rows in batches.",
            );
        }
    }
}
