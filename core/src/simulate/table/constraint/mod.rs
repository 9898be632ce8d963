//! Constraints: added, validated, altered, dropped.

mod change;
mod drop;
mod foreign_key;
mod key;

pub(super) use change::{alter, validate};
pub(super) use drop::{drop, not_from_only};
pub(in crate::simulate) use drop::{lock_referenced, remove_constraint};
pub(super) use foreign_key::{adopt_foreign_key, all_comparable, same_columns};
pub(in crate::simulate) use key::partition_key_is_covered;
pub(in crate::simulate) use key::plain_key;
pub(super) use key::{copy_index, sets_not_null};

use foreign_key::add_foreign_key;
use key::{add_key, index_constraint_name};

use super::{inherit, not_null, partition};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{Constraint, ConstraintKind, Id, Index, KeyPart};
use crate::simulate::analyze::Names;
use crate::simulate::error::constraint_exists;
use crate::simulate::expression::{self, Place};
use crate::simulate::run::{Run, is_system_column};
use crate::simulate::{PgError, WorkKind, index};
use crate::sql::command::{ConstraintDefinition, ConstraintKind as Written};
use crate::sql::{Name, name};

/// Where a constraint is written: that decides what the server does with rows already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// In CREATE TABLE: there are no rows.
    NewTable,
    /// At ADD COLUMN.
    NewColumn {
        /// With a DEFAULT, even `DEFAULT NULL`.
        has_default: bool,
    },
    /// ADD CONSTRAINT.
    Existing,
}

/// The order in which CREATE TABLE works its constraints off.
pub(super) fn order(kind: &Written) -> u8 {
    match kind {
        Written::PrimaryKey(_) => 1,
        Written::Unique(_) | Written::Exclude { .. } => 2,
        Written::NotNull { .. } => 0,
        Written::Check { .. } => 0,
        Written::ForeignKey(_) => 3,
    }
}

