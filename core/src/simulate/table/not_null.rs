//! NOT NULL: set, dropped, and when it is proven without reading the rows.

use super::constraint::{self, Context};
use super::{column, inherit};
use crate::locks::LockMode;
use crate::schema::{Constraint, ConstraintKind, Id};
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind};
use crate::sql::command::{ConstraintDefinition, ReplicaIdentity};
use crate::sql::{Name, Node};

/// NOT NULL as a constraint: at a column, in a table's list, or ADD CONSTRAINT … NOT NULL (PostgreSQL 18 on).
pub(super) fn add_constraint(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    name: &Name,
    no_inherit: bool,
    context: Context,
    only: bool,
) -> Result<(), PgError> {
    if context == Context::Existing && run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \"NOT\"").with_hint(
            "ADD CONSTRAINT … NOT NULL exists from PostgreSQL 18 on; use ALTER COLUMN … SET NOT NULL.",
        ));
    }
    let column = run.column(id, name)?;
    let existing = run
        .table_of(id)?
        .constraints
        .iter()
        .find(|c| c.kind == ConstraintKind::NotNull(column.number))
        .cloned();
    if let Some(existing) = existing {
        // A serial, identity or primary key column is NOT NULL already; the written name wins while it is new.
        if context != Context::Existing {
            declare(run, id, &existing, definition.name.as_ref())?;
        }
        if context == Context::Existing {
            compatible(run, id, &existing, no_inherit, definition.not_valid)?;
        }
        if let Some(written) = definition.name.as_ref().filter(|written| **written != existing.name)
            && context == Context::Existing
        {
            let table = &run.get(id)?.name;
            let message = format!(
                "cannot create not-null constraint \"{written}\" on column \"{name}\" of table \"{table}\""
            );
            return Err(PgError::new("55000", message)
                .with_hint(format!("It has the not-null constraint \"{}\" already.", existing.name)));
        }
        return Ok(());
    }
    if no_inherit && run.table_of(id)?.is_partitioned() {
        return Err(PgError::new("0A000", "not-null constraints on partitioned tables cannot be NO INHERIT"));
    }
    let constraint_name = constraint::named(run, id, definition, Some(name), "not_null")?;
    let proven = is_proven(run, id, column.number, &[]);
    let made = Constraint {
        name: constraint_name.clone(),
        kind: ConstraintKind::NotNull(column.number),
        no_inherit,
        ..constraint::plain(definition)
    };
    constraint::put(run, id, made.clone());
    set_flag(run, id, column.number, true);
    if context == Context::Existing {
        if !definition.not_valid && !proven && !run.table_of(id)?.is_partitioned() {
            run.work(WorkKind::Scan, id, "NOT NULL is checked on every row");
        }
        constraint::report(run, id, context, &constraint_name);
    }
    if context == Context::NewTable || no_inherit {
        return Ok(());
    }
    if context != Context::Existing && run.version() < 18 {
        for child in run.schema.descendants_of(id) {
            // A column that the child had already stays as it is.
            let Some(own) = run.table_of(child)?.column(name).filter(|own| !own.local) else { continue };
            let number = own.number;
            let kind = ConstraintKind::NotNull(number);
            constraint::put(run, child, Constraint { kind, inherited: true, local: false, ..made.clone() });
            set_flag(run, child, number, true);
        }
        return Ok(());
    }
    let scans = context == Context::Existing && !definition.not_valid;
    give_children(run, id, column.number, only, scans)
}

/// 55000 for a NOT NULL that is there already, and inherited or validated otherwise than what is asked for.
pub(super) fn compatible(
    run: &Run,
    id: Id,
    existing: &Constraint,
    no_inherit: bool,
    not_valid: bool,
) -> Result<(), PgError> {
    let (name, table) = (&existing.name, &run.get(id)?.name);
    let message = if existing.no_inherit != no_inherit {
        format!("cannot change NO INHERIT status of NOT NULL constraint \"{name}\" on relation \"{table}\"")
    } else if !not_valid && !existing.validated {
        format!("incompatible NOT VALID constraint \"{name}\" on relation \"{table}\"")
    } else {
        return Ok(());
    };
    Err(PgError::new("55000", message))
}

/// A new table's column that is NOT NULL already is declared so: what was inherited gets a name of the table's own.
pub(super) fn declare(
    run: &mut Run,
    id: Id,
    existing: &Constraint,
    written: Option<&Name>,
) -> Result<(), PgError> {
    let ConstraintKind::NotNull(number) = existing.kind else { return Ok(()) };
    let (table, column) = (run.get(id)?.name.clone(), run.table_of(id)?.column_name(number));
    let name = match written {
        Some(written) => written.clone(),
        None if existing.local => return Ok(()),
        None => constraint::free_constraint_name(run, id, &table, Some(&column), "not_null"),
    };
    run.change_table(id, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.kind == existing.kind) {
            own.name = name.clone();
            own.local = true;
        }
    });
    Ok(())
}

