//! SET NOT NULL on a table in use: proven by a constraint that was added NOT VALID and validated.

use super::Kind;
use super::altering::{self, Altering};
use super::plan::{Phase, Plan, briefly_here};
use crate::rules::Place;
use crate::schema::ConstraintKind;
use crate::schema::naming::object_name;
use crate::sql::command::{AlterAction, ConstraintKind as Written};
use crate::sql::{Name, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "set-not-null",
    title: "Prove NOT NULL first, by a constraint that is validated while reads and writes go on",
    answers: &["set-not-null-scans", "not-null-after-backfill"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let altering = altering::find(place, |action| made_not_null(action).is_some())?;
    let column = made_not_null(altering.action)?;
    if place.scene.version() >= 18 {
        return by_its_own_constraint(place, &altering, column);
    }
    let mut phases = proven(&altering.table, &altering.relation.name, column);
    let first = phases.remove(0);
    let mut instead: Vec<String> = altering.others.iter().cloned().collect();
    if instead.is_empty() {
        phases.insert(0, first);
        return Some(Plan::of(phases));
    }
    instead.push(first.up[1].clone());
    Some(Plan::instead(briefly_here(place, instead), phases))
}

fn made_not_null(action: &AlterAction) -> Option<&Name> {
    match action {
        AlterAction::SetNotNull { column } => Some(column),
        AlterAction::AddConstraint(definition) if !definition.not_valid => match &definition.kind {
            Written::NotNull { column, .. } => Some(column),
            _ => None,
        },
        _ => None,
    }
}

/// From PostgreSQL 18 on NOT NULL is a constraint that can be added NOT VALID itself.
fn by_its_own_constraint(place: &Place, altering: &Altering, column: &Name) -> Option<Plan> {
    let table = place.after().schema.relation(altering.relation.id)?.table()?;
    let number = table.column(column)?.number;
    let is_its = |kind: &ConstraintKind| matches!(kind, ConstraintKind::NotNull(own) if *own == number);
    let constraint = table.constraints.iter().find(|own| is_its(&own.kind))?;
    let (sql, name) = (&altering.table, quote_identifier(&constraint.name));
    let add =
        format!("ALTER TABLE {sql} ADD CONSTRAINT {name} NOT NULL {} NOT VALID", quote_identifier(column));
    let validate = Phase::new(
        format!("validate {}", constraint.name),
        vec![format!("ALTER TABLE {sql} VALIDATE CONSTRAINT {name}")],
        vec![format!("ALTER TABLE {sql} DROP CONSTRAINT {name}"), add.clone()],
    )
    .saying(format!("Reads every row of {sql} while reads and writes go on."))
    .after(format!("no row of {sql} has NULL in {column} any more, and the application writes none."));
    let mut instead: Vec<String> = altering.others.iter().cloned().collect();
    instead.push(add);
    Some(Plan::instead(briefly_here(place, instead), vec![validate]))
}

/// The steps to NOT NULL of a column of a table in use.
pub(super) fn phases(place: &Place, table_name: &str, table: &str, column: &str) -> Vec<Phase> {
    if place.scene.version() < 18 {
        return proven(table, table_name, column);
    }
    let name = quote_identifier(&object_name(table_name, Some(column), "not_null"));
    let column = quote_identifier(column);
    let add = format!("ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column} NOT VALID");
    let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
    vec![
        Phase::briefly(format!("require {table_name} {column}"), vec![add.clone()], vec![drop.clone()])
            .saying("New rows are checked from here on; those that are there are not read yet."),
        Phase::new(
            format!("validate {table_name} {column}"),
            vec![format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name}")],
            vec![drop, add],
        )
        .saying(format!("Reads every row of {table} while reads and writes go on.")),
    ]
}

/// The steps to NOT NULL before PostgreSQL 18: a CHECK, its validation, and NOT NULL, which the CHECK proves.
pub(super) fn proven(table: &str, table_name: &str, column: &str) -> Vec<Phase> {
    let check = quote_identifier(&object_name(table_name, Some(column), "is_set"));
    let column = quote_identifier(column);
    let alter = |what: String| format!("ALTER TABLE {table} {what}");
    let add = alter(format!("ADD CONSTRAINT {check} CHECK ({column} IS NOT NULL) NOT VALID"));
    let drop = alter(format!("DROP CONSTRAINT {check}"));
    let validate = alter(format!("VALIDATE CONSTRAINT {check}"));
    vec![
        Phase::briefly(
            format!("check {table_name} {column} is not null"),
            vec![add.clone()],
            vec![drop.clone()],
        )
        .saying("New rows are checked from here on; those that are there are not read yet."),
        Phase::new(
            format!("validate {table_name} {column} is not null"),
            vec![validate.clone()],
            vec![drop.clone(), add.clone()],
        )
        .saying(format!("Reads every row of {table} while reads and writes go on."))
        .after(format!("no row of {table} has NULL in {column} any more, and the application writes none.")),
        Phase::briefly(
            format!("set {table_name} {column} not null"),
            vec![alter(format!("ALTER COLUMN {column} SET NOT NULL")), drop],
            vec![add, validate, alter(format!("ALTER COLUMN {column} DROP NOT NULL"))],
        )
        .saying("The validated CHECK proves it, so nothing is read."),
    ]
}
