//! A new enum value, used before it is committed.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::timeline::{NewValue, Use};

pub(super) static RULE: Rule = Rule {
    id: "enum-value-used-too-early",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP054", "safe-migrate:alter-type-add-value-txn"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A value is added to an enum and used in the same transaction",
    why: "ALTER TYPE … ADD VALUE runs inside a transaction, but the value may be used only after COMMIT: any statement before that which \
writes it, compares with it or makes it a default fails with `unsafe use of new value` (55P04), and the whole transaction is rolled back.

It does not apply to CREATE TYPE with all its values, nor, from PostgreSQL 17 on, to an enum that the same transaction created. Put the use into \
the next migration.",
    manual: "ALTER TYPE",
    bad: &["CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE t (id bigint PRIMARY KEY, m mood);\nBEGIN;\nALTER TYPE mood ADD VALUE 'bad';\nINSERT INTO t (id, m) VALUES (1, 'bad');\nCOMMIT;"],
    good: &["CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE t (id bigint PRIMARY KEY, m mood);\nALTER TYPE mood ADD VALUE 'bad';\nINSERT INTO t (id, m) VALUES (1, 'bad');"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let help = "Commit the new value in a migration of its own, and use it in the next one.";
    for (migration, _) in scene.reviewed() {
        let added: Vec<(Place, NewValue)> =
            scene.places_of(migration).filter_map(|place| Some((place, added(&place)?))).collect();
        if added.is_empty() {
            continue;
        }
        for place in scene.places_of(migration) {
            match &place.step().error {
                Some(error) if error.sqlstate == "55P04" => {
                    findings.at(&place, format!("PostgreSQL refuses this: {} (SQLSTATE 55P04).", error.message), help);
                }
                Some(_) => {}
                None => {
                    if let Some(value) = perhaps_used(&place, &added) {
                        findings.at(
                            &place,
                            format!("If the column is of type {}, this fails: the value {} is not committed yet (55P04).", value.type_name, value.value),
                            help,
                        );
                    }
                }
            }
        }
    }
}

/// The value that a statement adds and that its transaction may not use.
fn added(place: &Place) -> Option<NewValue> {
    let first = place.transaction().next().filter(|_| place.in_transaction())?;
    NewValue::added_by(place.command(), place.step(), &first.before().schema, place.scene.version())
}

/// A value that an earlier statement of the transaction adds, where the type of the column that gets it is not known.
fn perhaps_used<'v>(place: &Place, added: &'v [(Place, NewValue)]) -> Option<&'v NewValue> {
    let tables: Vec<Id> = place.step().locks.iter().map(|lock| lock.relation).collect();
    added
        .iter()
        .filter(|(earlier, _)| earlier.index < place.index && earlier.is_together_with(place))
        .map(|(_, value)| value)
        .find(|value| value.used_by(place.command(), &place.after().schema, &tables) == Use::Maybe)
}
