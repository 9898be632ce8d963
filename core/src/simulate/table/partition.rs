//! Partitions: created under a parent, attached, detached.

use super::{bound, constraint, inherit, proof};
use crate::locks::LockMode;
use crate::schema::{ConstraintKind, Id, Index, Key, KeyPart, Table};
use crate::simulate::run::Run;
use crate::simulate::{PgError, WorkKind, index, trigger};
use crate::sql::QualifiedName;
use crate::sql::command::{PartitionBound, Persistence};

/// Why a partition gets an index.
const LACKS_INDEX: &str = "the partition lacks an index that its parent has";

/// What a partition gets once its own constraints stand: the parent's indexes, keys and foreign keys.
pub(super) fn created_under(run: &mut Run, id: Id, parent: Id) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    let indexes: Vec<(Id, Index)> =
        run.schema.indexes_of(parent).map(|(relation, index)| (relation.id, index.clone())).collect();
    for (parent_index, index) in indexes {
        give_index(run, id, &model, parent_index, &index, LACKS_INDEX)?;
    }
    for own in &model.constraints {
        if let ConstraintKind::ForeignKey(key) = &own.kind {
            if constraint::adopt_foreign_key(run, &model, id, own) {
                continue;
            }
            let mut copy = own.clone();
            copy.inherited = true;
            copy.local = false;
            let mut made = (**key).clone();
            made.columns = constraint::same_columns(run, &model, id, &key.columns)?;
            copy.kind = ConstraintKind::ForeignKey(Box::new(made));
            lock_referenced(run, key.references, LockMode::ShareRowExclusive);
            if run.table_of(id)?.constraint(&copy.name).is_none() {
                constraint::put(run, id, copy);
            }
        }
    }
    trigger::inherit(run, id, parent)?;
    lock_referencing(run, parent);
    Ok(())
}

/// What a table is a partition of.
fn parent_of_partition(run: &Run, id: Id) -> Option<Id> {
    run.table_of(id).ok().filter(|table| table.bound.is_some())?.parents.first().copied()
}

/// A new partition is referenced like its parent.
fn lock_referencing(run: &mut Run, parent: Id) {
    let mode = if run.version() >= 15 { LockMode::ShareRowExclusive } else { LockMode::AccessShare };
    for (on, key) in run.schema.references_to(parent) {
        if !key.inherited {
            run.lock(on.id, mode);
        }
    }
}

/// Locks a referenced table and its partitions.
fn lock_referenced(run: &mut Run, referenced: Id, mode: LockMode) {
    if run.table_of(referenced).is_ok_and(Table::is_partitioned) {
        run.lock_tree(referenced, mode);
    } else {
        run.lock(referenced, mode);
    }
}

/// Gives the partitions of a table an index that it has.
pub(in crate::simulate) fn spread_index(
    run: &mut Run,
    parent_index: Id,
    reason: &str,
) -> Result<(), PgError> {
    let Some(index) = run.get(parent_index)?.index().cloned() else { return Ok(()) };
    if !run.get(index.table)?.table().is_some_and(Table::is_partitioned) {
        return Ok(());
    }
    let model = run.table_of(index.table)?.clone();
    for child in run.schema.children_of(index.table) {
        run.lock(child, LockMode::Share);
        give_index(run, child, &model, parent_index, &index, reason)?;
    }
    Ok(())
}

/// A table's index as a partition of the table would have it.
pub(in crate::simulate) fn index_for_partition(
    run: &mut Run,
    id: Id,
    model: &Table,
    parent_index: Id,
    index: &Index,
) -> Result<Index, PgError> {
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
    if let Some((predicate, columns)) = &index.predicate {
        copy.predicate = Some((predicate.clone(), constraint::same_columns(run, model, id, columns)?));
    }
    Ok(copy)
}

