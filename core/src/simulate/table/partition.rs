//! Inheritance and partitions: created under a parent, attached, detached.

use super::constraint;
use crate::locks::LockMode;
use crate::schema::{Column, ConstraintKind, Id, Index, Key, KeyPart, Table};
use crate::simulate::error::wrong_kind;
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind, index};
use crate::sql::command::{IndexKey, PartitionBound};
use crate::sql::{Name, QualifiedName};

/// Gives a new table its parent's columns and inheritable constraints.
pub(super) fn inherit_from(
    run: &mut Run,
    id: Id,
    parent: Id,
    bound: Option<PartitionBound>,
) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    if bound.is_some() {
        must_be_partitioned(run, parent)?;
        run.lock(parent, LockMode::AccessExclusive);
        lock_default_partition(run, parent, id, true)?;
    }
    if run.is_assumed(parent) {
        let name = run.schema.display_name(parent);
        run.assume(format!("the columns of {name} are not known, so neither are those inherited from it"));
        run.schema.change_relation(id, |relation| relation.origin = crate::schema::Origin::Assumed);
    }
    for column in &model.columns {
        let present = run.table_of(id)?.column(&column.name).is_some();
        if present {
            continue;
        }
        let number = run.table_of(id)?.next_column;
        // A sequence stays with the parent; its default is inherited as an expression.
        let identity = if bound.is_some() { column.identity } else { None };
        let copy = Column { number, inherited: true, sequence: None, identity, ..column.clone() };
        run.change_table(id, |table| {
            table.next_column += 1;
            table.columns.push(copy);
        });
    }
    for own in &model.constraints {
        inherit_constraint(run, id, &model, own)?;
    }
    run.change_table(id, |table| {
        table.parents.push(parent);
        table.bound = bound;
    });
    Ok(())
}

fn inherit_constraint(
    run: &mut Run,
    id: Id,
    model: &Table,
    own: &crate::schema::Constraint,
) -> Result<(), PgError> {
    let mut copy = own.clone();
    copy.inherited = true;
    copy.kind = match &own.kind {
        ConstraintKind::Check(expression, columns) if !own.no_inherit => {
            ConstraintKind::Check(expression.clone(), constraint::same_columns(run, model, id, columns)?)
        }
        ConstraintKind::NotNull(column) if !own.no_inherit => {
            let number = constraint::same_columns(run, model, id, &[*column])?[0];
            let exists =
                run.table_of(id)?.constraints.iter().any(|c| c.kind == ConstraintKind::NotNull(number));
            if exists {
                return Ok(());
            }
            ConstraintKind::NotNull(number)
        }
        _ => return Ok(()),
    };
    if run.table_of(id)?.constraint(&copy.name).is_none() {
        constraint::put(run, id, copy);
    }
    Ok(())
}

/// What a partition gets once its own constraints stand: the parent's indexes, keys and foreign keys.
pub(super) fn created_under(run: &mut Run, id: Id, parent: Id) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    let indexes: Vec<(Id, Index)> =
        run.schema.indexes_of(parent).map(|(relation, index)| (relation.id, index.clone())).collect();
    for (parent_index, index) in indexes {
        give_index(run, id, &model, parent_index, &index)?;
    }
    for own in &model.constraints {
        if let ConstraintKind::ForeignKey(key) = &own.kind {
            let mut copy = own.clone();
            copy.inherited = true;
            let mut made = (**key).clone();
            made.columns = constraint::same_columns(run, &model, id, &key.columns)?;
            copy.kind = ConstraintKind::ForeignKey(Box::new(made));
            run.lock(key.references, LockMode::ShareRowExclusive);
            if run.table_of(id)?.constraint(&copy.name).is_none() {
                constraint::put(run, id, copy);
            }
        }
    }
    for (on, _) in run.schema.references_to(parent) {
        let mode = if run.version() >= 15 { LockMode::ShareRowExclusive } else { LockMode::AccessShare };
        run.lock(on.id, mode);
    }
    Ok(())
}

