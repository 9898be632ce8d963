//! A new enum value, used before it is committed.

use super::{Axis, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::timeline::{NewValue, Use};

pub(super) static RULE: Rule = Rule {
    id: "enum-value-used-too-early",
    summary: "A value is added to an enum and used in the same transaction",
    severity: Severity::Danger,
    axis: Axis::Availability,
    why: "ALTER TYPE … ADD VALUE runs inside a transaction, but the value may be used only after COMMIT: any statement before that which \
writes it, compares with it or makes it a default fails with `unsafe use of new value` (55P04), and the whole transaction is rolled back.

It does not apply to CREATE TYPE with all its values, nor, from PostgreSQL 17 on, to an enum that the same transaction created. Put the use into \
the next migration.",
    aliases: &["migrationpilot:MP054", "safe-migrate:alter-type-add-value-txn"],
    manual: "ALTER TYPE",
    bad: &["CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE t (id bigint PRIMARY KEY, m mood);\nBEGIN;\nALTER TYPE mood ADD VALUE 'bad';\nINSERT INTO t (id, m) VALUES (1, 'bad');\nCOMMIT;"],
    good: &["CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE t (id bigint PRIMARY KEY, m mood);\nALTER TYPE mood ADD VALUE 'bad';\nINSERT INTO t (id, m) VALUES (1, 'bad');"],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(Place::in_transaction) {
        let help = "Commit the new value in a migration of its own, and use it in the next one.";
        match &place.step().error {
            Some(error) if error.sqlstate == "55P04" => {
                findings.at(&place, format!("PostgreSQL refuses this: {} (SQLSTATE 55P04).", error.message), help);
            }
            Some(_) => {}
            None => {
                if let Some(value) = perhaps_used(&place) {
                    findings.at_with(
                        Severity::Warning,
                        &place,
                        format!("If the column is of type {}, this fails: the value {} is not committed yet (55P04).", value.type_name, value.value),
                        help,
                    );
                }
            }
        }
    }
}

/// A value that an earlier statement of the transaction adds, where the type of the column that gets it is not known.
fn perhaps_used(place: &Place) -> Option<NewValue> {
    let tables: Vec<Id> = place.step().locks.iter().map(|lock| lock.relation).collect();
    let first = place.transaction().next()?;
    let added = |earlier: Place| {
        NewValue::added_by(earlier.command(), earlier.step(), &first.before().schema, place.scene.version())
    };
    place
        .earlier_in_transaction()
        .filter_map(added)
        .find(|value| value.used_by(place.command(), &place.after().schema, &tables) == Use::Maybe)
}
