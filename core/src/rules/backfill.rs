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
    let mut certain = true;
    let is_created_by = |other: &Place| {
        other.before().schema.relation(table).is_none()
            && other.after().schema.relation(table).is_some_and(|made| !made.presumed)
    };
    let earlier: Vec<Place> = here.earlier().collect();
    for other in std::iter::once(here).chain(earlier.into_iter().rev()) {
        if other.step().error.is_some() {
            continue;
        }
        if let Some(write) = writes(other).into_iter().find(|write| fills(write, table, column)) {
            return match other.migration == here.migration && is_at_once(&write) {
                true => Filled::AtOnce { update: other },
                false => Filled::Otherwise,
            };
        }
        let definition = other.alterations().find_map(|own| match own.action {
            AlterAction::AddColumn { column: added, .. }
                if added.name == *column && own.relation.id == table =>
            {
                Some(&**added)
            }
            _ => None,
        });
        if let Some(definition) = definition {
            return match certain && is_left_null(definition) {
                true => Filled::Never { added: other },
                false => Filled::Otherwise,
            };
        }
        // Before this there was no table to fill.
        if is_created_by(&other) {
            return Filled::Otherwise;
        }
        // What a function does is not known.
        let calls = |command: &Command| matches!(command, Command::Call(_) | Command::Query(_));
        certain &= other.step().modelled && !other.commands().any(calls);
    }
    Filled::Otherwise
}

/// Does a statement give the column of rows that are there a value?
pub(super) fn fills(write: &Write, table: Id, column: &Name) -> bool {
    write.table.id == table && (write.assigned().contains(&column) || matches!(write.dml, Dml::Merge { .. }))
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
    matches!(write.dml, Dml::Update { .. }) && !write.in_loop && !write.is_bounded()
}
