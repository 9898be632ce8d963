//! What a migration takes away or changes without the files saying what it was: nobody can write that again.

use crate::schema::{Origin, Relation};
use crate::sql::command::{AlterAction, AlterTable};
use crate::sql::{Command, Name};
use crate::timeline::Run;

/// One line each.
pub(super) fn unknown_before(up: &Run) -> Vec<String> {
    let fails = up.first_error().map(|(_, error)| {
        format!("the migration itself fails: {} (SQLSTATE {})", error.message, error.sqlstate)
    });
    let mut lines: Vec<String> = fails.into_iter().collect();
    for (index, statement) in up.statements.iter().enumerate() {
        let (before, step) = (up.state_before(index), &up.moments[index].step);
        if step.error.is_some() {
            continue;
        }
        match &statement.command {
            Command::Drop(drop) => {
                for object in &drop.objects {
                    let found = before.schema.resolve(&object.name, &before.session.search_path());
                    if found.is_some_and(|relation| relation.presumed) || !step.assumed.is_empty() {
                        lines.push(format!(
                            "{}: the files do not say what it was, so it is not made again",
                            object.name
                        ));
                    }
                }
            }
            Command::AlterTable(alter) => {
                let found = before.schema.resolve(&alter.name, &before.session.search_path());
                lines.extend(altered(alter, found.map(|relation| &**relation)));
            }
            _ => {}
        }
    }
    lines
}

fn altered(alter: &AlterTable, relation: Option<&Relation>) -> Vec<String> {
    if relation.is_some_and(|relation| relation.origin != Origin::Assumed) {
        return Vec::new();
    }
    let table = relation.and_then(|relation| relation.table());
    let is_known = |column: &Name| {
        table.and_then(|table| table.column(column)).is_some_and(|own| own.origin != Origin::Assumed)
    };
    let mut lines = Vec::new();
    for action in &alter.actions {
        let (name, what) = match action {
            AlterAction::DropColumn { column, .. } if !is_known(column) => {
                (column, "the files do not say what it was, so it is not added again")
            }
            AlterAction::AlterType { column, .. } if !is_known(column) => {
                (column, "the files do not say of what type it was")
            }
            AlterAction::SetDefault { column, .. } | AlterAction::DropDefault { column }
                if !is_known(column) =>
            {
                (column, "the files do not say which default it had")
            }
            AlterAction::SetNotNull { column } | AlterAction::DropNotNull { column } if !is_known(column) => {
                (column, "the files do not say whether it was NOT NULL")
            }
            AlterAction::DropConstraint { name, .. }
                if table.is_none_or(|table| table.constraint(name).is_none()) =>
            {
                (name, "the files do not say what it demanded, so it is not added again")
            }
            _ => continue,
        };
        lines.push(format!("{}.{name}: {what}", alter.name));
    }
    lines
}