/// The children of a table get its NOT NULL on a column, under the same name. 42P16 when ONLY forbids that.
pub(super) fn give_children(
    run: &mut Run,
    id: Id,
    number: i16,
    only: bool,
    scans: bool,
) -> Result<(), PgError> {
    let children = run.schema.children_of(id);
    if only && !children.is_empty() {
        return Err(PgError::new("42P16", "constraint must be added to child tables too"));
    }
    let table = run.table_of(id)?;
    let name = table.column_name(number);
    let of_column = |number| move |own: &&Constraint| own.kind == ConstraintKind::NotNull(number);
    let Some(model) = table.constraints.iter().find(of_column(number)).cloned() else { return Ok(()) };
    for child in children {
        if run.version() >= 18 {
            run.lock(child, LockMode::AccessExclusive);
        }
        let table = run.table_of(child)?;
        let Some(own) = table.column(&name).map(|column| column.number) else { continue };
        if let Some(known) = table.constraints.iter().find(of_column(own)).map(|known| known.name.clone()) {
            let partition = table.bound.is_some();
            run.change_table(child, |table| {
                for own in table.constraints.iter_mut().filter(|own| own.name == known) {
                    own.inherited = true;
                    own.local &= !partition;
                    own.validated |= model.validated;
                }
            });
            continue;
        }
        if scans && !run.table_of(child)?.is_partitioned() && !is_proven(run, child, own, &[]) {
            run.work(WorkKind::Scan, child, "NOT NULL is checked on every row");
        }
        let kind = ConstraintKind::NotNull(own);
        constraint::put(run, child, Constraint { kind, inherited: true, local: false, ..model.clone() });
        set_flag(run, child, own, true);
        give_children(run, child, own, false, scans)?;
    }
    Ok(())
}

/// The children of a table keep its NOT NULL on a column as their own.
pub(super) fn leave_to_children(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let name = run.table_of(id)?.column_name(number);
    for child in run.schema.children_of(id) {
        let number = run.column(child, &name)?.number;
        run.change_table(child, |table| {
            for own in table.constraints.iter_mut().filter(|own| own.kind == ConstraintKind::NotNull(number))
            {
                own.inherited = false;
                own.local = true;
            }
        });
    }
    Ok(())
}

/// ALTER COLUMN … SET NOT NULL. `dropped` are constraints that the same ALTER TABLE drops: they prove nothing.
pub(super) fn set(run: &mut Run, id: Id, name: &Name, dropped: &[Name], only: bool) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let shown = run.get(id)?.display_name();
    // Its partitions have the rows.
    let has_rows = !run.table_of(id)?.is_partitioned();
    let not_valid = run
        .table_of(id)?
        .constraints
        .iter()
        .any(|own| own.kind == ConstraintKind::NotNull(column.number) && !own.validated);
    if column.not_null && !not_valid {
        run.change(format!("nothing: {shown}.{name} is NOT NULL already"));
        return Ok(());
    }
    if not_valid {
        run.change_table(id, |table| {
            for own in
                table.constraints.iter_mut().filter(|own| own.kind == ConstraintKind::NotNull(column.number))
            {
                own.validated = true;
            }
        });
        if has_rows {
            run.work(WorkKind::Scan, id, "NOT NULL is checked on every row");
        }
    } else {
        if has_rows && !is_proven(run, id, column.number, dropped) {
            run.work(WorkKind::Scan, id, "NOT NULL is checked on every row: no valid CHECK proves it");
        }
        imply(run, id, column.number)?;
    }
    let partitioned = run.table_of(id)?.is_partitioned();
    if only && !partitioned && !run.schema.children_of(id).is_empty() {
        // ONLY is NO INHERIT here.
        run.change_table(id, |table| {
            for own in table.constraints.iter_mut() {
                own.no_inherit |= own.kind == ConstraintKind::NotNull(column.number);
            }
        });
        run.change(format!("sets {shown}.{name} NOT NULL"));
        return Ok(());
    }
    run.change(format!("sets {shown}.{name} NOT NULL"));
    give_children(run, id, column.number, only, true)
}

