//! Renames: an identity that is in both schemas under different names.

use std::sync::Arc;

use super::super::{Function, Relation, RelationKind, Schema, Type};
use super::{Difference, Subject, naming};
use crate::sql::Name;

/// The schema before as if the renames had been made in it too, and the renames.
///
/// Only where the old name is free afterwards and the new one was free before: when another object took
/// the place, what counts is what the name means now.
pub(super) fn follow(before: &Schema, after: &Schema) -> (Schema, Vec<Difference>) {
    let mut followed = before.clone();
    let mut found = Vec::new();
    for item in before.types.diff(&after.types, Arc::ptr_eq) {
        if let (Some((_, old)), Some((_, new))) = item
            && is_type_renamed(before, after, old, new)
        {
            let (was, is) = (format!("{}.{}", old.schema, old.name), format!("{}.{}", new.schema, new.name));
            found.push(Difference::renamed(Subject::Type, naming::user_type(old), was, is));
            followed.put_type(Type { schema: new.schema.clone(), name: new.name.clone(), ..(**old).clone() });
        }
    }
    for item in before.relations.diff(&after.relations, Arc::ptr_eq) {
        if let (Some((_, old)), Some((_, new))) = item {
            follow_relation(before, after, old, new, &mut followed, &mut found);
        }
    }
    for item in before.functions.diff(&after.functions, Arc::ptr_eq) {
        if let (Some((_, old)), Some((_, new))) = item
            && is_function_renamed(before, after, old, new)
        {
            let (was, is) = (format!("{}.{}", old.schema, old.name), format!("{}.{}", new.schema, new.name));
            found.push(Difference::renamed(Subject::Function, naming::function(before, old), was, is));
            followed.put_function(Function {
                schema: new.schema.clone(),
                name: new.name.clone(),
                ..(**old).clone()
            });
        }
    }
    (followed, found)
}

fn follow_relation(
    before: &Schema,
    after: &Schema,
    old: &Relation,
    new: &Relation,
    followed: &mut Schema,
    found: &mut Vec<Difference>,
) {
    let same_name = (&old.schema, &old.name) == (&new.schema, &new.name);
    if !same_name {
        let same_kind = std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind);
        let old_is_free = after.relation_named(&old.schema, &old.name).is_none();
        let new_was_free = before.relation_named(&new.schema, &new.name).is_none();
        if !(same_kind && old_is_free && new_was_free) {
            return;
        }
        if !moves_along(before, after, old, new) {
            let (object, subject) = (naming::relation(old), naming::relation_subject(old));
            found.push(Difference::renamed(subject, object, old.display_name(), new.display_name()));
        }
        followed.rename_relation(old.id, new.schema.clone(), new.name.clone());
    }
    let (Some(old_table), Some(new_table)) = (old.table(), new.table()) else { return };
    let mut renames: Vec<(Name, Name)> = Vec::new();
    for column in &old_table.columns {
        let Some(now) = new_table.numbered(column.number) else { continue };
        let is_renamed = now.name != column.name
            && new_table.column(&column.name).is_none()
            && old_table.column(&now.name).is_none();
        if is_renamed {
            // A child's column is renamed with its parent's.
            if !column.inherited {
                let object = naming::column(old, &column.name);
                found.push(Difference::renamed(
                    Subject::Column,
                    object,
                    column.name.to_string(),
                    now.name.to_string(),
                ));
            }
            renames.push((column.name.clone(), now.name.clone()));
        }
    }
    for (from, to) in renames {
        followed.rename_column(old.id, &from, &to);
    }
}

/// Is it told with something else: an index of a constraint has the constraint's name, and the indexes and sequences
/// of a table go with it to another schema.
fn moves_along(before: &Schema, after: &Schema, old: &Relation, new: &Relation) -> bool {
    let owner = match &old.kind {
        RelationKind::Index(index) if index.constraint => return true,
        RelationKind::Index(index) => Some(index.table),
        RelationKind::Sequence(sequence) => sequence.owned_by.map(|(table, _)| table),
        RelationKind::Table(_) | RelationKind::View(_) => None,
    };
    let schema_of = |schema: &Schema, id| schema.relation(id).map(|relation| relation.schema.clone());
    old.name == new.name
        && owner.is_some_and(|id| {
            schema_of(before, id).as_ref() == Some(&old.schema)
                && schema_of(after, id).as_ref() == Some(&new.schema)
        })
}

fn is_type_renamed(before: &Schema, after: &Schema, old: &Type, new: &Type) -> bool {
    (&old.schema, &old.name) != (&new.schema, &new.name)
        && std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind)
        && after.type_named(&old.schema, &old.name).is_none()
        && before.type_named(&new.schema, &new.name).is_none()
}

fn is_function_renamed(before: &Schema, after: &Schema, old: &Function, new: &Function) -> bool {
    let is_in = |schema: &Schema, function: &Function| {
        schema
            .functions_named(&function.schema, &function.name)
            .any(|other| other.signature == function.signature)
    };
    (&old.schema, &old.name) != (&new.schema, &new.name)
        && old.signature == new.signature
        && !is_in(after, old)
        && !is_in(before, new)
}
