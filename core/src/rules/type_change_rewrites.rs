//! ALTER COLUMN … TYPE that writes every row anew.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{BaseType, DataType};
use crate::simulate::WorkKind;
use crate::sql::Name;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "type-change-rewrites",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:changing-column-type",
        "eugene:E5",
        "atlas:PG301",
        "strong_migrations:change_column",
        "django-migration-linter:ALTER_COLUMN",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column's new type is stored differently, or its new expression gives other values, so the whole table is rewritten",
    why: "When the stored form of the values changes, the table and all its indexes are written anew under ACCESS \
EXCLUSIVE: not even SELECT gets through, and the disk has to hold both copies. Afterwards the planner has no statistics \
on the column until ANALYZE.

It does not apply to changes that keep the stored form: `varchar(n)` to a longer one or to `text`, `numeric(p,s)` to more \
digits of the same scale, `timestamp` to `timestamptz` where TimeZone is UTC, `cidr` to `inet`; nor to tables that these \
files created and nothing has filled, nor to small ones. Where the old type is not known, the finding says so.

Add a column of the new type, write both, backfill in batches, switch the reads, and drop the old one in a later release.",
    manual: "ALTER TABLE: Notes",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10));\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nALTER TABLE orders ALTER COLUMN state TYPE char(10);",
        "ALTER TABLE orders ALTER COLUMN total TYPE text USING total || ' EUR';",
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, net numeric, tax numeric GENERATED ALWAYS AS (net * 0.19) STORED);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nALTER TABLE orders ALTER COLUMN tax SET EXPRESSION AS (net * 0.21);",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10));\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN state TYPE varchar(20);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        if alteration.heavy(WorkKind::Rewrite).is_none() {
            continue;
        }
        if let AlterAction::SetExpression { column, .. } = alteration.action {
            findings.at(
                &alteration.place,
                format!(
                    "Another expression for {column} rewrites {} and its indexes under ACCESS EXCLUSIVE: reads and writes wait until every row is written anew.",
                    alteration.sized_name()
                ),
                format!("Add a plain column beside {column} that a trigger fills by the new expression, backfill in batches, switch the reads, and drop {column} in a later release."),
            );
        }
        let AlterAction::AlterType { column, using, .. } = alteration.action else { continue };
        let Some((from, to)) = change(&alteration, column) else { continue };
        let schema = &alteration.place.after().schema;
        let is_known = from != DataType::unknown();
        let (to_text, from_text) = (schema.format_type(&to), schema.format_type(&from));
        let (severity, what) = if is_known {
            (Severity::Danger, format!("from {from_text} to {to_text} rewrites"))
        } else if using.is_none() && may_be_stored_alike(&to) {
            (Severity::Warning, format!("to {to_text} may rewrite (its type before is not known here)"))
        } else {
            (Severity::Danger, format!("to {to_text} rewrites"))
        };
        findings.at_with(
            severity,
            &alteration.place,
            format!(
                "Changing {column} {what} {} and its indexes under ACCESS EXCLUSIVE: reads and writes wait until every row is written anew.",
                alteration.sized_name()
            ),
            format!(
                "Add a column of type {to_text} beside {column}, write both, backfill in batches, switch the reads, and drop {column} in a later release."
            ),
        );
    }
}

/// The column's type before and after.
fn change(alteration: &Alteration, column: &Name) -> Option<(DataType, DataType)> {
    let from =
        alteration.column_before(column).map_or_else(DataType::unknown, |known| known.data_type.clone());
    Some((from, alteration.column_after(column)?.data_type.clone()))
}

/// Is there another type whose values are stored like this one's? Source: binary-coercible casts of `pg_cast`, and
/// length coercions that `ATColumnChangeRequiresRewrite` sees through.
fn may_be_stored_alike(to: &DataType) -> bool {
    let built_in = matches!(
        to.base,
        BaseType::BuiltIn(
            "text"
                | "varchar"
                | "numeric"
                | "timestamp"
                | "timestamptz"
                | "time"
                | "timetz"
                | "interval"
                | "varbit"
                | "inet"
                | "oid"
        )
    );
    !to.array && (built_in || !matches!(to.base, BaseType::BuiltIn(_)))
}