/// Gives a partition an index that its parent has, unless one of its own can serve: true when it was built.
fn give_index(
    run: &mut Run,
    id: Id,
    model: &Table,
    parent_index: Id,
    index: &Index,
) -> Result<bool, PgError> {
    let mut copy = index.clone();
    copy.table = id;
    copy.parent = Some(parent_index);
    copy.valid = true;
    copy.include = constraint::same_columns(run, model, id, &index.include)?;
    copy.keys = Vec::new();
    for key in &index.keys {
        let part = match &key.part {
            KeyPart::Column(column) => {
                KeyPart::Column(constraint::same_columns(run, model, id, &[*column])?[0])
            }
            KeyPart::Expression(expression, columns) => {
                KeyPart::Expression(expression.clone(), constraint::same_columns(run, model, id, columns)?)
            }
        };
        copy.keys.push(Key { part, ..key.clone() });
    }
    let twin = run.schema.indexes_of(id).find(|(_, own)| {
        own.parent.is_none()
            && own.keys == copy.keys
            && own.unique == copy.unique
            && own.method == copy.method
            && own.predicate.is_some() == copy.predicate.is_some()
            && (own.constraint || !copy.constraint)
    });
    if let Some(twin) = twin.map(|(relation, _)| relation.id) {
        run.schema.change_relation(twin, |relation| {
            if let crate::schema::RelationKind::Index(own) = &mut relation.kind {
                own.parent = Some(parent_index);
            }
        });
        return Ok(false);
    }
    let by = model.constraints.iter().find(|own| own.kind.index() == Some(parent_index)).cloned();
    constraint::copy_index(run, id, copy, by.as_ref())?;
    if let Some(by) = by {
        mark_inherited(run, id, &by.kind);
    }
    Ok(true)
}

fn mark_inherited(run: &mut Run, id: Id, like: &ConstraintKind) {
    let like = std::mem::discriminant(like);
    run.change_table(id, |table| {
        if let Some(last) =
            table.constraints.iter_mut().rev().find(|own| std::mem::discriminant(&own.kind) == like)
        {
            last.inherited = true;
        }
    });
}

fn must_be_partitioned(run: &Run, parent: Id) -> Result<(), PgError> {
    let relation = run.get(parent)?;
    if relation.table().is_some_and(Table::is_partitioned) || run.is_assumed(parent) {
        return Ok(());
    }
    let sqlstate = if run.version() >= 18 { "42809" } else { "42P17" };
    Err(match sqlstate {
        "42809" => wrong_kind(&relation.name, "partitioned table"),
        _ => PgError::new("42P17", format!("table \"{}\" is not partitioned", relation.name)),
    })
}

/// A new partition takes rows from the default one's range: that is locked, and read.
fn lock_default_partition(run: &mut Run, parent: Id, except: Id, scans: bool) -> Result<(), PgError> {
    for child in run.schema.children_of(parent) {
        if child != except && run.table_of(child)?.bound == Some(PartitionBound::Default) {
            run.lock(child, LockMode::AccessExclusive);
            if scans {
                run.work(WorkKind::Scan, child, "the default partition is searched for rows of the new one");
            }
        }
    }
    Ok(())
}

