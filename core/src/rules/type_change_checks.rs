//! ALTER COLUMN … TYPE that rewrites nothing, and still works through the table.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "type-change-checks",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["strong_migrations:change_column_constraint", "migrationpilot:MP089", "squawk:changing-column-type"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A type change that needs no rewrite still reads the table or rebuilds indexes under ACCESS EXCLUSIVE",
    why: "Widening a varchar keeps the rows as they are, but PostgreSQL checks a CHECK on the column against every row \
again, rebuilds indexes whose order or expression may change (another collation, expression and partial indexes, any index \
of a partition), and looks up foreign keys that compare another type. All of it under ACCESS EXCLUSIVE.

It does not apply when no CHECK, expression index or foreign key is on the column, to tables that these files created \
and nothing has filled, nor to small ones.

Drop the CHECK first and add it again NOT VALID, then VALIDATE it in a migration of its own; drop the index CONCURRENTLY and \
build it again afterwards, where queries can do without it meanwhile.",
    manual: "ALTER TABLE: SET DATA TYPE",
    bad: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10) CHECK (state <> ''));\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN state TYPE varchar(20);",
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10));\nCREATE INDEX open_orders ON orders (state) WHERE state <> 'done';\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN state TYPE text;",
    ],
    good: &[
        "-- file: 001.sql\nCREATE TABLE orders (id bigint PRIMARY KEY, state varchar(10));\nCREATE INDEX orders_state ON orders (state);\nINSERT INTO orders SELECT * FROM imported_orders;\n-- file: 002.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN state TYPE text;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AlterType { column, .. } = alteration.action else { continue };
        if alteration.heavy(WorkKind::Rewrite).is_some() {
            continue;
        }
        let mut reasons: Vec<&str> = Vec::new();
        for kind in [WorkKind::Scan, WorkKind::BuildIndex, WorkKind::ValidateForeignKey] {
            reasons.extend(alteration.heavy(kind).map(|work| work.reason.as_str()));
        }
        if reasons.is_empty() {
            continue;
        }
        findings.at(
            &alteration.place,
            format!(
                "Changing the type of {column} rewrites nothing, but {} is worked through under ACCESS EXCLUSIVE ({}): reads and writes wait.",
                alteration.sized_name(),
                reasons.join("; ")
            ),
            "Take the CHECK or index off the column first, and put it back NOT VALID or CONCURRENTLY afterwards.",
        );
    }
}
