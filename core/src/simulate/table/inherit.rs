//! Inheritance: what a child has from its parents, merged with what it has of its own.
//! Source: `MergeAttributes`, `CreateInheritance` and `RemoveInheritance` in `tablecmds.c`.

use super::{column, constraint, not_null};
use crate::locks::LockMode;
use crate::schema::{Column, Constraint, ConstraintKind, DataType, Id, Origin, Table};
use crate::simulate::run::Run;
use crate::simulate::{PgError, trigger};
use crate::sql::command::{ColumnDefinition, Persistence};
use crate::sql::{Name, QualifiedName};

/// Gives a new table its parents' columns and inheritable constraints; names the columns whose defaults disagree.
pub(super) fn from_parents(
    run: &mut Run,
    id: Id,
    parents: &[Id],
    partition: bool,
) -> Result<Vec<Name>, PgError> {
    let mut conflicting: Vec<Name> = Vec::new();
    for parent in parents {
        may_be_parent(run, id, *parent, partition)?;
        if run.table_of(id)?.parents.contains(parent) {
            return Err(twice(run, *parent));
        }
        if run.is_assumed(*parent) {
            let name = run.schema.display_name(*parent);
            run.assume(format!(
                "the columns of {name} are not known, so neither are those inherited from it"
            ));
            run.schema.change_relation(id, |relation| relation.origin = Origin::Assumed);
        }
        let model = run.table_of(*parent)?.clone();
        for from in &model.columns {
            let Some(own) = run.table_of(id)?.column(&from.name).cloned() else {
                // A sequence stays with the parent; its default is inherited as an expression.
                let identity = from.identity.filter(|_| partition && run.version() >= 17);
                let stays =
                    |own: &Constraint| own.kind == ConstraintKind::NotNull(from.number) && own.no_inherit;
                let not_null = from.not_null && !model.constraints.iter().any(stays);
                let copy = Column {
                    inherited: true,
                    local: false,
                    sequence: None,
                    identity,
                    not_null,
                    ..from.clone()
                };
                put_column(run, id, copy);
                continue;
            };
            same_definition(&own, from, "inherited column")?;
            match (&own.default, &from.default) {
                (Some(own), Some(from_parent)) if own.node != from_parent.node => {
                    conflicting.push(from.name.clone());
                }
                (None, Some(default)) => {
                    let default = default.clone();
                    change_column(run, id, &from.name, |own| own.default = Some(default));
                }
                _ => {}
            }
        }
        for own in &model.constraints {
            inherit_constraint(run, id, &model, own)?;
        }
        run.change_table(id, |table| table.parents.push(*parent));
    }
    Ok(conflicting)
}

/// Appends a column, with the next number.
pub(super) fn put_column(run: &mut Run, id: Id, column: Column) {
    run.change_table(id, |table| {
        table.columns.push(Column { number: table.next_column, ..column });
        table.next_column += 1;
    });
}

fn change_column(run: &mut Run, id: Id, name: &Name, change: impl FnOnce(&mut Column)) {
    run.change_table(id, |table| {
        if let Some(column) = table.column_mut(name) {
            change(column);
        }
    });
}

fn twice(run: &Run, parent: Id) -> PgError {
    let name =
        run.schema.relation(parent).map(|parent| parent.name.clone()).unwrap_or_else(|| Name::from("?"));
    PgError::new("42P07", format!("relation \"{name}\" would be inherited from more than once"))
}

