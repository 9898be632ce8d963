//! Writes the way back: from the catalog after a migration to the one before it, statement by statement, each
//! simulated before it is taken. What was renamed is renamed back, so that its data stay; what was dropped is made
//! again from its definition; what is new goes.

mod attached;
mod away;
mod back;
mod column;
mod draft;
mod goal;
mod rename;
#[cfg(test)]
mod tests;

use crate::schema::{Schema, TypeKind};
use crate::simulate::{Server, State};
use draft::Draft;
pub(super) use draft::Piece;

/// A script that leads from one catalog to another, and what it could not do.
pub(super) struct Body {
    /// Its statements with the comments above them.
    pub pieces: Vec<Piece>,
    /// What could not be written, one line each.
    pub unwritten: Vec<String>,
}

/// The script from `after` to `before`.
pub(super) fn write(before: &Schema, after: &State, server: &Server) -> Body {
    let goal = goal::goal(before, &after.schema);
    let mut draft = Draft::new(goal, after.clone(), server);
    rename::rename(&mut draft);
    note_replaced(&mut draft);
    away::clear(&mut draft);
    rename::rename(&mut draft);
    back::bring_foundations(&mut draft);
    back::bring(&mut draft);
    draft.clear(Vec::new());
    attached::settle(&mut draft);
    draft.clear_at_last();
    Body { pieces: draft.pieces, unwritten: draft.unwritten }
}

/// An enum loses a value only by being made anew.
fn note_replaced(draft: &mut Draft) {
    let loses = |before: &TypeKind, now: &TypeKind| match (before, now) {
        (TypeKind::Enum(before), TypeKind::Enum(now)) => {
            let mut left = before.iter();
            before != now && !now.iter().all(|value| left.any(|own| own == value))
        }
        _ => false,
    };
    let both = draft.goal.types().filter_map(|own| Some((own, draft.now().user_type(own.id)?)));
    draft.replaced = both.filter(|(own, now)| loses(&own.kind, &now.kind)).map(|(own, _)| own.id).collect();
}
