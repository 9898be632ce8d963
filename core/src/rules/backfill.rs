//! How a column was filled before it becomes NOT NULL: shared by the rules about that.

use super::writes::{Write, writes};
use super::{Alteration, Place};
use crate::schema::Id;
use crate::sql::command::{AlterAction, ColumnDefinition, ConstraintKind};
use crate::sql::{Command, Dml, Name};

/// How a column was filled.
#[derive(Clone, Copy)]
pub(super) enum Filled<'a> {
    /// Not at all: the files added it without a default, and nothing has written to it since.
    Never {
        /// Where it was added.
        added: Place<'a>,
    },
    /// By one UPDATE of all rows, in the same migration.
    AtOnce {
        /// The UPDATE.
        update: Place<'a>,
    },
    /// In any other way, or it is not known.
    Otherwise,
}

/// The column that a sub-command makes NOT NULL, with the rows checked at once.
pub(super) fn made_not_null(action: &AlterAction) -> Option<&Name> {
    match action {
        AlterAction::SetNotNull { column } => Some(column),
        AlterAction::AddConstraint(definition) if !definition.not_valid => match &definition.kind {
            ConstraintKind::NotNull { column, .. } => Some(column),
            _ => None,
        },
        _ => None,
    }
}

/// How the column of the altered table was filled before.
pub(super) fn filled_before<'a>(alteration: &Alteration<'a>, column: &Name) -> Filled<'a> {
    let here = alteration.place;
    let table = alteration.relation.id;
    let mut added = None;
    let mut filling = None;
    let mut certain = true;
    for other in here.earlier().chain([here]).filter(|place| place.step().error.is_none()) {
        for command in other.commands() {
            match command {
                Command::AlterTable(alter) if other.relation(&alter.name).is_some_and(|r| r.id == table) => {
                    for action in &alter.actions {
                        if let AlterAction::AddColumn { column: definition, .. } = action
                            && definition.name == *column
                        {
                            added = is_left_null(definition).then_some(other);
                            filling = None;
                            certain = true;
                        }
                    }
                }
                // What a function does is not known.
                Command::Call(_) | Command::Query(_) => certain = false,
                _ => {}
            }
        }
        filling = writes(other).into_iter().find(|write| fills(write, table, column)).or(filling);
        certain &= other.step().modelled;
    }
    match (filling, added) {
        (Some(write), _) if write.place.migration == here.migration && is_at_once(&write) => {
            Filled::AtOnce { update: write.place }
        }
        (None, Some(added)) if certain => Filled::Never { added },
        _ => Filled::Otherwise,
    }
}

/// Does a statement give the column of rows that are there a value?
pub(super) fn fills(write: &Write, table: Id, column: &Name) -> bool {
    write.table.id == table
        && (write.assigned().contains(&column) || matches!(&*write.dml, Dml::Merge { .. }))
}

/// Are the rows that are there NULL in the new column?
fn is_left_null(definition: &ColumnDefinition) -> bool {
    let serial = definition.type_name.as_ref().is_some_and(|name| name.name.name.contains("serial"));
    definition.default.as_ref().is_none_or(|default| default.node.is_null())
        && definition.generated.is_none()
        && definition.identity.is_none()
        && !serial
}

/// Does an UPDATE take all the rows that it has to at once?
fn is_at_once(write: &Write) -> bool {
    matches!(&*write.dml, Dml::Update { .. }) && !write.in_loop && !write.is_bounded()
}
