//! SET NOT NULL that has to read every row.

use super::backfill::{Filled, filled_before, made_not_null};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::{AlterAction, ConstraintKind};

pub(super) static RULE: Rule = Rule {
    id: "set-not-null-scans",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:adding-not-nullable-field",
        "eugene:E2",
        "eugene:W14",
        "atlas:PG303",
        "atlas:PG304",
        "strong_migrations:change_column_null",
        "bytebase:212",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "SET NOT NULL reads every row of a table in use under ACCESS EXCLUSIVE",
    why: "SET NOT NULL has to see that no row holds NULL. Without a proof it reads the whole table under ACCESS \
EXCLUSIVE, so not even SELECT gets through, and one NULL fails the migration (23502). A primary key made from an existing \
index does the same to columns that are not NOT NULL yet.

It does not apply when a valid `CHECK (column IS NOT NULL)` proves it (and is not dropped by the same ALTER TABLE), to tables \
that these files created and nothing has filled, nor to small ones.

Prove it first: `ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID`, then `VALIDATE CONSTRAINT` in a migration of its own \
(SHARE UPDATE EXCLUSIVE: reads and writes go on), then SET NOT NULL, then drop the CHECK. From PostgreSQL 18 on, \
`ADD CONSTRAINT … NOT NULL column NOT VALID` and `VALIDATE CONSTRAINT` do it in two steps.",
    manual: "ALTER TABLE: SET/DROP NOT NULL",
    bad: &[
        "ALTER TABLE orders ALTER COLUMN region SET NOT NULL;",
        "ALTER TABLE orders ADD CONSTRAINT orders_region_not_null NOT NULL region;",
        "CREATE UNIQUE INDEX CONCURRENTLY orders_code_key ON orders (code);\nALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_code_key;",
    ],
    good: &[
        "-- file: 001_check.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT region_known CHECK (region IS NOT NULL) NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT region_known;\n-- file: 003_not_null.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN region SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT region_known;",
        "-- file: 001_not_null.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_region_not_null NOT NULL region NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT orders_region_not_null;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        if alteration.heavy(WorkKind::Scan).is_none() {
            continue;
        }
        let mut severity = Severity::Danger;
        let what = match (made_not_null(alteration.action), alteration.action) {
            (Some(column), _) if matches!(filled_before(&alteration, column), Filled::Otherwise) => {
                format!("Making {column} NOT NULL")
            }
            (None, AlterAction::AddConstraint(definition)) => match &definition.kind {
                ConstraintKind::PrimaryKey(key) if key.using_index.is_some() => {
                    // The columns of a table that no file creates may well be NOT NULL already.
                    if alteration.relation.presumed {
                        severity = Severity::Advice;
                    }
                    "Making the primary key's columns NOT NULL, where they are not yet,".to_owned()
                }
                _ => continue,
            },
            _ => continue,
        };
        let help = if scene.version() >= 18 {
            "ADD CONSTRAINT … NOT NULL column NOT VALID, and VALIDATE CONSTRAINT in a migration of its own (PostgreSQL 18); or prove it with a CHECK (column IS NOT NULL) that was added NOT VALID and validated before."
        } else {
            "Add CHECK (column IS NOT NULL) NOT VALID, VALIDATE it in a migration of its own, then SET NOT NULL (the CHECK proves it, nothing is read), then drop the CHECK."
        };
        findings.at_with(
            severity,
            &alteration.place,
            format!(
                "{what} reads every row of {} under ACCESS EXCLUSIVE: reads and writes wait, and one NULL fails the migration (23502).",
                alteration.sized_name()
            ),
            help,
        );
    }
}
