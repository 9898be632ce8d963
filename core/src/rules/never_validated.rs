//! NOT VALID without a VALIDATE.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Constraint, Table};
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "never-validated",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["squawk:constraint-missing-not-valid"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A constraint is added NOT VALID, and no later migration here validates it",
    why: "A NOT VALID constraint checks new rows only. Old rows that break it stay until an UPDATE of anything in \
them fails (23514), the planner does not rely on it, and SET NOT NULL and ATTACH PARTITION do not accept it as a proof.

It does not apply when a later statement here validates or drops it, nor to NOT ENFORCED constraints.

VALIDATE CONSTRAINT in a later migration, after the old rows are put right.",
    manual: "ALTER TABLE: VALIDATE CONSTRAINT",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;",
    ],
    good: &[
        "-- file: 001_check.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;\n-- file: 002_validate.sql\nSET lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AddConstraint(definition) = alteration.action else { continue };
        if !definition.not_valid {
            continue;
        }
        let Some(added) = added(&alteration) else { continue };
        let last = scene.last().relation(alteration.relation.id).and_then(|relation| relation.table());
        let stays = |table: &Table| {
            table.constraints.iter().any(|own| own.name == added.name && !own.validated && own.enforced)
        };
        if last.is_some_and(stays) {
            findings.at(
                &alteration.place,
                format!(
                    "{} on {} is never validated: rows that break it stay.",
                    added.name,
                    alteration.name()
                ),
                format!(
                    "In a later migration: ALTER TABLE {} VALIDATE CONSTRAINT {}.",
                    alteration.relation.sql_name(),
                    crate::sql::quote_identifier(&added.name)
                ),
            );
        }
    }
}

/// The constraint that was not there before, and is not valid after.
fn added<'a>(alteration: &Alteration<'a>) -> Option<&'a Constraint> {
    let table = alteration.relation.id;
    let before = alteration.place.before().schema.relation(table).and_then(|relation| relation.table());
    let after = alteration.place.after().schema.relation(table)?.table()?;
    let AlterAction::AddConstraint(definition) = alteration.action else { return None };
    after.constraints.iter().find(|own| {
        !own.validated
            && definition.name.as_ref().is_none_or(|name| *name == own.name)
            && before.is_none_or(|before| before.constraint(&own.name).is_none())
    })
}
