//! ADD COLUMN … NOT NULL without a default.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "required-column-without-default",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:adding-required-field",
        "atlas:MF103",
        "django-migration-linter:NOT_NULL",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A NOT NULL column is added without a default to a table that may hold rows",
    why: "The rows that are there would hold NULL in the new column, so PostgreSQL refuses it with 23502 as soon as \
there is one row. And where the table is empty, the application that still runs inserts rows without the column and fails.

It does not apply to columns with a default, to generated, serial and identity columns, nor to tables that these files \
created and nothing has filled.

Add it with a constant default (no rewrite since PostgreSQL 11), or nullable, then backfill in batches, then NOT NULL.",
    manual: "ALTER TABLE: ADD COLUMN",
    bad: &[
        "ALTER TABLE orders ADD COLUMN region text NOT NULL;",
        "CREATE TABLE tags (id bigint PRIMARY KEY);\nINSERT INTO tags VALUES (1);\nALTER TABLE tags ADD COLUMN name text NOT NULL;",
    ],
    good: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';",
        "CREATE TABLE tags (id bigint PRIMARY KEY);\nALTER TABLE tags ADD COLUMN name text NOT NULL;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AddColumn { column, .. } = alteration.action else { continue };
        let (place, table) = (&alteration.place, alteration.relation.id);
        let Some(made) = alteration.column_after(&column.name) else { continue };
        let was_there =
            alteration.column_before(&column.name).is_some_and(|known| known.origin == Origin::Created);
        let has_value = column.default.as_ref().is_some_and(|default| !default.node.is_null())
            || made.generated.is_some()
            || made.identity.is_some()
            || made.sequence.is_some();
        if was_there || has_value || !column.not_null() || !place.may_hold_rows(table) {
            continue;
        }
        findings.at(
            place,
            format!(
                "{} is NOT NULL and has no default: the statement fails (23502) if {} holds a single row.",
                column.name,
                alteration.name()
            ),
            "Give it a constant default, which rewrites nothing, and drop that later if need be; or add it nullable, backfill in batches, and make it NOT NULL last.",
        );
    }
}
