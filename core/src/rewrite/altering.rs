//! An ALTER TABLE of which one sub-command is rewritten and the others stay.

use crate::rules::Place;
use crate::schema::Relation;
use crate::sql::Command;
use crate::sql::command::{AlterAction, AlterTable};

use super::text::alterations;

/// One sub-command of an ALTER TABLE that is a statement of its own.
pub(super) struct Altering<'a> {
    /// The table as the statement writes it.
    pub table: String,
    /// The table as it was before.
    pub relation: &'a Relation,
    /// The sub-command.
    pub action: &'a AlterAction,
    /// The statement without the sub-command; none when there is nothing else in it.
    pub others: Option<String>,
}

/// The first sub-command that is wanted.
pub(super) fn find<'a>(place: &Place<'a>, wanted: impl Fn(&AlterAction) -> bool) -> Option<Altering<'a>> {
    let Command::AlterTable(alter) = place.command() else { return None };
    let at = alter.actions.iter().position(wanted)?;
    Some(Altering {
        table: alter.name.to_string(),
        relation: place.relation(&alter.name)?,
        action: &alter.actions[at],
        others: without(place.text(), alter, at)?,
    })
}

/// The statement without one of its sub-commands; none inside when that was all. None outside when the text cannot be
/// taken apart.
fn without(sql: &str, alter: &AlterTable, at: usize) -> Option<Option<String>> {
    if alter.actions.len() == 1 {
        return Some(None);
    }
    let (head, mut parts) = alterations(sql)?;
    if parts.len() != alter.actions.len() {
        return None;
    }
    parts.remove(at);
    Some(Some(format!("{head} {}", parts.join(", "))))
}
