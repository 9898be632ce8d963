//! A primary key that builds its index under ACCESS EXCLUSIVE.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::ConstraintKind;

pub(super) static RULE: Rule = Rule {
    id: "primary-key-builds-index",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:adding-serial-primary-key-field", "eugene:E7", "atlas:PG104"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A primary key builds its index while nobody can read or write the table",
    why: "ADD PRIMARY KEY takes ACCESS EXCLUSIVE, makes its columns NOT NULL, which reads every row unless they are \
already, and builds its index: not even SELECT gets through until all of it is done. One NULL (23502) or one duplicate \
(23505) fails the migration.

It does not apply with `USING INDEX` on columns that are NOT NULL, nor to tables that these files created and nothing has \
filled, nor to small ones.

Make the columns NOT NULL first (by a validated constraint), `CREATE UNIQUE INDEX CONCURRENTLY`, then \
`ADD CONSTRAINT … PRIMARY KEY USING INDEX`.",
    manual: "ALTER TABLE: ADD table_constraint_using_index",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD PRIMARY KEY (id);"],
    good: &[
        "-- file: 001_not_null.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_id_not_null NOT NULL id NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT orders_id_not_null;\n-- file: 003_index.sql\nSET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY IF EXISTS orders_pkey;\nCREATE UNIQUE INDEX CONCURRENTLY orders_pkey ON orders (id);\n-- file: 004_key.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        // A rewrite builds every index anew anyhow.
        if alteration.heavy(WorkKind::BuildIndex).is_none() || alteration.heavy(WorkKind::Rewrite).is_some() {
            continue;
        }
        for (definition, _) in alteration.added_constraints() {
            let ConstraintKind::PrimaryKey(key) = &definition.kind else { continue };
            if key.using_index.is_some() {
                continue;
            }
            let reads = match alteration.heavy(WorkKind::Scan) {
                Some(_) => "reads every row for NULL and builds its index on",
                None => "builds its index on",
            };
            findings.at(
                &alteration.place,
                format!(
                    "PRIMARY KEY ({}) {reads} {} under ACCESS EXCLUSIVE: reads and writes wait until it is done, and a NULL (23502) or a duplicate (23505) fails the migration.",
                    key.columns.join(", "),
                    alteration.sized_name()
                ),
                "Make the columns NOT NULL by a validated constraint, CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.",
            );
        }
    }
}