/// 42809 for a parent that cannot be one: a partitioned table or a partition, or one that does not live as long.
fn may_be_parent(run: &Run, id: Id, parent: Id, partition: bool) -> Result<(), PgError> {
    let (child, relation) = (run.get(id)?, run.get(parent)?);
    let table = run.table_of(parent)?;
    let name = &relation.name;
    let refused = |message: String| Err(PgError::new("42809", message));
    let temporary = |persistence| persistence == Persistence::Temporary;
    if !partition && table.is_partitioned() {
        return refused(format!("cannot inherit from partitioned table \"{name}\""));
    }
    if !partition && table.bound.is_some() {
        return refused(format!("cannot inherit from partition \"{name}\""));
    }
    if temporary(relation.persistence) && !temporary(child.persistence) {
        return refused(match partition {
            true => {
                format!("cannot create a permanent relation as partition of temporary relation \"{name}\"")
            }
            false => format!("cannot inherit from temporary relation \"{name}\""),
        });
    }
    if partition && temporary(child.persistence) && !temporary(relation.persistence) && !relation.presumed {
        return refused(format!(
            "cannot create a temporary relation as partition of permanent relation \"{name}\""
        ));
    }
    Ok(())
}

/// 42804 for another type, 42P21 for another collation of a column that is to be one with another.
fn same_definition(own: &Column, other: &Column, what: &str) -> Result<(), PgError> {
    let name = &own.name;
    if !same_type(&own.data_type, &other.data_type) {
        return Err(PgError::new("42804", format!("{what} \"{name}\" has a type conflict")));
    }
    if !same_collation(own, other) {
        return Err(PgError::new("42P21", format!("{what} \"{name}\" has a collation conflict")));
    }
    let both_own = what.starts_with("inherited") || own.storage.is_some();
    if both_own && storage_of(own) != storage_of(other) {
        return Err(PgError::new("42804", format!("{what} \"{name}\" has a storage parameter conflict")));
    }
    let kind = |column: &Column| column.generated.as_ref().map(|(_, stored)| *stored);
    if what.starts_with("inherited") && kind(own) != kind(other) {
        return Err(PgError::new("42804", format!("{what} \"{name}\" has a generation conflict")));
    }
    Ok(())
}

/// How the values are stored, where that is said or the type tells.
fn storage_of(column: &Column) -> String {
    match &column.storage {
        Some(storage) if !storage.eq_ignore_ascii_case("default") => storage.to_ascii_lowercase(),
        _ if column.data_type.is("text") || column.data_type.is("varchar") => "extended".to_owned(),
        _ => String::new(),
    }
}

/// The same type, as far as both are known.
fn same_type(own: &DataType, other: &DataType) -> bool {
    own == other || *own == DataType::unknown() || *other == DataType::unknown()
}

/// The same collation; none is the type's own.
fn same_collation(own: &Column, other: &Column) -> bool {
    let of = |column: &Column| {
        column.collation.as_ref().map(|collation| collation.name.clone()).filter(|name| &**name != "default")
    };
    of(own) == of(other)
}

fn inherit_constraint(run: &mut Run, id: Id, model: &Table, own: &Constraint) -> Result<(), PgError> {
    if own.no_inherit {
        return Ok(());
    }
    let kind = match &own.kind {
        ConstraintKind::Check(expression, columns) => {
            if let Some(existing) = run.table_of(id)?.constraint(&own.name) {
                let same = matches!(&existing.kind, ConstraintKind::Check(other, _) if other.node == expression.node);
                if !same {
                    let message = format!(
                        "check constraint name \"{}\" appears multiple times but with different expressions",
                        own.name
                    );
                    return Err(PgError::new("42710", message));
                }
                return Ok(());
            }
            ConstraintKind::Check(expression.clone(), constraint::same_columns(run, model, id, columns)?)
        }
        ConstraintKind::NotNull(column) => {
            let number = constraint::same_columns(run, model, id, &[*column])?[0];
            let name = model.column_name(*column);
            change_column(run, id, &name, |column| column.not_null = true);
            if run.table_of(id)?.constraints.iter().any(|c| c.kind == ConstraintKind::NotNull(number)) {
                return Ok(());
            }
            ConstraintKind::NotNull(number)
        }
        _ => return Ok(()),
    };
    // A new table has no rows that could be invalid.
    let validated = own.enforced;
    constraint::put(run, id, Constraint { kind, inherited: true, local: false, validated, ..own.clone() });
    Ok(())
}