/// Adds one constraint to a table, and to what inherits from it.
pub(super) fn add(
    run: &mut Run,
    id: Id,
    definition: &ConstraintDefinition,
    context: Context,
    only: bool,
) -> Result<(), PgError> {
    if !definition.enforced && run.version() < 18 {
        return Err(PgError::new("42601", "syntax error at or near \"ENFORCED\"")
            .with_hint("NOT ENFORCED exists from PostgreSQL 18 on."));
    }
    let is_in_the_way = |own: &&Constraint| {
        let is_second_key =
            matches!((&own.kind, &definition.kind), (ConstraintKind::PrimaryKey(_), Written::PrimaryKey(_)));
        is_second_key || definition.name.as_ref() == Some(&own.name)
    };
    if run.schema.is_reopened(id)
        && let Some(own) = run.table_of(id)?.constraints.iter().find(is_in_the_way).cloned()
    {
        // SQL that nothing could read may have dropped it before.
        run.change_table(id, |table| table.constraints.retain(|other| other.name != own.name));
        own.kind.index().into_iter().for_each(|index| run.schema.remove_relation(index));
    }
    match &definition.kind {
        Written::NotNull { column, no_inherit } => {
            not_null::add_constraint(run, id, definition, column, *no_inherit, context, only)
        }
        Written::Check { expression, no_inherit } => {
            let columns = run.expression_columns(id, &expression.node)?;
            let single = match columns.as_slice() {
                [only] => Some(run.table_of(id)?.column_name(*only)),
                _ => None,
            };
            expression::condition(run, &expression.node, Place::Check, Names::Relation(id))?;
            if let Some(column) =
                expression.node.columns().iter().find(|name| is_system_column(name) && &***name != "tableoid")
            {
                let message = format!("system column \"{column}\" reference in check constraint is invalid");
                return Err(PgError::new("42P10", message));
            }
            if *no_inherit && run.table_of(id)?.is_partitioned() {
                return Err(no_inherit_on_partitioned(&run.get(id)?.name));
            }
            let mut constraint = Constraint {
                kind: ConstraintKind::Check(expression.clone(), columns),
                no_inherit: *no_inherit,
                ..plain(definition)
            };
            if let Some(written) = &definition.name
                && let Some(existing) = find(run, id, written).cloned()
            {
                constraint.name = written.clone();
                let may_merge = existing.inherited && !existing.local && run.table_of(id)?.bound.is_none();
                merge_check(run, id, &existing, &constraint, may_merge || context == Context::NewTable)?;
                inherit::as_enforced(&constraint, &existing, &format!("relation \"{}\"", run.get(id)?.name))?;
                change_constraint(run, id, written, |own| {
                    own.local = true;
                    own.enforced |= constraint.enforced;
                    own.validated |= constraint.enforced && context == Context::NewTable;
                });
                return Ok(());
            }
            constraint.name = named(run, id, definition, single.as_deref(), "check")?;
            put(run, id, constraint.clone());
            if checks_rows(definition, context) && !run.table_of(id)?.is_partitioned() {
                run.work(WorkKind::Scan, id, "the CHECK is checked on every row");
            }
            report(run, id, context, &constraint.name);
            if !no_inherit {
                let children = run.schema.children_of(id);
                if only && !children.is_empty() {
                    return Err(PgError::new("42P16", "constraint must be added to child tables too"));
                }
                for child in children {
                    inherit_check(run, child, definition, &constraint, context)?;
                }
            }
            Ok(())
        }
        Written::Unique(key) => add_key(run, id, definition, key, false, context, only),
        Written::PrimaryKey(key) => add_key(run, id, definition, key, true, context, only),
        Written::Exclude { method, elements, include, predicate } => {
            if run.version() < 17 && run.table_of(id)?.is_partitioned() {
                let message = "exclusion constraints are not supported on partitioned tables";
                return Err(PgError::new("0A000", message));
            }
            let refused = match &**method {
                "gin" | "brin" => "does not support exclusion constraints",
                "hash" | "spgist" if elements.len() > 1 => "does not support multicolumn indexes",
                _ => "",
            };
            if !refused.is_empty() {
                let message = format!("access method \"{method}\" {refused}");
                return Err(PgError::new("0A000", message));
            }
            let mut keys = Vec::new();
            for (element, _) in elements {
                let key = index::key(run, id, element, method)?;
                index::has_operator_class(run, id, &key, method)?;
                keys.push(key);
            }
            let equal: Vec<i16> = elements
                .iter()
                .zip(&keys)
                .filter_map(|((_, operator), key)| match key.part {
                    KeyPart::Column(number) if &**operator == "=" => Some(number),
                    _ => None,
                })
                .collect();
            partition_key_is_covered(run, id, &equal, "EXCLUDE")?;
            let operators = elements.iter().map(|(_, operator)| operator.clone()).collect();
            let columns: Vec<Name> = index::key_names(run, id, &keys);
            let predicate = index::predicate(run, id, predicate.as_ref())?;
            let include = run.columns(id, include)?;
            let constraint_name = index_constraint_name(run, id, definition, &columns, "excl")?;
            let made = Index {
                table: id,
                unique: false,
                nulls_not_distinct: false,
                method: method.clone(),
                keys,
                include,
                predicate,
                valid: true,
                constraint: true,
                parent: None,
            };
            let index = index::insert(run, made, constraint_name.clone())?;
            put(
                run,
                id,
                Constraint {
                    name: constraint_name.clone(),
                    kind: ConstraintKind::Exclude(index, operators),
                    ..plain(definition)
                },
            );
            let reason = "the exclusion constraint's index is built";
            partition::spread_index(run, index, reason)?;
            if !run.table_of(id)?.is_partitioned() {
                run.work(WorkKind::BuildIndex, id, reason);
            }
            report(run, id, context, &constraint_name);
            Ok(())
        }
        Written::ForeignKey(key) => add_foreign_key(run, id, definition, key, context, only),
    }
}

/// Does the server read the rows to see whether they fulfil a new CHECK?
fn checks_rows(definition: &ConstraintDefinition, context: Context) -> bool {
    !definition.not_valid && definition.enforced && context != Context::NewTable
}

fn inherit_check(
    run: &mut Run,
    child: Id,
    definition: &ConstraintDefinition,
    parent: &Constraint,
    context: Context,
) -> Result<(), PgError> {
    let ConstraintKind::Check(expression, _) = &parent.kind else { return Ok(()) };
    run.lock(child, LockMode::AccessExclusive);
    if let Some(existing) = find(run, child, &parent.name).cloned() {
        // What descends from the child has it already.
        merge_check(run, child, &existing, parent, true)?;
        inherit::as_enforced(&existing, parent, &format!("relation \"{}\"", run.get(child)?.name))?;
        let partition = run.table_of(child)?.bound.is_some();
        change_constraint(run, child, &parent.name, |own| {
            own.inherited = true;
            own.local &= !partition;
        });
        return Ok(());
    }
    let columns = run.expression_columns(child, &expression.node)?;
    let kind = ConstraintKind::Check(expression.clone(), columns);
    put(run, child, Constraint { kind, inherited: true, local: false, ..parent.clone() });
    if checks_rows(definition, context) && !run.table_of(child)?.is_partitioned() {
        run.work(WorkKind::Scan, child, "the CHECK is checked on every row");
    }
    for below in run.schema.children_of(child) {
        inherit_check(run, below, definition, parent, context)?;
    }
    Ok(())
}

