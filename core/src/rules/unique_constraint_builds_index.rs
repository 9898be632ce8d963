//! A unique constraint that builds its index under ACCESS EXCLUSIVE.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::ConstraintKind;

pub(super) static RULE: Rule = Rule {
    id: "unique-constraint-builds-index",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:disallowed-unique-constraint",
        "eugene:E7",
        "atlas:PG105",
        "strong_migrations:add_unique_constraint",
        "django-migration-linter:ADD_UNIQUE",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A unique constraint builds its index while nobody can read or write the table",
    why: "ADD UNIQUE takes ACCESS EXCLUSIVE and builds its index while it holds it: not even SELECT gets through, which \
is worse than a plain CREATE INDEX.

It does not apply with `USING INDEX`, which only takes over an index that is there, nor to tables that these files created \
and nothing has filled, nor to small ones.

Build the index first, `CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … UNIQUE USING INDEX`.",
    manual: "ALTER TABLE: ADD table_constraint_using_index",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN number text UNIQUE;",
    ],
    good: &[
        "SET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY IF EXISTS orders_number_key;\nCREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);\nALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;",
        "CREATE TABLE tags (id bigint PRIMARY KEY, name text);\nALTER TABLE tags ADD UNIQUE (name);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        if alteration.heavy(WorkKind::BuildIndex).is_none() {
            continue;
        }
        for (definition, _) in alteration.added_constraints() {
            let ConstraintKind::Unique(key) = &definition.kind else { continue };
            if key.using_index.is_some() {
                continue;
            }
            findings.at(
                &alteration.place,
                format!(
                    "UNIQUE ({}) builds its index on {} under ACCESS EXCLUSIVE: reads and writes wait until every row is read and sorted.",
                    key.columns.join(", "),
                    alteration.sized_name()
                ),
                "CREATE UNIQUE INDEX CONCURRENTLY first, in a migration that the runner does not wrap in a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX.",
            );
        }
    }
}