/// Is the index, wherever it is attached, what the partition would be given? The server does not ask for the order of keys.
/// Source: `CompareIndexInfo` in `index.c`.
pub(in crate::simulate) fn same_index(own: &Index, wanted: &Index) -> bool {
    let of = |index: &Index| index.predicate.as_ref().map(|(predicate, _)| predicate.node.clone());
    let same_key = |(own, wanted): (&Key, &Key)| {
        own.part == wanted.part
            && own.collation == wanted.collation
            && own.operator_class == wanted.operator_class
    };
    own.keys.len() == wanted.keys.len()
        && own.keys.iter().zip(&wanted.keys).all(same_key)
        && own.include == wanted.include
        && own.unique == wanted.unique
        && own.nulls_not_distinct == wanted.nulls_not_distinct
        && own.method == wanted.method
        && of(own) == of(wanted)
}

/// Gives a partition an index that its parent has, unless one of its own can serve.
fn give_index(
    run: &mut Run,
    id: Id,
    model: &Table,
    parent_index: Id,
    index: &Index,
    reason: &str,
) -> Result<(), PgError> {
    let copy = index_for_partition(run, id, model, parent_index, index)?;
    let by = model.constraints.iter().find(|own| own.kind.index() == Some(parent_index)).cloned();
    let like = by.as_ref().map(|by| std::mem::discriminant(&by.kind));
    let table = run.table_of(id)?;
    let serves = |relation: Id| {
        let own = table.constraints.iter().find(|own| own.kind.index() == Some(relation));
        like.is_none() || own.map(|own| std::mem::discriminant(&own.kind)) == like
    };
    let twin = run
        .schema
        .indexes_of(id)
        .find(|(relation, own)| own.parent.is_none() && same_index(own, &copy) && serves(relation.id));
    let made = match twin.map(|(relation, _)| relation.id) {
        Some(twin) => {
            run.schema.change_relation(twin, |relation| {
                if let crate::schema::RelationKind::Index(own) = &mut relation.kind {
                    own.parent = Some(parent_index);
                }
            });
            twin
        }
        None => {
            let made = constraint::copy_index(run, id, copy, by.as_ref(), reason)?;
            if !run.table_of(id)?.is_partitioned() {
                run.work(WorkKind::BuildIndex, id, reason);
            }
            made
        }
    };
    inherit_index(run, id, made, true);
    Ok(())
}

/// The constraint behind an index comes from the parent, or no longer does.
pub(in crate::simulate) fn inherit_index(run: &mut Run, id: Id, index: Id, inherited: bool) {
    run.change_table(id, |table| {
        for own in table.constraints.iter_mut().filter(|own| own.kind.index() == Some(index)) {
            own.inherited = inherited;
            own.local = !inherited;
        }
    });
}

/// A new partition takes rows from the default one's range: that is locked, and read.
fn lock_default_partition(
    run: &mut Run,
    parent: Id,
    except: Id,
    bound: &PartitionBound,
) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    for child in run.schema.children_of(parent) {
        if child != except && run.table_of(child)?.bound == Some(PartitionBound::Default) {
            run.lock(child, LockMode::AccessExclusive);
            if *bound != PartitionBound::Default && !proof::is_outside(run, child, &model, bound) {
                run.work(WorkKind::Scan, child, "the default partition is searched for rows of the new one");
            }
        }
    }
    Ok(())
}

/// 42809, before PostgreSQL 18 42P17, when partitions come to or go from a table that has none.
fn must_be_partitioned(run: &Run, parent: Id, action: &str) -> Result<(), PgError> {
    let relation = run.get(parent)?;
    if relation.table().is_some_and(Table::is_partitioned) || run.is_assumed(parent) {
        return Ok(());
    }
    let name = &relation.name;
    Err(if run.version() >= 18 {
        PgError::new("42809", format!("ALTER action {action} cannot be performed on relation \"{name}\""))
            .with_hint(format!("This operation is not supported for {}s.", relation.kind_name()))
    } else {
        PgError::new("42P17", format!("table \"{name}\" is not partitioned"))
    })
}