/// A column of a new table that its parents have too: 42804 or 42P21 when both are not alike, 42611 when one is generated.
pub(super) fn merge_column(
    run: &mut Run,
    id: Id,
    definition: &ColumnDefinition,
    own: &Column,
) -> Result<(), PgError> {
    let name = &own.name;
    let Some(inherited) = run.table_of(id)?.column(name).cloned() else { return Ok(()) };
    if definition.type_name.is_some() {
        same_definition(own, &inherited, "column")?;
    }
    let refused = |message: String| Err(PgError::new("42611", message));
    match (&inherited.generated, &definition.generated) {
        (Some(_), None) if definition.default.is_some() => {
            return refused(format!(
                "column \"{name}\" inherits from generated column but specifies default"
            ));
        }
        (Some(_), None) if definition.identity.is_some() => {
            return refused(format!(
                "column \"{name}\" inherits from generated column but specifies identity"
            ));
        }
        (inherited, Some(_)) if inherited.is_none() || run.version() < 16 => {
            return refused(format!("child column \"{name}\" specifies generation expression"));
        }
        (Some((_, stored)), Some(own)) if *stored != own.stored => {
            return refused(format!("column \"{name}\" inherits from generated column of different kind"));
        }
        _ => {}
    }
    let definition = definition.clone();
    let storage = own.storage.clone();
    // What a partition says of a column does not make it the partition's own.
    let local = run.table_of(id)?.bound.is_none();
    change_column(run, id, name, |column| {
        column.local |= local;
        column.default = definition.default.or(column.default.take());
        column.storage = storage.or(column.storage.take());
        if let Some(generated) = definition.generated {
            column.generated = Some((generated.expression, generated.stored));
        }
    });
    Ok(())
}

/// A column that the parent gets and the child has: 42804 or 42P21 when they are not alike.
pub(super) fn merge_added(run: &mut Run, child: Id, column: &Column) -> Result<(), PgError> {
    let own = run.column(child, &column.name)?;
    let child_name = &run.get(child)?.name;
    if !same_type(&own.data_type, &column.data_type) {
        let message = format!("child table \"{child_name}\" has different type for column \"{}\"", own.name);
        return Err(PgError::new("42804", message));
    }
    if !same_collation(&own, column) {
        let message =
            format!("child table \"{child_name}\" has different collation for column \"{}\"", own.name);
        return Err(PgError::new("42P21", message));
    }
    change_column(run, child, &column.name, |own| own.inherited = true);
    Ok(())
}

/// 42P16 when a descendant has the column from a table outside of this tree, too.
pub(in crate::simulate) fn from_one_tree(run: &Run, id: Id, name: &Name, verb: &str) -> Result<(), PgError> {
    let tree = run.schema.descendants_of(id);
    for child in &tree {
        let outside = run.table_of(*child)?.parents.iter().any(|parent| {
            *parent != id
                && !tree.contains(parent)
                && run.table_of(*parent).is_ok_and(|parent| parent.column(name).is_some())
        });
        if outside {
            return Err(PgError::new("42P16", format!("cannot {verb} inherited column \"{name}\"")));
        }
    }
    Ok(())
}

/// A column that LIKE gives a new table and that its parents have too.
pub(super) fn merge_like(run: &mut Run, id: Id, own: &Column, storage: bool) -> Result<(), PgError> {
    let Some(inherited) = run.table_of(id)?.column(&own.name).cloned() else { return Ok(()) };
    let storage = if storage { own.storage.clone() } else { None };
    same_definition(&Column { storage, ..own.clone() }, &inherited, "column")?;
    let default = own.default.clone();
    change_column(run, id, &own.name, |column| {
        column.local = true;
        column.default = default.or(column.default.take());
    });
    Ok(())
}