/// What a column's NOT NULL is needed for: 42601 for an identity, 42P16 for a primary key or the replica identity.
pub(super) fn not_needed(run: &Run, id: Id, number: i16) -> Result<(), PgError> {
    let table = run.table_of(id)?;
    let name = table.column_name(number);
    if table.numbered(number).is_some_and(|column| column.identity.is_some()) {
        let relation = &run.get(id)?.name;
        let message = format!("column \"{name}\" of relation \"{relation}\" is an identity column");
        return Err(PgError::new("42601", message));
    }
    if column::in_primary_key(run, id, number) {
        return Err(PgError::new("42P16", format!("column \"{name}\" is in a primary key")));
    }
    if let ReplicaIdentity::Index(index) = &table.replica_identity
        && run.schema.indexes_of(id).any(|(own, keys)| own.name == *index && keys.uses(number))
    {
        let message = format!("column \"{name}\" is in index used as replica identity");
        return Err(PgError::new("42P16", message));
    }
    Ok(())
}

/// ALTER COLUMN … DROP NOT NULL. 42P16 when the column is in a primary key or an identity column.
pub(super) fn drop(run: &mut Run, id: Id, name: &Name, only: bool) -> Result<(), PgError> {
    let column = run.column(id, name)?;
    let relation = run.get(id)?;
    let (relation_name, shown) = (relation.name.clone(), relation.display_name());
    if only {
        constraint::not_from_only(run, id)?;
    }
    not_needed(run, id, column.number)?;
    let table = run.table_of(id)?;
    let own =
        table.constraints.iter().find(|own| own.kind == ConstraintKind::NotNull(column.number)).cloned();
    let marked =
        |parent: &Id| run.table_of(*parent).is_ok_and(|p| p.column(name).is_some_and(|c| c.not_null));
    if table.bound.is_some() && table.parents.iter().any(marked) {
        return Err(PgError::new("42P16", format!("column \"{name}\" is marked NOT NULL in parent table")));
    }
    if let Some(own) = own.as_ref().filter(|own| own.inherited)
        && run.version() >= 18
    {
        return Err(PgError::new(
            "42P16",
            format!("cannot drop inherited constraint \"{}\" of relation \"{relation_name}\"", own.name),
        ));
    }
    set_flag(run, id, column.number, false);
    if let Some(own) = own {
        constraint::remove_constraint(run, id, &own.name)?;
        inherit::lose_constraint(run, id, &own, Some(name), only)?;
    }
    run.change(format!("lets {shown}.{name} be NULL"));
    Ok(())
}

fn set_flag(run: &mut Run, id: Id, number: i16, not_null: bool) {
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.not_null = not_null;
        }
    });
}

/// Does a valid CHECK prove that the column holds no NULL? Source: `NotNullImpliedByRelConstraints` in `tablecmds.c`.
pub(super) fn is_proven(run: &Run, id: Id, number: i16, dropped: &[Name]) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    let name = table.column_name(number);
    table.constraints.iter().any(|own| match &own.kind {
        ConstraintKind::Check(expression, _) => {
            own.validated && !dropped.contains(&own.name) && proves(&expression.node, &name)
        }
        _ => false,
    })
}

/// Can the condition not be true while the column is NULL, in a form that the server's prover sees?
pub(super) fn proves(condition: &Node, column: &Name) -> bool {
    let is_column = |node: &Node| matches!(node, Node::Column(path, _) if path.last() == Some(column));
    match condition {
        Node::IsNull { operand, negated: true } => is_column(operand),
        Node::Not(inner) => {
            matches!(&**inner, Node::IsNull { operand, negated: false } if is_column(operand))
        }
        Node::IsDistinctFrom(left, right) => {
            (is_column(left) && right.is_null()) || (is_column(right) && left.is_null())
        }
        Node::And(parts) => parts.iter().any(|part| proves(part, column)),
        _ => false,
    }
}

/// A column that something else makes NOT NULL: a primary key, serial, identity.
pub(super) fn imply(run: &mut Run, id: Id, number: i16) -> Result<(), PgError> {
    let table_name = run.get(id)?.name.clone();
    let column = run.table_of(id)?.column_name(number);
    let has_one = run.table_of(id)?.constraints.iter().any(|c| c.kind == ConstraintKind::NotNull(number));
    if !has_one {
        let constraint_name =
            constraint::free_constraint_name(run, id, &table_name, Some(&column), "not_null");
        constraint::put(
            run,
            id,
            Constraint {
                name: constraint_name,
                kind: ConstraintKind::NotNull(number),
                validated: true,
                enforced: true,
                deferrable: false,
                initially_deferred: false,
                no_inherit: false,
                inherited: false,
                local: true,
            },
        );
    }
    run.change_table(id, |table| {
        if let Some(column) = table.columns.iter_mut().find(|column| column.number == number) {
            column.not_null = true;
        }
    });
    Ok(())
}
