//! ALTER … RENAME.

use std::sync::Arc;

use super::{follow, relation_kind};
use crate::locks::LockMode;
use crate::schema::{ConstraintKind, Id, Part, RelationKind};
use crate::simulate::analyze::{self, Renamed};
use crate::simulate::error::{
    column_exists, constraint_exists, no_column, no_constraint, no_object, no_schema, object_exists,
};
use crate::simulate::run::{Run, is_system_column, unquoted};
use crate::simulate::{PgError, function, plain, policy, privilege, table, user_type};
use crate::sql::Name;
use crate::sql::command::{ObjectKind, Rename};

/// ALTER … RENAME.
pub(in crate::simulate) fn rename(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let written = &rename.object.name;
    match rename.kind {
        ObjectKind::Column => rename_column(run, rename),
        ObjectKind::Constraint => rename_constraint(run, rename),
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => policy::rename_part(run, rename),
        ObjectKind::Type | ObjectKind::Domain | ObjectKind::DomainConstraint => {
            user_type::rename(run, rename)
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            function::rename(run, rename)
        }
        ObjectKind::Schema => {
            run.namespace(&written.name)?;
            let Some(namespace) = run.schema.namespaces.get(&written.name).copied() else {
                return Err(no_schema(&written.name));
            };
            if run.schema.namespaces.contains_key(&rename.to) {
                return Err(PgError::new("42P06", format!("schema \"{}\" already exists", rename.to)));
            }
            if rename.to.starts_with("pg_") {
                return Err(PgError::new("42939", format!("unacceptable schema name \"{}\"", rename.to)));
            }
            run.schema.namespaces.remove(&written.name);
            run.schema.namespaces.insert(rename.to.clone(), namespace);
            move_all(run, &written.name, &rename.to);
            run.change(format!("renames schema {} to {}", written.name, rename.to));
            Ok(())
        }
        ObjectKind::Publication => {
            let found = run.schema.publications.get(&written.name).cloned();
            if run.schema.publications.contains_key(&rename.to) {
                return Err(object_exists("publication", &rename.to));
            }
            match found {
                Some(found) => {
                    run.schema.publications.remove(&written.name);
                    run.schema.publications.insert(rename.to.clone(), found);
                }
                None if run.server.world.presumes_objects() => {
                    run.assume(format!("publication {} exists", written.name));
                }
                None => return Err(no_object("publication", &written.name)),
            }
            run.change(format!("renames publication {} to {}", written.name, rename.to));
            Ok(())
        }
        ObjectKind::Statistics => {
            let namespace = run.namespace_of(written)?;
            super::move_statistics(run, written, (namespace, rename.to.clone()))
        }
        kind if relation_kind(kind).is_some() => {
            run.not_catalog(written)?;
            if rename.if_exists && run.find_relation(written).is_none() {
                let presumed = run.attempt(|run| run.relation(written).map(|_| ()));
                if presumed.is_err() || kind == ObjectKind::Index {
                    run.change(format!("nothing: there is no {}", unquoted(written)));
                    return Ok(());
                }
            }
            let id = run.relation(written)?;
            let relation = run.get(id)?;
            let (namespace, shown, what) =
                (relation.schema.clone(), relation.display_name(), relation.kind_name());
            let is_index = relation.index().is_some();
            let mode = if is_index { LockMode::ShareUpdateExclusive } else { LockMode::AccessExclusive };
            run.lock(id, mode);
            run.name_is_free(&namespace, &rename.to)?;
            if !is_index
                && !what.contains("sequence")
                && run.schema.type_named(&namespace, &rename.to).is_some()
            {
                return Err(object_exists("type", &rename.to));
            }
            if is_index {
                rename_constraint_of_index(run, id, &rename.to)?;
            }
            rename_relation(run, id, namespace, rename.to.clone());
            run.change(format!("renames {what} {shown} to {}", rename.to));
            Ok(())
        }
        ObjectKind::Role => privilege::rename_role(run, &written.name, &rename.to),
        kind if plain::is_plain(kind) => plain::rename(run, rename),
        _ => {
            run.not_modelled();
            Ok(())
        }
    }
}

