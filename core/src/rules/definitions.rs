//! What statements define: columns with their types, foreign keys.

use super::{Place, Scene};
use crate::schema::{ConstraintKind, ForeignKey, Id, Relation};
use crate::sql::command::{AlterAction, Persistence, TableElement};
use crate::sql::{Command, Name, TypeName};

/// The columns that a command gives a type, with the type as written.
pub(super) fn typed_columns(command: &Command) -> Vec<(&Name, &TypeName)> {
    match command {
        Command::CreateTable(create) => create
            .elements
            .iter()
            .filter_map(|element| match element {
                TableElement::Column(column) => column.type_name.as_ref().map(|own| (&column.name, own)),
                TableElement::Constraint(_) | TableElement::Like { .. } => None,
            })
            .collect(),
        Command::AlterTable(alter) => alter
            .actions
            .iter()
            .filter_map(|action| match action {
                AlterAction::AddColumn { column, .. } => {
                    column.type_name.as_ref().map(|own| (&column.name, own))
                }
                AlterAction::AlterType { column, type_name, .. } => Some((column, type_name)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Of [`typed_columns`] those of lasting tables, that are still there and of that type after the last migration.
pub(super) fn kept_columns<'a>(place: &Place, command: &'a Command) -> Vec<(&'a Name, &'a TypeName)> {
    let typed = typed_columns(command);
    let written = match command {
        Command::CreateTable(create) => &create.name,
        Command::AlterTable(alter) => &alter.name,
        _ => return typed,
    };
    let after = place.after();
    let Some(now) = after.schema.resolve(written, &after.session.search_path()) else { return Vec::new() };
    let last = place.scene.last_table(now.id).filter(|_| now.persistence != Persistence::Temporary);
    let stays = |column: &Name| {
        let own = now.table()?.column(column)?;
        Some(last?.numbered(own.number)?.data_type == own.data_type)
    };
    typed.into_iter().filter(|(column, _)| stays(column) == Some(true)).collect()
}

/// Is it the server's own type of that name?
pub(super) fn is_built_in(written: &TypeName, known: &str) -> bool {
    &*written.name.name == known && written.name.schema.as_deref().is_none_or(|schema| schema == "pg_catalog")
}

/// As [`Place::new_foreign_keys`].
pub(super) fn new_foreign_keys<'a>(place: &Place<'a>) -> Vec<(&'a Relation, &'a ForeignKey)> {
    let (before, after) = (&place.before().schema, place.after());
    let path = after.session.search_path();
    let mut found = Vec::new();
    let mut seen: Vec<Id> = Vec::new();
    for command in place.commands() {
        let written = match command {
            Command::CreateTable(create) => &create.name,
            Command::AlterTable(alter) => &alter.name,
            _ => continue,
        };
        let Some(relation) = after.schema.resolve(written, &path) else { continue };
        let Some(table) = relation.table().filter(|_| !seen.contains(&relation.id)) else { continue };
        seen.push(relation.id);
        let old = before.relation(relation.id).and_then(|old| old.table());
        for own in table.constraints.iter().filter(|own| !own.inherited) {
            let is_new = old.is_none_or(|old| old.constraint(&own.name).is_none());
            if let (true, ConstraintKind::ForeignKey(key)) = (is_new, &own.kind) {
                found.push((&**relation, &**key));
            }
        }
    }
    found
}

/// Is a foreign key of a table still there, as it is, after the last migration?
pub(super) fn stays(scene: &Scene, table: Id, key: &ForeignKey) -> bool {
    scene.last_table(table).is_some_and(|last| {
        last.constraints
            .iter()
            .any(|own| matches!(&own.kind, ConstraintKind::ForeignKey(own) if **own == *key))
    })
}