/// A constraint with the attributes that are written, to be completed.
pub(super) fn plain(definition: &ConstraintDefinition) -> Constraint {
    Constraint {
        name: name(""),
        kind: ConstraintKind::NotNull(0),
        validated: !definition.not_valid && definition.enforced,
        enforced: definition.enforced,
        deferrable: definition.deferrable,
        initially_deferred: definition.initially_deferred,
        no_inherit: false,
        inherited: false,
        local: true,
    }
}

/// Appends a constraint to a table.
pub(super) fn put(run: &mut Run, id: Id, constraint: Constraint) {
    run.change_table(id, |table| table.constraints.push(constraint));
}

/// One line for the reader, unless it is part of a new table.
pub(super) fn report(run: &mut Run, id: Id, context: Context, constraint: &Name) {
    if context != Context::NewTable {
        run.change(format!("adds constraint {constraint} on {}", run.schema.display_name(id)));
    }
}

/// The written name, which must be free on the table, or one made up.
pub(super) fn named(
    run: &Run,
    id: Id,
    definition: &ConstraintDefinition,
    column: Option<&str>,
    label: &str,
) -> Result<Name, PgError> {
    let table_name = run.get(id)?.name.clone();
    match &definition.name {
        Some(written) => match find(run, id, written) {
            Some(_) => Err(constraint_exists(written, &table_name)),
            None => Ok(written.clone()),
        },
        None => Ok(free_constraint_name(run, id, &table_name, column, label)),
    }
}

/// The constraint of that name, as the server's version knows it: NOT NULL has a name from 18 on.
pub(super) fn find<'r>(run: &'r Run, id: Id, written: &str) -> Option<&'r Constraint> {
    let names_not_null = run.version() >= 18;
    run.table_of(id)
        .ok()?
        .constraints
        .iter()
        .find(|c| *c.name == *written && (names_not_null || !matches!(c.kind, ConstraintKind::NotNull(_))))
}

/// A constraint name that no constraint of the same schema has.
pub(super) fn free_constraint_name(
    run: &Run,
    id: Id,
    table: &str,
    column: Option<&str>,
    label: &str,
) -> Name {
    let Some(namespace) = run.schema.relation(id).map(|relation| relation.schema.clone()) else {
        return name(table);
    };
    naming::free_name(table, column, label, |candidate| {
        run.schema.constraint_name_taken(&namespace, candidate)
    })
}

/// 42710 when a CHECK of that name is another one, 42P17 when it is weaker.
fn merge_check(
    run: &Run,
    id: Id,
    existing: &Constraint,
    added: &Constraint,
    may_merge: bool,
) -> Result<(), PgError> {
    let table = &run.get(id)?.name;
    let same = match (&existing.kind, &added.kind) {
        (ConstraintKind::Check(own, _), ConstraintKind::Check(other, _)) => own.node == other.node,
        _ => false,
    };
    if !same || !may_merge {
        return Err(constraint_exists(&added.name, table));
    }
    if existing.inherited && added.no_inherit {
        let message = format!(
            "constraint \"{}\" conflicts with inherited constraint on relation \"{table}\"",
            added.name
        );
        return Err(PgError::new("42P17", message));
    }
    inherit::mergeable(existing, added, &format!("relation \"{table}\""))
}

/// 42P16: a partition has every CHECK of its table.
pub(super) fn no_inherit_on_partitioned(table: &Name) -> PgError {
    PgError::new("42P16", format!("cannot add NO INHERIT constraint to partitioned table \"{table}\""))
}

/// Changes a constraint by name.
fn change_constraint(run: &mut Run, id: Id, name: &Name, change: impl Fn(&mut Constraint)) {
    run.change_table(id, |table| {
        table.constraints.iter_mut().filter(|own| own.name == *name).for_each(change)
    });
}
