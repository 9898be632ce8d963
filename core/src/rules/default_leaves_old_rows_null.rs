//! SET DEFAULT on a new column: old rows stay NULL.

use std::cell::OnceCell;

use super::backfill::fills;
use super::writes::writes;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::sql::Name;
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
    // Columns that are added without a default: the table, the name, and where.
    let added: Vec<(Id, &Name, (usize, usize))> = scene
        .alterations()
        .filter_map(|own| match own.action {
            AlterAction::AddColumn { column, .. } if column.default.is_none() => {
                Some((own.relation.id, &column.name, (own.place.migration, own.place.index)))
            }
            _ => None,
        })
        .collect();
    let written = OnceCell::new();
    for alteration in scene.alterations() {
        let AlterAction::SetDefault { column, default } = alteration.action else { continue };
        let (place, table) = (&alteration.place, alteration.relation.id);
        if default.node.is_null() || !place.may_hold_rows(table) {
            continue;
        }
        let here = (place.migration, place.index);
        let is_it = |own: &(Id, &Name, (usize, usize))| own.0 == table && own.1 == column && own.2 <= here;
        let is_filled = || {
            let written = written.get_or_init(|| scene.places().flat_map(writes).collect::<Vec<_>>());
            written.iter().any(|write| fills(write, table, column))
        };
        if added.iter().any(is_it) && !is_filled() {
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