/// Puts a new table under its parent: 42P17 unless that is partitioned and has room for the bound.
pub(super) fn create_under(run: &mut Run, id: Id, parent: Id, bound: &PartitionBound) -> Result<(), PgError> {
    let relation = run.get(parent)?;
    if !relation.table().is_some_and(Table::is_partitioned) && !run.is_assumed(parent) {
        let message = format!("\"{}\" is not partitioned", relation.name);
        return Err(PgError::new("42P17", message));
    }
    run.lock(parent, LockMode::AccessExclusive);
    lock_default_partition(run, parent, id, bound)?;
    inherit::from_parents(run, id, &[parent], true)?;
    bound::is_for(run, parent, bound)?;
    bound::fits(run, id, parent, bound)?;
    run.change_table(id, |table| table.bound = Some(bound.clone()));
    Ok(())
}

/// What forbids that one table becomes a partition of another. Source: `ATExecAttachPartition` in `tablecmds.c`.
fn attachable(run: &Run, id: Id, parent: Id) -> Result<(), PgError> {
    let (relation, parent_relation) = (run.get(id)?, run.get(parent)?);
    let (name, parent_name) = (&relation.name, &parent_relation.name);
    let table = run.table_of(id)?;
    let refused = |message: String| Err(PgError::new("42809", message));
    if table.bound.is_some() {
        return refused(format!("\"{name}\" is already a partition"));
    }
    if table.of_type.is_some() {
        return refused("cannot attach a typed table as partition".to_owned());
    }
    if !table.parents.is_empty() {
        return refused("cannot attach inheritance child as partition".to_owned());
    }
    if !table.is_partitioned() && !run.schema.children_of(id).is_empty() {
        return refused("cannot attach inheritance parent as partition".to_owned());
    }
    inherit::not_circular(run, id, parent)?;
    let temporary = |persistence| persistence == Persistence::Temporary;
    match (temporary(parent_relation.persistence), temporary(relation.persistence)) {
        (true, false) => {
            return refused(format!(
                "cannot attach a permanent relation as partition of temporary relation \"{parent_name}\""
            ));
        }
        (false, true) => {
            return refused(format!(
                "cannot attach a temporary relation as partition of permanent relation \"{parent_name}\""
            ));
        }
        _ => {}
    }
    if run.is_assumed(parent) || run.is_assumed(id) {
        return Ok(());
    }
    if run.version() >= 17
        && let Some(column) = table.columns.iter().find(|column| column.identity.is_some())
    {
        let message =
            format!("table \"{name}\" being attached contains an identity column \"{}\"", column.name);
        return Err(
            PgError::new("55000", message).with_hint("The new partition may not contain an identity column.")
        );
    }
    let model = run.table_of(parent)?;
    match table.columns.iter().find(|own| model.column(&own.name).is_none()) {
        Some(extra) => Err(PgError::new(
            "42804",
            format!(
                "table \"{name}\" contains column \"{}\" not found in parent \"{parent_name}\"",
                extra.name
            ),
        )),
        None => Ok(()),
    }
}

