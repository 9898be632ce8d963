//! Foreign keys and CHECKs on tables in use: NOT VALID, and validated in the next migration.

use super::Kind;
use super::altering;
use super::plan::{Phase, Plan, briefly_here};
use crate::rules::Place;
use crate::schema::constraint_definition;
use crate::schema::{Constraint, ConstraintKind};
use crate::sql::command::{AlterAction, ConstraintKind as Written};
use crate::sql::quote_identifier;

pub(super) static FOREIGN_KEY: Kind = Kind {
    id: "foreign-key-not-valid",
    title: "Add the foreign key NOT VALID, and validate it in the next migration",
    answers: &["foreign-key-validates", "work-under-lock"],
    hides: &[],
    plan: |place| plan(place, |written| matches!(written, Written::ForeignKey(_))),
};

pub(super) static CHECK: Kind = Kind {
    id: "check-not-valid",
    title: "Add the CHECK NOT VALID, and validate it in the next migration",
    answers: &["check-validates", "work-under-lock"],
    hides: &[],
    plan: |place| plan(place, |written| matches!(written, Written::Check { .. })),
};

fn plan(place: &Place, wanted: fn(&Written) -> bool) -> Option<Plan> {
    let is_wanted = |action: &AlterAction| matches!(action, AlterAction::AddConstraint(own) if !own.not_valid && own.enforced && wanted(&own.kind));
    let altering = altering::find(place, is_wanted)?;
    let AlterAction::AddConstraint(definition) = altering.action else { return None };
    let after = place.after().schema.relation(altering.relation.id)?;
    let before = place.before().schema.relation(altering.relation.id).and_then(|relation| relation.table());
    let is_added = |own: &&Constraint| {
        let is_kind = match own.kind {
            ConstraintKind::ForeignKey(_) => matches!(definition.kind, Written::ForeignKey(_)),
            ConstraintKind::Check(..) => matches!(definition.kind, Written::Check { .. }),
            _ => false,
        };
        is_kind
            && definition.name.as_ref().is_none_or(|name| *name == own.name)
            && before.is_none_or(|table| table.constraint(&own.name).is_none())
    };
    let constraint = after.table()?.constraints.iter().find(is_added)?;
    let unchecked = Constraint { validated: false, ..constraint.clone() };
    let (table, name) = (&altering.table, quote_identifier(&constraint.name));
    let definition = constraint_definition(&place.after().schema, after, &unchecked);
    let add = format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}");
    let validate = Phase::new(
        format!("validate {}", constraint.name),
        vec![format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name}")],
        vec![format!("ALTER TABLE {table} DROP CONSTRAINT {name}"), add.clone()],
    )
    .saying(format!("Reads every row of {table} while reads and writes go on."))
    .after(format!("the rows of {table} that were there before fit {}.", constraint.name));
    let mut instead: Vec<String> = altering.others.iter().cloned().collect();
    instead.push(add);
    Some(Plan::instead(briefly_here(place, instead), vec![validate]))
}