/// ALTER TABLE … INHERIT and NO INHERIT.
pub(super) fn alter(run: &mut Run, id: Id, parent: &QualifiedName, inherit: bool) -> Result<(), PgError> {
    let table = run.table_of(id)?;
    let kind = match table {
        _ if table.bound.is_some() => Some("a partition"),
        _ if table.is_partitioned() && inherit => Some("partitioned table"),
        _ if table.of_type.is_some() => Some("typed table"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Err(PgError::new("42809", format!("cannot change inheritance of {kind}")));
    }
    let parent = run.table(parent)?;
    run.lock(parent, if inherit { LockMode::ShareUpdateExclusive } else { LockMode::AccessShare });
    let (own_name, parent_name) = (run.get(id)?.name.clone(), run.get(parent)?.name.clone());
    if inherit {
        for below in run.schema.descendants_of(id) {
            run.lock(below, LockMode::AccessShare);
        }
        may_be_parent(run, id, parent, false)?;
        not_circular(run, id, parent)?;
        if run.table_of(id)?.parents.contains(&parent) {
            return Err(twice(run, parent));
        }
        trigger::allow_child(run, id, "an inheritance child")?;
        merge_existing(run, id, parent)?;
        run.change_table(id, |table| table.parents.push(parent));
    } else {
        if !run.table_of(id)?.parents.contains(&parent) && !run.is_assumed(id) {
            let message = format!("relation \"{parent_name}\" is not a parent of relation \"{own_name}\"");
            return Err(PgError::new("42P01", message));
        }
        leave(run, id, parent)?;
    }
    let verb = if inherit { "inherits from" } else { "no longer inherits from" };
    run.change(format!("{} {verb} {}", run.schema.display_name(id), run.schema.display_name(parent)));
    Ok(())
}

/// 42P07 when the child is the parent, or the parent descends from it.
pub(super) fn not_circular(run: &Run, id: Id, parent: Id) -> Result<(), PgError> {
    if id == parent || run.schema.descendants_of(id).contains(&parent) {
        return Err(PgError::new("42P07", "circular inheritance not allowed").with_hint(format!(
            "\"{}\" is already a child of \"{}\".",
            run.get(parent)?.name,
            run.get(id)?.name
        )));
    }
    Ok(())
}

/// Makes a table that exists a child: it must have what its parent has. 42804, 42P21 and 42P17 otherwise.
pub(super) fn merge_existing(run: &mut Run, id: Id, parent: Id) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    let child = run.get(id)?.name.clone();
    let mismatch = |message: String| Err(PgError::new("42804", message));
    for column in &model.columns {
        let name = &column.name;
        let Ok(own) = run.column(id, name) else {
            return mismatch(format!("child table is missing column \"{name}\""));
        };
        if !same_type(&own.data_type, &column.data_type) {
            return mismatch(format!("child table \"{child}\" has different type for column \"{name}\""));
        }
        if !same_collation(&own, column) && own.origin != Origin::Assumed {
            return Err(PgError::new(
                "42P21",
                format!("child table \"{child}\" has different collation for column \"{name}\""),
            ));
        }
        let must_be = model
            .constraints
            .iter()
            .any(|c| c.kind == ConstraintKind::NotNull(column.number) && !c.no_inherit);
        if must_be && !own.not_null && own.origin != Origin::Assumed {
            return mismatch(format!("column \"{name}\" in child table \"{child}\" must be marked NOT NULL"));
        }
        match (&column.generated, &own.generated) {
            (Some(_), None) if own.origin != Origin::Assumed => {
                return mismatch(format!("column \"{name}\" in child table must be a generated column"));
            }
            (None, Some(_)) => {
                return mismatch(format!("column \"{name}\" in child table must not be a generated column"));
            }
            (Some((_, parents)), Some((_, own))) if parents != own => {
                return mismatch(format!(
                    "column \"{name}\" inherits from generated column of different kind"
                ));
            }
            (Some((parents, _)), Some((own, _))) if run.version() < 16 && parents.node != own.node => {
                return mismatch(format!(
                    "column \"{name}\" in child table has a conflicting generation expression"
                ));
            }
            _ => {}
        }
    }
    let mut merged: Vec<Name> = Vec::new();
    for wanted in model.constraints.iter().filter(|own| !own.no_inherit) {
        let found = match &wanted.kind {
            ConstraintKind::Check(..) => constraint::find(run, id, &wanted.name).cloned(),
            ConstraintKind::NotNull(column) => {
                let number = constraint::same_columns(run, &model, id, &[*column])?[0];
                let table = run.table_of(id)?;
                table.constraints.iter().find(|c| c.kind == ConstraintKind::NotNull(number)).cloned()
            }
            _ => continue,
        };
        let name = &wanted.name;
        let found = match (found, &wanted.kind) {
            (Some(found), _) => found,
            // Not known of an assumed table.
            _ if run.is_assumed(id) => continue,
            (None, ConstraintKind::Check(..)) => {
                return mismatch(format!("child table is missing constraint \"{name}\""));
            }
            (None, _) => continue,
        };
        if let ConstraintKind::Check(expression, _) = &wanted.kind {
            match &found.kind {
                ConstraintKind::Check(own, _) if own.node == expression.node => {}
                _ => {
                    return mismatch(format!(
                        "child table \"{child}\" has different definition for check constraint \"{name}\""
                    ));
                }
            }
        }
        let on = format!("child table \"{child}\"");
        mergeable(&found, wanted, &on)?;
        as_enforced(&found, wanted, &on)?;
        merged.push(found.name.clone());
    }
    // A partition's columns and constraints are its parent's alone.
    let local = !model.is_partitioned();
    run.change_table(id, |table| {
        for column in table.columns.iter_mut().filter(|own| model.column(&own.name).is_some()) {
            column.inherited = true;
            column.local &= local;
        }
        for own in table.constraints.iter_mut().filter(|own| merged.contains(&own.name)) {
            own.inherited = true;
            own.local &= local;
        }
    });
    Ok(())
}

