//! NOT NULL right after one UPDATE that fills the column.

use super::backfill::{Filled, filled_before, made_not_null};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;

pub(super) static RULE: Rule = Rule {
    id: "not-null-after-backfill",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:adding-not-nullable-field", "eugene:E2", "gitlab:update_column_in_batches", "atlas:MF104"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column is made NOT NULL right after one UPDATE that fills it, in the same migration",
    why: "One UPDATE over the whole table and SET NOT NULL behind it, in one migration, fail in one of two ways.

In one transaction, the UPDATE's row locks are held while SET NOT NULL waits for ACCESS EXCLUSIVE and then reads the whole \
table again: every writer of those rows waits for all of it, then every reader. In transactions of their own, rows that \
the running application inserts in between with NULL fail SET NOT NULL with 23502.

It does not apply when a valid CHECK proves the column, when the backfill went in batches, to tables that these files created \
and nothing has filled, nor to small ones.

Three migrations: add the column and make the application write it; fill old rows in batches, each in its own transaction; \
then `CHECK (column IS NOT NULL) NOT VALID`, `VALIDATE CONSTRAINT`, SET NOT NULL.",
    manual: "ALTER TABLE: SET/DROP NOT NULL",
    bad: &[
        "BEGIN;\nALTER TABLE orders ADD COLUMN region text;\nUPDATE orders SET region = 'eu' WHERE region IS NULL;\nALTER TABLE orders ALTER COLUMN region SET NOT NULL;\nCOMMIT;",
        "UPDATE orders SET region = 'eu';\nALTER TABLE orders ALTER COLUMN region SET NOT NULL;",
    ],
    good: &[
        "-- file: 001_check.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT region_known CHECK (region IS NOT NULL) NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT region_known;\n-- file: 003_not_null.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN region SET NOT NULL;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let Some(column) = made_not_null(alteration.action) else { continue };
        if alteration.heavy(WorkKind::Scan).is_none() {
            continue;
        }
        let place = &alteration.place;
        let Filled::AtOnce { update } = filled_before(&alteration, column) else { continue };
        let (line, table) = (update.line(), alteration.sized_name());
        let message = if place.is_together_with(&update) {
            format!(
                "{column} is filled by one UPDATE on line {line} and made NOT NULL in the same transaction: every row stays locked while {table} is read once more under ACCESS EXCLUSIVE."
            )
        } else {
            format!(
                "{column} is filled by one UPDATE on line {line} and made NOT NULL right behind it: {table} is read under ACCESS EXCLUSIVE, and a row that came in between with NULL fails the migration (23502)."
            )
        };
        findings.at(
            place,
            message,
            format!(
                "Fill {column} in batches in a migration of its own, once the application writes it; then prove it with CHECK ({column} IS NOT NULL) NOT VALID and VALIDATE CONSTRAINT, and set NOT NULL last."
            ),
        );
    }
}
