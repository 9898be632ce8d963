//! Statements that take any kind of object: DROP, RENAME, SET SCHEMA, OWNER; and what is read of relations.

mod depend;
mod drop;
mod follow;
mod place;
mod rename;

pub(super) use depend::{Dependant, column_dependants, remove_dependant};
pub(super) use drop::drop;
pub(super) use follow::{put_function, put_type, rename_value};
use place::move_statistics;
pub(super) use place::{owner, set_schema};
pub(super) use rename::rename;

use super::PgError;
use super::error::no_relation;
use super::run::{Run, is_catalog, unquoted};
use crate::locks::LockMode;
use crate::schema::Id;
use crate::sql::QualifiedName;
use crate::sql::command::ObjectKind;

/// The kind's name in messages, for kinds that are relations.
fn relation_kind(kind: ObjectKind) -> Option<&'static str> {
    match kind {
        ObjectKind::Table => Some("table"),
        ObjectKind::ForeignTable => Some("foreign table"),
        ObjectKind::View => Some("view"),
        ObjectKind::MaterializedView => Some("materialized view"),
        ObjectKind::Index => Some("index"),
        ObjectKind::Sequence => Some("sequence"),
        _ => None,
    }
}

/// A relation that is read: locked in ACCESS SHARE, with what a view reads in turn.
pub(super) fn read(run: &mut Run, written: &QualifiedName) -> Result<Id, PgError> {
    let id = run.readable(written)?;
    if !is_catalog(written) {
        read_locked(run, id, LockMode::AccessShare);
    }
    Ok(id)
}

/// A relation that a query names which is stored and not run: it is locked in ACCESS SHARE, and nothing behind it.
pub(super) fn read_alone(run: &mut Run, written: &QualifiedName) -> Result<Id, PgError> {
    let id = run.readable(written)?;
    if !is_catalog(written) {
        run.lock(id, LockMode::AccessShare);
    }
    Ok(id)
}

/// Locks a relation, and the tables behind it when it is a view. OR REPLACE can make views read each other in a circle.
pub(super) fn read_locked(run: &mut Run, id: Id, mode: LockMode) {
    let mut open = vec![id];
    let mut seen = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        run.lock_tree(id, mode);
        if let Some(view) = run.schema.relation(id).and_then(|relation| relation.view())
            && !view.materialized
        {
            open.extend(view.reads.iter().rev().map(|(read, _)| *read));
        }
    }
}

/// The error for a relation that must be there and is not.
pub(super) fn must_exist(run: &Run, written: &QualifiedName) -> Result<Id, PgError> {
    run.find_relation(written).ok_or_else(|| no_relation(&unquoted(written)))
}
