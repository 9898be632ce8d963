//! A foreign key that is added and checked on every row at once.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::ConstraintKind;

pub(super) static RULE: Rule = Rule {
    id: "foreign-key-validates",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:adding-foreign-key-constraint",
        "squawk:constraint-missing-not-valid",
        "eugene:E1",
        "strong_migrations:add_foreign_key",
        "bytebase:229",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A foreign key is added to a table in use, and writes to both tables wait while every row is looked up",
    why: "ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on **both** tables and looks up every row of the referencing one \
in the referenced one. Reads go on; INSERT, UPDATE and DELETE on either table wait until the last row is checked, and one \
orphan fails the migration (23503).

It does not apply to `NOT VALID`, nor to `ADD COLUMN … REFERENCES` without a default (all NULL: PostgreSQL skips the check; \
`DEFAULT NULL` does not skip it), nor to tables that these files created and nothing has filled.

Add it `NOT VALID`, and `VALIDATE CONSTRAINT` in a migration of its own: that takes SHARE UPDATE EXCLUSIVE on the \
referencing table and ROW SHARE on the other, and writes go on.",
    manual: "ALTER TABLE: Notes",
    bad: &[
        "ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id);",
        "ALTER TABLE orders ADD COLUMN region_id bigint DEFAULT 1 REFERENCES regions (id);",
    ],
    good: &[
        "-- file: 001_key.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fkey;",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region_id bigint REFERENCES regions (id);",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        if alteration.heavy(WorkKind::ValidateForeignKey).is_none() {
            continue;
        }
        for (definition, column) in alteration.added_constraints() {
            let ConstraintKind::ForeignKey(key) = &definition.kind else { continue };
            let skipped = column.is_some_and(|column| column.default.is_none());
            if definition.not_valid || !definition.enforced || skipped {
                continue;
            }
            let place = &alteration.place;
            let referenced = place.relation(&key.references);
            let other = referenced.map_or_else(|| key.references.to_string(), |other| other.display_name());
            let locked = match (referenced.is_some_and(|other| other.id == alteration.relation.id), column) {
                (true, None) => format!("SHARE ROW EXCLUSIVE on {}", alteration.sized_name()),
                (true, Some(_)) => format!("ACCESS EXCLUSIVE on {}", alteration.sized_name()),
                (false, None) => {
                    format!("SHARE ROW EXCLUSIVE on {} and on {other}", alteration.sized_name())
                }
                (false, Some(_)) => format!(
                    "ACCESS EXCLUSIVE on {} and SHARE ROW EXCLUSIVE on {other}",
                    alteration.sized_name()
                ),
            };
            let is_partitioned = alteration.relation.table().is_some_and(|table| table.is_partitioned());
            let help = if is_partitioned && scene.version() < 18 {
                "Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it NOT VALID to each partition, validate those one by one, then add it to the parent, which finds them there."
            } else {
                "Add it NOT VALID, and VALIDATE CONSTRAINT in a migration of its own."
            };
            findings.at(
                place,
                format!(
                    "The foreign key on ({}) holds {locked} while every row is looked up: writes to both wait, and one orphan fails the migration (23503).",
                    key.columns.join(", ")
                ),
                help,
            );
        }
    }
}