/// ATTACH PARTITION.
pub(super) fn attach(
    run: &mut Run,
    parent: Id,
    partition: &QualifiedName,
    bound: Option<&PartitionBound>,
) -> Result<(), PgError> {
    let Some(bound) = bound else { return index::attach(run, parent, partition) };
    must_be_partitioned(run, parent)?;
    let id = run.table(partition)?;
    let partition_name = run.get(id)?.name.clone();
    if !run.table_of(id)?.parents.is_empty() {
        return Err(PgError::new("42809", format!("\"{partition_name}\" is already a partition")));
    }
    run.lock(parent, LockMode::ShareUpdateExclusive);
    run.lock_tree(id, LockMode::AccessExclusive);
    let model = run.table_of(parent)?.clone();
    let parent_assumed = run.is_assumed(parent);
    for column in &model.columns {
        if run.column(id, &column.name).is_err() {
            return Err(PgError::new("42804", format!("child table is missing column \"{}\"", column.name)));
        }
    }
    if !parent_assumed && !run.is_assumed(id) {
        let parent_name = run.get(parent)?.name.clone();
        if let Some(extra) = run.table_of(id)?.columns.iter().find(|own| model.column(&own.name).is_none()) {
            return Err(PgError::new(
                "42804",
                format!(
                    "table \"{partition_name}\" contains column \"{}\" not found in parent \"{parent_name}\"",
                    extra.name
                ),
            ));
        }
    }
    if !bound_is_proven(run, id, &model, bound) {
        run.work(WorkKind::Scan, id, "no CHECK proves that every row is within the partition's bound");
    }
    lock_default_partition(run, parent, id, *bound != PartitionBound::Default)?;
    for own in &model.constraints {
        inherit_constraint(run, id, &model, own)?;
    }
    let indexes: Vec<(Id, Index)> =
        run.schema.indexes_of(parent).map(|(relation, index)| (relation.id, index.clone())).collect();
    for (parent_index, index) in indexes {
        if give_index(run, id, &model, parent_index, &index)? {
            run.work(WorkKind::BuildIndex, id, "the partition lacks an index that its parent has");
        }
    }
    for own in &model.constraints {
        let ConstraintKind::ForeignKey(key) = &own.kind else { continue };
        let columns = constraint::same_columns(run, &model, id, &key.columns)?;
        let has_it = run.table_of(id)?.constraints.iter().any(|c| {
            matches!(&c.kind, ConstraintKind::ForeignKey(mine) if mine.columns == columns && mine.references == key.references)
        });
        run.lock(
            key.references,
            if has_it { LockMode::AccessExclusive } else { LockMode::ShareRowExclusive },
        );
        if !has_it {
            let mut copy = own.clone();
            copy.inherited = true;
            let mut made = (**key).clone();
            made.columns = columns;
            copy.kind = ConstraintKind::ForeignKey(Box::new(made));
            constraint::put(run, id, copy);
            run.work(
                WorkKind::ValidateForeignKey,
                id,
                "the partition lacks a foreign key that its parent has",
            );
        }
    }
    for (on, _) in run.schema.references_to(parent) {
        let mode = if run.version() >= 15 { LockMode::ShareRowExclusive } else { LockMode::AccessShare };
        run.lock(on.id, mode);
    }
    run.change_table(id, |table| {
        table.parents.push(parent);
        table.bound = Some(bound.clone());
        for column in &mut table.columns {
            column.inherited = true;
        }
    });
    let (parent, partition) = (run.schema.display_name(parent), run.schema.display_name(id));
    run.change(format!("attaches {partition} to {parent}"));
    Ok(())
}

/// Do valid CHECKs imply the partition's bound? Only the plain forms: range and list on one column, with NOT NULL.
fn bound_is_proven(run: &Run, id: Id, parent: &Table, bound: &PartitionBound) -> bool {
    let Some(by) = &parent.partition_by else { return false };
    let [element] = by.keys.as_slice() else { return false };
    let IndexKey::Column(column) = &element.key else { return false };
    let Ok(table) = run.table_of(id) else { return false };
    let Some(own) = table.column(column) else { return false };
    let not_null = own.not_null || super::not_null::is_proven(run, id, own.number, &[]);
    let checks: Vec<&crate::sql::Node> = table
        .constraints
        .iter()
        .filter(|c| c.validated)
        .filter_map(|c| match &c.kind {
            ConstraintKind::Check(expression, _) => Some(&expression.node),
            _ => None,
        })
        .collect();
    let proves = |operators: &[&str], value: &crate::sql::Node| {
        checks.iter().any(|check| compares(check, column, operators, value))
    };
    match bound {
        PartitionBound::Range { from, to } => {
            let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return false };
            let unbounded = |e: &crate::sql::Expression| matches!(&e.node, crate::sql::Node::Column(path) if path.last().is_some_and(|w| matches!(&**w, "minvalue" | "maxvalue")));
            not_null
                && (unbounded(from) || proves(&[">="], &from.node))
                && (unbounded(to) || proves(&["<"], &to.node))
        }
        PartitionBound::List(values) => {
            let [value] = values.as_slice() else {
                return not_null && checks.iter().any(|check| lists(check, column, values));
            };
            not_null
                && (proves(&["="], &value.node) || checks.iter().any(|check| lists(check, column, values)))
        }
        PartitionBound::Default | PartitionBound::Hash { .. } => false,
    }
}

/// Does the condition, or a part of its AND, compare the column with the value by one of the operators?
fn compares(
    condition: &crate::sql::Node,
    column: &Name,
    operators: &[&str],
    value: &crate::sql::Node,
) -> bool {
    use crate::sql::Node;
    match condition {
        Node::And(parts) => parts.iter().any(|part| compares(part, column, operators, value)),
        Node::Operator { name, operands } if operators.contains(&&**name) => {
            matches!(operands.as_slice(), [Node::Column(path), right] if path.last() == Some(column) && same_value(right, value))
        }
        _ => false,
    }
}

