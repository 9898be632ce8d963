//! A CHECK that is added and checked on every row at once.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::ConstraintKind;

pub(super) static RULE: Rule = Rule {
    id: "check-validates",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:constraint-missing-not-valid",
        "eugene:E1",
        "atlas:PG305",
        "strong_migrations:add_check_constraint",
        "bytebase:211",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A CHECK is added to a table in use and checked on every row under ACCESS EXCLUSIVE",
    why: "ADD CONSTRAINT … CHECK takes ACCESS EXCLUSIVE and reads the whole table while it holds it, so not even SELECT \
gets through; one row that does not fit fails the migration (23514). A CHECK written at ADD COLUMN is no exception: every \
row is read although the column is new.

It does not apply to `NOT VALID`, to tables that these files created and nothing has filled, nor to small ones.

Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own: that takes \
SHARE UPDATE EXCLUSIVE, and reads and writes go on.",
    manual: "ALTER TABLE: Notes",
    bad: &[
        "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);",
        "ALTER TABLE orders ADD COLUMN discount int CHECK (discount < 100);",
    ],
    good: &[
        "-- file: 001_check.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
        "CREATE TABLE drafts (id bigint PRIMARY KEY, total int);\nALTER TABLE drafts ADD CHECK (total >= 0);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        if alteration.heavy(WorkKind::Scan).is_none() {
            continue;
        }
        for (definition, column) in alteration.added_constraints() {
            let ConstraintKind::Check { expression, .. } = &definition.kind else { continue };
            if definition.not_valid || !definition.enforced {
                continue;
            }
            let help = match column {
                Some(column) => format!(
                    "Add the column {} without the CHECK, then the CHECK in a statement of its own as NOT VALID, and VALIDATE CONSTRAINT in a later migration.",
                    column.name
                ),
                None => "Add it NOT VALID, and VALIDATE CONSTRAINT in a migration of its own.".to_owned(),
            };
            findings.at(
                &alteration.place,
                format!(
                    "CHECK ({}) is checked on every row of {} under ACCESS EXCLUSIVE: reads and writes wait, and one row that does not fit fails the migration (23514).",
                    expression.sql,
                    alteration.sized_name()
                ),
                help,
            );
        }
    }
}