/// Gives a relation another schema or name; the views that read it follow.
pub(super) fn rename_relation(run: &mut Run, id: Id, schema: Name, name: Name) {
    let followers = analyze::followers(run, &Renamed::Relation(id, &schema, &name));
    run.schema.rename_relation(id, schema, name);
    follow(run, followers);
}

fn follow(run: &mut Run, followers: Vec<(Id, Arc<str>)>) {
    for (view, query) in followers {
        run.schema.change_relation(view, |relation| {
            if let RelationKind::View(view) = &mut relation.kind {
                view.query = query;
            }
        });
    }
}

/// All objects of one schema go to another.
fn move_all(run: &mut Run, from: &Name, to: &Name) {
    let relations: Vec<_> =
        run.schema.relations().filter(|r| r.schema == *from).map(|r| (r.id, r.name.clone())).collect();
    for (id, name) in relations {
        rename_relation(run, id, to.clone(), name);
    }
    let types: Vec<_> = run.schema.types().filter(|t| t.schema == *from).map(|t| (**t).clone()).collect();
    for moved in types {
        follow::put_type(run, &moved, to, &moved.name);
    }
    let functions: Vec<_> =
        run.schema.functions().filter(|f| f.schema == *from).map(|f| (**f).clone()).collect();
    for moved in functions {
        follow::put_function(run, &moved, to, &moved.name);
    }
}

fn rename_constraint_of_index(run: &mut Run, index: Id, to: &Name) -> Result<(), PgError> {
    let Some(table) = run.get(index)?.index().map(|index| index.table) else { return Ok(()) };
    run.change_table(table, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.kind.index() == Some(index)) {
            own.name = to.clone();
        }
    });
    Ok(())
}

fn rename_column(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let Some(from) = rename.object.part.clone() else { return Ok(()) };
    if rename.relation_kind == Some(ObjectKind::Type) {
        return user_type::rename_attribute(run, rename);
    }
    if rename.if_exists && run.find_relation(&rename.object.name).is_none() {
        let presumed = run.attempt(|run| run.relation(&rename.object.name).map(|_| ()));
        if presumed.is_err() {
            return Ok(());
        }
    }
    let id = run.relation(&rename.object.name)?;
    let shown = run.get(id)?.display_name();
    let relation_name = run.get(id)?.name.clone();
    if let RelationKind::View(view) = run.get(id)?.kind.clone() {
        run.lock(id, LockMode::AccessExclusive);
        if !view.columns.contains(&from) && view.columns_known {
            return Err(no_column(&from, &relation_name));
        }
        let place = view.columns.iter().position(|column| *column == from);
        let number = place.and_then(|place| i16::try_from(place + 1).ok()).unwrap_or_default();
        let followers = analyze::followers(run, &Renamed::Column(id, number, &rename.to));
        follow(run, followers);
        run.schema.change_relation(id, |relation| {
            if let RelationKind::View(view) = &mut relation.kind {
                for column in view.columns.iter_mut().filter(|column| **column == from) {
                    *column = rename.to.clone();
                }
            }
        });
        run.change(format!("renames column {shown}.{from} to {}", rename.to));
        return Ok(());
    }
    run.lock_tree(id, LockMode::AccessExclusive);
    let column = run.column(id, &from).map_err(|error| match error.sqlstate {
        "42703" => PgError::new("42703", format!("column \"{from}\" does not exist")),
        _ => error,
    })?;
    if is_system_column(&rename.to) {
        let message = format!("column name \"{}\" conflicts with a system column name", rename.to);
        return Err(PgError::new("42701", message));
    }
    if run.table_of(id)?.column(&rename.to).is_some() {
        return Err(column_exists(&rename.to, &relation_name));
    }
    if run.table_of(id)?.of_type.is_some() {
        return Err(PgError::new("42809", "cannot rename column of typed table"));
    }
    if column.inherited {
        return Err(PgError::new("42P16", format!("cannot rename inherited column \"{from}\"")));
    }
    if rename.only && !run.schema.children_of(id).is_empty() {
        let message = format!("inherited column \"{from}\" must be renamed in child tables too");
        return Err(PgError::new("42P16", message));
    }
    for child in run.schema.descendants_of(id) {
        if run.table_of(child)?.column(&rename.to).is_some() {
            return Err(column_exists(&rename.to, &run.get(child)?.name.clone()));
        }
    }
    table::from_one_tree(run, id, &from, "rename")?;
    let mut everywhere = vec![id];
    everywhere.extend(run.schema.descendants_of(id));
    for table in everywhere {
        let number = run.table_of(table)?.column(&from).map_or(0, |column| column.number);
        let followers = analyze::followers(run, &Renamed::Column(table, number, &rename.to));
        run.schema.rename_column(table, &from, &rename.to);
        run.schema.note_part_gone(table, Part::Column, &from);
        follow(run, followers);
    }
    run.change(format!("renames column {shown}.{from} to {}", rename.to));
    Ok(())
}

