//! NOT VALID and VALIDATE in one transaction.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::ConstraintKind;
use crate::simulate::WorkKind;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "validate-in-same-transaction",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:constraint-missing-not-valid",
        "strong_migrations:validate_check_constraint",
        "strong_migrations:validate_foreign_key",
        "pgfence:not-valid-validate-same-tx",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A constraint is added NOT VALID and validated in the same transaction, so the strong lock is held all the same",
    why: "VALIDATE CONSTRAINT needs only SHARE UPDATE EXCLUSIVE, but the transaction still holds what ADD CONSTRAINT \
took: ACCESS EXCLUSIVE for a CHECK, SHARE ROW EXCLUSIVE on both tables for a foreign key. The rows are read under that lock, \
and nothing is won by NOT VALID.

It does not apply when a COMMIT lies between the two, to tables that these files created and nothing has filled, nor to \
small ones.

Put VALIDATE CONSTRAINT into the next migration.",
    manual: "ALTER TABLE: Notes",
    bad: &[
        "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT positive;\nCOMMIT;",
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID, VALIDATE CONSTRAINT customer_fkey;",
    ],
    good: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT positive;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::ValidateConstraint { name } = alteration.action else { continue };
        if alteration.heavy(WorkKind::Scan).is_none()
            && alteration.heavy(WorkKind::ValidateForeignKey).is_none()
        {
            continue;
        }
        let Some(adding) = alteration.added_in_transaction() else { continue };
        let after = alteration.place.after().schema.relation(alteration.relation.id);
        let constraint = after.and_then(|relation| relation.table()).and_then(|table| table.constraint(name));
        let held = match constraint.map(|constraint| &constraint.kind) {
            Some(ConstraintKind::ForeignKey(key)) => format!(
                "SHARE ROW EXCLUSIVE on {} and {}",
                alteration.sized_name(),
                alteration.place.after().schema.display_name(key.references)
            ),
            _ => format!("ACCESS EXCLUSIVE on {}", alteration.sized_name()),
        };
        let where_added = if adding.place.index == alteration.place.index {
            "the same statement adds it".to_owned()
        } else {
            format!("{} adds it in the same transaction", adding.place.seen_from(&alteration.place))
        };
        findings.at(
            &alteration.place,
            format!("{name} is validated while {held} is held, since {where_added}: every row is read under that lock."),
            "Put VALIDATE CONSTRAINT into a migration of its own, after the COMMIT.",
        );
    }
}
