//! How a column was filled before it becomes NOT NULL: shared by the rules about that.

use super::{Alteration, Place};
use crate::sql::command::{AlterAction, ColumnDefinition, ConstraintKind};
use crate::sql::{Command, Dml, Name, Node, Query};

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
    let mut added = None;
    let mut update = None;
    let mut certain = true;
    for (place, command) in here.scene.commands() {
        if (place.migration, place.index) > (here.migration, here.index) {
            break;
        }
        match command {
            Command::AlterTable(alter)
                if place.relation(&alter.name).is_some_and(|table| table.id == alteration.relation.id) =>
            {
                for action in &alter.actions {
                    if let AlterAction::AddColumn { column: definition, .. } = action
                        && definition.name == *column
                    {
                        added = is_left_null(definition).then_some(place);
                        update = None;
                        certain = true;
                    }
                }
            }
            Command::Dml(statement) if writes(&place, statement, alteration, column) => {
                update = Some((place, statement));
            }
            Command::Call(_) | Command::Query(_) => certain = false,
            _ => {}
        }
        certain &= place.step().modelled;
    }
    match (update, added) {
        (Some((place, statement)), _) if place.migration == here.migration && is_at_once(statement) => {
            Filled::AtOnce { update: place }
        }
        (None, Some(added)) if certain => Filled::Never { added },
        _ => Filled::Otherwise,
    }
}

/// Are the rows that are there NULL in the new column?
fn is_left_null(definition: &ColumnDefinition) -> bool {
    let serial = definition.type_name.as_ref().is_some_and(|name| name.name.name.contains("serial"));
    definition.default.as_ref().is_none_or(|default| default.node.is_null())
        && definition.generated.is_none()
        && definition.identity.is_none()
        && !serial
}

/// Does the statement write to the column?
fn writes(place: &Place, statement: &Dml, alteration: &Alteration, column: &Name) -> bool {
    let same_table =
        place.relation(statement.table()).is_some_and(|table| table.id == alteration.relation.id);
    same_table
        && match statement {
            Dml::Update { assignments, .. } => assignments.iter().any(|(assigned, _)| assigned == column),
            Dml::Merge { .. } => true,
            // Rows that come and go leave the others as they are.
            Dml::Insert { .. } | Dml::Delete { .. } => false,
        }
}

/// Does an UPDATE take all the rows that it has to at once?
fn is_at_once(statement: &Dml) -> bool {
    matches!(statement, Dml::Update { .. }) && !statement.condition().is_some_and(is_slice)
}

/// Does the condition pick a slice of the table: a range of a key, or what a LIMIT lets through?
fn is_slice(condition: &Node) -> bool {
    let limited = |query: &Query| query.limit.is_some();
    let mut slice = condition.subqueries().into_iter().any(limited);
    condition.walk(|node| {
        if let Node::Operator { name, .. } = node {
            slice |= matches!(&**name, "BETWEEN" | "<" | "<=" | ">" | ">=");
        }
    });
    slice
}