fn lists(condition: &crate::sql::Node, column: &Name, values: &[crate::sql::Expression]) -> bool {
    use crate::sql::Node;
    match condition {
        Node::And(parts) => parts.iter().any(|part| lists(part, column, values)),
        Node::InList { operand, items, negated: false } => {
            matches!(&**operand, Node::Column(path) if path.last() == Some(column))
                && items.iter().all(|item| values.iter().any(|value| same_value(item, &value.node)))
        }
        _ => false,
    }
}

/// The same constant, cast or not.
fn same_value(a: &crate::sql::Node, b: &crate::sql::Node) -> bool {
    fn bare(node: &crate::sql::Node) -> &crate::sql::Node {
        match node {
            crate::sql::Node::Cast { operand, .. } => bare(operand),
            other => other,
        }
    }
    bare(a) == bare(b)
}

/// DETACH PARTITION.
pub(super) fn detach(
    run: &mut Run,
    parent: Id,
    partition: &QualifiedName,
    concurrently: bool,
) -> Result<(), PgError> {
    must_be_partitioned(run, parent)?;
    let id = run.table(partition)?;
    let (parent_name, partition_name) = (run.get(parent)?.name.clone(), run.get(id)?.name.clone());
    if !run.table_of(id)?.parents.contains(&parent) && !run.is_assumed(id) {
        let message =
            format!("relation \"{partition_name}\" is not a partition of relation \"{parent_name}\"");
        return Err(PgError::new("42P01", message));
    }
    let mode = if concurrently { LockMode::ShareUpdateExclusive } else { LockMode::AccessExclusive };
    run.lock(parent, mode);
    run.lock(id, LockMode::AccessExclusive);
    for child in run.schema.children_of(parent) {
        if child != id && run.table_of(child)?.bound == Some(PartitionBound::Default) {
            if concurrently {
                return Err(PgError::new(
                    "55000",
                    "cannot detach partitions concurrently when a default partition exists",
                ));
            }
            run.lock(child, LockMode::AccessExclusive);
        }
    }
    for own in run.table_of(id)?.constraints.clone() {
        if let ConstraintKind::ForeignKey(key) = &own.kind
            && own.inherited
        {
            run.lock(key.references, LockMode::ShareRowExclusive);
        }
    }
    for (on, _) in run.schema.references_to(parent) {
        run.lock(on.id, LockMode::AccessExclusive);
        run.work(WorkKind::Scan, on.id, "no row may still reference the detached partition");
    }
    let indexes: Vec<Id> = run.schema.indexes_of(id).map(|(relation, _)| relation.id).collect();
    for index in indexes {
        run.schema.change_relation(index, |relation| {
            if let crate::schema::RelationKind::Index(own) = &mut relation.kind {
                own.parent = None;
            }
        });
    }
    run.change_table(id, |table| {
        table.parents.retain(|own| *own != parent);
        table.bound = None;
        for column in &mut table.columns {
            column.inherited = false;
            column.identity = None;
        }
        for own in &mut table.constraints {
            own.inherited = false;
        }
    });
    run.change(format!("detaches {} from {}", run.schema.display_name(id), run.schema.display_name(parent)));
    Ok(())
}

/// INHERIT and NO INHERIT.
pub(super) fn inherit(run: &mut Run, id: Id, parent: &QualifiedName, inherit: bool) -> Result<(), PgError> {
    let parent = run.table(parent)?;
    run.lock(parent, if inherit { LockMode::ShareUpdateExclusive } else { LockMode::AccessShare });
    let (own_name, parent_name) = (run.get(id)?.name.clone(), run.get(parent)?.name.clone());
    if inherit {
        if run.table_of(id)?.parents.contains(&parent) {
            let message = format!("relation \"{parent_name}\" would be inherited from more than once");
            return Err(PgError::new("42P07", message));
        }
        let model = run.table_of(parent)?.clone();
        for column in &model.columns {
            if run.column(id, &column.name).is_err() {
                return Err(PgError::new(
                    "42804",
                    format!("child table is missing column \"{}\"", column.name),
                ));
            }
        }
        run.change_table(id, |table| table.parents.push(parent));
    } else {
        if !run.table_of(id)?.parents.contains(&parent) && !run.is_assumed(id) {
            let message = format!("relation \"{parent_name}\" is not a parent of relation \"{own_name}\"");
            return Err(PgError::new("42P01", message));
        }
        run.change_table(id, |table| table.parents.retain(|own| *own != parent));
    }
    let verb = if inherit { "inherits from" } else { "no longer inherits from" };
    run.change(format!("{} {verb} {}", run.schema.display_name(id), run.schema.display_name(parent)));
    Ok(())
}