/// 42P17 when a child's constraint is weaker than the parent's that it is to be one with.
pub(super) fn mergeable(own: &Constraint, parents: &Constraint, on: &str) -> Result<(), PgError> {
    if own.no_inherit {
        return Err(conflicting(own, "non-inherited", on));
    }
    if parents.validated && own.enforced && !own.validated {
        return Err(conflicting(own, "NOT VALID", on));
    }
    Ok(())
}

/// 42P17 when the parent's constraint is enforced and the child's is not.
pub(super) fn as_enforced(own: &Constraint, parents: &Constraint, on: &str) -> Result<(), PgError> {
    if parents.enforced && !own.enforced { Err(conflicting(own, "NOT ENFORCED", on)) } else { Ok(()) }
}

fn conflicting(own: &Constraint, what: &str, on: &str) -> PgError {
    PgError::new("42P17", format!("constraint \"{}\" conflicts with {what} constraint on {on}", own.name))
}

/// Takes a table from its parent: what no other parent has is the table's own from now on.
pub(super) fn leave(run: &mut Run, id: Id, parent: Id) -> Result<(), PgError> {
    let was = run.table_of(id)?.clone();
    run.change_table(id, |table| table.parents.retain(|own| *own != parent));
    let table = run.table_of(id)?.clone();
    for column in &table.columns {
        if column.inherited && !column_in_parents(run, &table, &column.name) {
            change_column(run, id, &column.name, |own| {
                own.inherited = false;
                own.local = true;
            });
        }
    }
    for own in &table.constraints {
        // One whose column went from the parent alone stays inherited.
        let is_handed_down = |table| constraint_in_parents(run, table, own);
        if own.inherited && is_handed_down(&was) && !is_handed_down(&table) {
            make_local(run, id, &own.name, false);
        }
    }
    Ok(())
}

/// Does a parent have a column of that name?
fn column_in_parents(run: &Run, table: &Table, name: &Name) -> bool {
    table.parents.iter().any(|parent| run.table_of(*parent).is_ok_and(|parent| parent.column(name).is_some()))
}