/// ATTACH PARTITION.
pub(super) fn attach(
    run: &mut Run,
    parent: Id,
    partition: &QualifiedName,
    bound: Option<&PartitionBound>,
) -> Result<(), PgError> {
    let Some(bound) = bound else { return index::attach(run, parent, partition) };
    must_be_partitioned(run, parent, "ATTACH PARTITION")?;
    bound::is_for(run, parent, bound)?;
    let id = run.table(partition)?;
    attachable(run, id, parent)?;
    run.lock(parent, LockMode::ShareUpdateExclusive);
    run.lock_tree(id, LockMode::AccessExclusive);
    let model = run.table_of(parent)?.clone();
    bound::fits(run, id, parent, bound)?;
    trigger::allow_child(run, id, "a partition")?;
    inherit::merge_existing(run, id, parent)?;
    let leaves = |other: &Id| {
        let bound = run.table_of(*other).ok().and_then(|other| other.bound.as_ref());
        bound.is_some_and(|bound| proof::is_outside(run, id, &model, bound))
    };
    let mut is_within = match bound {
        PartitionBound::Default => run.schema.children_of(parent).iter().all(leaves),
        _ => proof::is_within(run, id, &model, bound),
    };
    // The rows have to be within the bounds of all that is above, too.
    let mut above = parent;
    while let Some(next) = parent_of_partition(run, above) {
        run.lock(next, LockMode::AccessShare);
        let bound = run.table_of(above)?.bound.clone();
        is_within &= bound.is_some_and(|bound| {
            run.table_of(next).is_ok_and(|table| proof::is_within(run, id, table, &bound))
        });
        above = next;
    }
    if !is_within {
        run.work(WorkKind::Scan, id, "no CHECK proves that every row is within the partition's bound");
    }
    lock_default_partition(run, parent, id, bound)?;
    let indexes: Vec<(Id, Index)> =
        run.schema.indexes_of(parent).map(|(relation, index)| (relation.id, index.clone())).collect();
    for (parent_index, index) in indexes {
        give_index(run, id, &model, parent_index, &index, LACKS_INDEX)?;
    }
    for own in &model.constraints {
        let ConstraintKind::ForeignKey(key) = &own.kind else { continue };
        let columns = constraint::same_columns(run, &model, id, &key.columns)?;
        let has_it = constraint::adopt_foreign_key(run, &model, id, own);
        let mode = if has_it { LockMode::AccessExclusive } else { LockMode::ShareRowExclusive };
        lock_referenced(run, key.references, mode);
        if !has_it {
            let mut copy = own.clone();
            copy.inherited = true;
            copy.local = false;
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
    lock_referencing(run, parent);
    run.change_table(id, |table| {
        table.parents.push(parent);
        table.bound = Some(bound.clone());
    });
    if run.version() >= 17 {
        for table in std::iter::once(id).chain(run.schema.descendants_of(id)) {
            run.change_table(table, |table| {
                for column in &mut table.columns {
                    column.identity = model.column(&column.name).and_then(|of_parent| of_parent.identity);
                }
            });
        }
    }
    trigger::inherit(run, id, parent)?;
    let (parent, partition) = (run.schema.display_name(parent), run.schema.display_name(id));
    run.change(format!("attaches {partition} to {parent}"));
    Ok(())
}

/// DETACH PARTITION.
pub(super) fn detach(
    run: &mut Run,
    parent: Id,
    partition: &QualifiedName,
    concurrently: bool,
    finalize: bool,
) -> Result<(), PgError> {
    must_be_partitioned(run, parent, "DETACH PARTITION")?;
    let id = run.table(partition)?;
    let (parent_name, partition_name) = (run.get(parent)?.name.clone(), run.get(id)?.name.clone());
    if !run.table_of(id)?.parents.contains(&parent) && !run.is_assumed(id) {
        let message =
            format!("relation \"{partition_name}\" is not a partition of relation \"{parent_name}\"");
        return Err(PgError::new("42P01", message));
    }
    if finalize && !run.is_assumed(id) {
        let message = format!("cannot complete detaching partition \"{partition_name}\"");
        return Err(PgError::new("55000", message).with_hint("There's no pending concurrent detach."));
    }
    let mode = if concurrently { LockMode::ShareUpdateExclusive } else { LockMode::AccessExclusive };
    run.lock(parent, mode);
    run.lock_tree(id, LockMode::AccessExclusive);
    for child in run.schema.children_of(parent) {
        if run.table_of(child)?.bound == Some(PartitionBound::Default) {
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
    inherit::leave(run, id, parent)?;
    trigger::leave(run, id);
    run.change_table(id, |table| {
        table.bound = None;
        for column in &mut table.columns {
            column.identity = None;
        }
        for own in &mut table.constraints {
            own.inherited = false;
            own.local = true;
        }
    });
    run.change(format!("detaches {} from {}", run.schema.display_name(id), run.schema.display_name(parent)));
    Ok(())
}