fn rename_constraint(run: &mut Run, rename: &Rename) -> Result<(), PgError> {
    let Some(from) = rename.object.part.clone() else { return Ok(()) };
    if rename.if_exists && run.find_relation(&rename.object.name).is_none() {
        let presumed = run.attempt(|run| run.relation(&rename.object.name).map(|_| ()));
        if presumed.is_err() {
            return Ok(());
        }
    }
    let id = run.relation(&rename.object.name)?;
    run.lock(id, LockMode::AccessExclusive);
    let relation = run.get(id)?.clone();
    let Some(own) = relation.table().and_then(|table| table.constraint(&from)).cloned() else {
        if run.is_assumed(id) {
            run.assume(format!("constraint {from} on {} exists", relation.display_name()));
            run.change(format!("renames constraint {from} on {} to {}", relation.display_name(), rename.to));
            return Ok(());
        }
        return Err(PgError::new("42704", no_constraint_for_table(&from, &relation.name)));
    };
    let handed_down =
        !own.no_inherit && matches!(own.kind, ConstraintKind::Check(..) | ConstraintKind::NotNull(_));
    if handed_down {
        run.lock_tree(id, LockMode::AccessExclusive);
    }
    if rename.only && handed_down && !run.schema.children_of(id).is_empty() {
        let message = format!("inherited constraint \"{from}\" must be renamed in child tables too");
        return Err(PgError::new("42P16", message));
    }
    if own.inherited && handed_down {
        return Err(PgError::new("42P16", format!("cannot rename inherited constraint \"{from}\"")));
    }
    if relation.table().is_some_and(|table| table.constraint(&rename.to).is_some()) {
        return Err(constraint_exists(&rename.to, &relation.name));
    }
    if let Some(index) = own.kind.index() {
        run.name_is_free(&relation.schema, &rename.to)?;
        run.schema.rename_relation(index, relation.schema.clone(), rename.to.clone());
    }
    let mut everywhere = vec![id];
    if handed_down {
        everywhere.extend(run.schema.descendants_of(id));
    }
    for table in everywhere {
        run.change_table(table, |table| {
            for constraint in table.constraints.iter_mut().filter(|constraint| constraint.name == from) {
                constraint.name = rename.to.clone();
            }
        });
    }
    run.change(format!("renames constraint {from} on {} to {}", relation.display_name(), rename.to));
    Ok(())
}

fn no_constraint_for_table(constraint: &str, table: &str) -> String {
    no_constraint(constraint, table).message.replace(" of relation ", " for table ")
}