/// Does a parent hand down this constraint?
pub(super) fn constraint_in_parents(run: &Run, table: &Table, own: &Constraint) -> bool {
    table.parents.iter().filter_map(|parent| run.table_of(*parent).ok()).any(|parent| {
        parent.constraints.iter().any(|theirs| match (&own.kind, &theirs.kind) {
            _ if theirs.no_inherit => false,
            (ConstraintKind::NotNull(mine), ConstraintKind::NotNull(theirs)) => {
                parent.column_name(*theirs) == table.column_name(*mine)
            }
            (ConstraintKind::Check(..), ConstraintKind::Check(..)) => theirs.name == own.name,
            _ => false,
        })
    })
}

fn make_local(run: &mut Run, id: Id, constraint: &Name, inherited: bool) {
    run.change_table(id, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.name == *constraint) {
            own.inherited = inherited;
            own.local = true;
        }
    });
}

/// A parent has lost a column: its children lose it too, unless they have it of their own or from another parent.
pub(super) fn lose_column(run: &mut Run, parent: Id, name: &Name, only: bool) -> Result<(), PgError> {
    for child in run.schema.children_of(parent) {
        run.lock(child, LockMode::AccessExclusive);
        let table = run.table_of(child)?.clone();
        let Some(own) = table.column(name).filter(|own| own.inherited) else { continue };
        let elsewhere = column_in_parents(run, &table, name);
        if only || elsewhere || own.local {
            change_column(run, child, name, |own| {
                own.inherited = elsewhere;
                own.local |= only;
            });
        } else {
            column::remove_column(run, child, own.number)?;
            lose_column(run, child, name, false)?;
        }
    }
    Ok(())
}

/// Those below a table that lose a column when it does.
pub(super) fn losing_column(run: &Run, parent: Id, name: &Name, only: bool) -> Vec<Id> {
    let mut losing = Vec::new();
    for child in if only { Vec::new() } else { run.schema.children_of(parent) } {
        let Ok(table) = run.table_of(child) else { continue };
        let others = |other: &&Id| **other != parent && !losing.contains(*other);
        let elsewhere = table
            .parents
            .iter()
            .filter(others)
            .any(|other| run.table_of(*other).is_ok_and(|other| other.column(name).is_some()));
        if !elsewhere && table.column(name).is_some_and(|own| own.inherited && !own.local) {
            losing.push(child);
            losing.extend(losing_column(run, child, name, false));
        }
    }
    losing
}

/// A parent has lost a CHECK or NOT NULL: its children lose it too, unless they have it of their own or from another parent.
pub(super) fn lose_constraint(
    run: &mut Run,
    parent: Id,
    lost: &Constraint,
    column: Option<&Name>,
    only: bool,
) -> Result<(), PgError> {
    if lost.no_inherit {
        return Ok(());
    }
    for child in run.schema.children_of(parent) {
        run.lock(child, LockMode::AccessExclusive);
        let table = run.table_of(child)?.clone();
        let found = table.constraints.iter().find(|own| {
            own.inherited
                && match (&own.kind, column) {
                    (ConstraintKind::NotNull(number), Some(name)) => table.column_name(*number) == *name,
                    (ConstraintKind::Check(..), None) => own.name == lost.name,
                    _ => false,
                }
        });
        let Some(own) = found else { continue };
        let elsewhere = constraint_in_parents(run, &table, own);
        if elsewhere && !only {
            continue;
        }
        if let ConstraintKind::NotNull(number) = own.kind
            && run.version() < 18
        {
            not_null::not_needed(run, child, number)?;
        }
        if only || own.local && (run.version() >= 18 || column.is_none()) {
            make_local(run, child, &own.name, elsewhere);
        } else {
            constraint::remove_constraint(run, child, &own.name)?;
            lose_constraint(run, child, own, column, false)?;
        }
    }
    Ok(())
}
