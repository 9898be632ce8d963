//! Indexes: created, attached, altered, taken out.

use super::analyze::{Analysis, Names};
use super::error::{no_relation, relation_exists, wrong_kind};
use super::expression::{self, Place};
use super::run::{Run, is_system_column, new_relation, unquoted};
use super::{PgError, WorkKind, operator_class, options, plain};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{Column, DataType, Id, Index, Key, KeyPart, RelationKind, Table};
use crate::sql::command::{
    AlterAction, AlterTable, CreateIndex, IndexElement, IndexKey, ObjectKind, Volatility,
};
use crate::sql::{Expression, Name, Node, QualifiedName};

use super::table;

/// CREATE INDEX: SHARE on the table, or SHARE UPDATE EXCLUSIVE when CONCURRENTLY.
pub(super) fn create(run: &mut Run, create: &CreateIndex) -> Result<(), PgError> {
    let table = run.relation(&create.table)?;
    let relation = run.get(table)?;
    let (namespace, table_name, shown) =
        (relation.schema.clone(), relation.name.clone(), relation.display_name());
    let is_partitioned = relation.table().is_some_and(Table::is_partitioned);
    match &relation.kind {
        RelationKind::Table(own) if own.foreign_server.is_some() => {
            return Err(PgError::new("42809", format!("cannot create index on relation \"{table_name}\""))
                .with_hint("This operation is not supported for foreign tables."));
        }
        RelationKind::Table(_) => {}
        RelationKind::View(view) if view.materialized => {}
        _ => {
            return Err(PgError::new("42809", format!("cannot create index on relation \"{table_name}\""))
                .with_hint(format!("This operation is not supported for {}s.", relation.kind_name())));
        }
    }
    let mode = if create.concurrently { LockMode::ShareUpdateExclusive } else { LockMode::Share };
    if is_partitioned {
        if create.concurrently {
            return Err(PgError::new(
                "0A000",
                format!("cannot create index on partitioned table \"{table_name}\" concurrently"),
            ));
        }
        if create.only { run.lock(table, mode) } else { run.lock_tree(table, mode) }
    } else {
        run.lock(table, mode);
    }
    if let Some(written) = &create.name
        && run.schema.relation_name_taken(&namespace, written)
    {
        if create.if_not_exists {
            run.change(format!("nothing: {namespace}.{written} exists already"));
            return Ok(());
        }
        return Err(relation_exists(written));
    }
    if create.nulls_not_distinct && run.version() < 15 {
        return Err(PgError::new("42601", "syntax error at or near \"NULLS\"")
            .with_hint("NULLS NOT DISTINCT exists from PostgreSQL 15 on."));
    }
    options::access_method(run, &create.method, false)?;
    suits_method(create)?;
    let mut keys = Vec::new();
    for element in &create.elements {
        let key = key(run, table, element, &create.method)?;
        has_operator_class(run, table, &key, &create.method)?;
        keys.push(key);
    }
    let include = index_columns(run, table, &create.include)?;
    let predicate = predicate(run, table, create.predicate.as_ref())?;
    if create.unique && is_partitioned {
        let columns: Vec<i16> = keys
            .iter()
            .filter_map(|key| if let KeyPart::Column(c) = key.part { Some(c) } else { None })
            .collect();
        table::partition_key_is_covered(run, table, &columns)?;
    }
    let name = match &create.name {
        Some(written) => written.clone(),
        None => {
            let mut columns = key_names(run, table, &keys);
            columns.extend(create.include.iter().cloned());
            let part = naming::columns_part(columns.iter().map(|column| &**column));
            naming::free_name(&table_name, Some(&part), "idx", |candidate| {
                run.schema.relation_name_taken(&namespace, candidate)
            })
        }
    };
    options::check(run, options::Owner::Index(&create.method), &create.options)?;
    let made = Index {
        table,
        unique: create.unique,
        nulls_not_distinct: create.nulls_not_distinct,
        method: create.method.clone(),
        keys,
        include,
        predicate,
        valid: !(is_partitioned && create.only && !run.schema.children_of(table).is_empty()),
        constraint: false,
        parent: None,
    };
    let id = insert(run, made, name.clone())?;
    let (options, tablespace) =
        (create.options.clone(), options::tablespace(run, create.tablespace.as_ref())?);
    run.schema.change_relation(id, |relation| {
        relation.options = options;
        relation.tablespace = tablespace;
    });
    let reason = "every row is read and sorted into the index";
    if !create.only {
        table::spread_index(run, id, reason)?;
    }
    if !is_partitioned {
        run.work(WorkKind::BuildIndex, table, reason);
    }
    let unique = if create.unique { "unique index" } else { "index" };
    run.change(format!("creates {unique} {namespace}.{name} on {shown}"));
    Ok(())
}

/// 0A000 for what the access method cannot do. Source: the methods' handlers, `amcanunique` and its like.
fn suits_method(create: &CreateIndex) -> Result<(), PgError> {
    let method = &*create.method;
    let is_any = |methods: &[&str]| methods.contains(&method);
    let orders =
        create.elements.iter().any(|element| element.descending || element.nulls_first == Some(true));
    let nulls = create.elements.iter().any(|element| element.nulls_first.is_some());
    let lacking = if create.unique && is_any(&["brin", "gin", "gist", "hash", "spgist"]) {
        "unique indexes"
    } else if !create.include.is_empty() && is_any(&["brin", "gin", "hash"]) {
        "included columns"
    } else if create.elements.len() > 1 && is_any(&["hash", "spgist"]) {
        "multicolumn indexes"
    } else if orders && !is_any(&["btree"]) && create.elements.iter().any(|element| element.descending) {
        "ASC/DESC options"
    } else if nulls && !is_any(&["btree"]) {
        "NULLS FIRST/LAST options"
    } else {
        return Ok(());
    };
    Err(PgError::new("0A000", format!("access method \"{method}\" does not support {lacking}")))
}

/// Puts an index on its table; [`table::spread_index`] gives it to the partitions.
pub(super) fn insert(run: &mut Run, index: Index, name: Name) -> Result<Id, PgError> {
    let namespace = run.get(index.table)?.schema.clone();
    run.name_is_free(&namespace, &name)?;
    let id = run.schema.fresh_id();
    run.schema.insert_relation(new_relation(id, namespace, name, RelationKind::Index(Box::new(index))));
    Ok(id)
}

/// An element of a key, with its column or expression found in the table.
pub(super) fn key(run: &mut Run, on: Id, element: &IndexElement, method: &str) -> Result<Key, PgError> {
    let part = match &element.key {
        IndexKey::Column(column) => KeyPart::Column(index_columns(run, on, std::slice::from_ref(column))?[0]),
        IndexKey::Expression(expression) => {
            let columns = run.expression_columns(on, &expression.node)?;
            no_virtual(run, on, &columns)?;
            let analysis = expression::analyzed(run, &expression.node, Place::IndexKey, Names::Relation(on))?;
            no_system_columns(&expression.node)?;
            if matches!(expression.node, Node::Other { what: "ROW", .. }) {
                return Err(PgError::new("42P16", "column \"row\" has pseudo-type record"));
            }
            if changes(&analysis) {
                return Err(PgError::new("42P17", "functions in index expression must be marked IMMUTABLE"));
            }
            operator_class::fits(run, &analysis.data_type, element.operator_class.as_ref(), method)?;
            KeyPart::Expression(expression.clone(), columns)
        }
    };
    let key = Key {
        part,
        collation: element.collation.clone(),
        operator_class: element.operator_class.clone(),
        descending: element.descending,
        nulls_first: element.nulls_first,
    };
    if let Some(collation) = &key.collation {
        plain::named(run, ObjectKind::Collation, collation)?;
        if let Some(data_type) = key_type(run, on, &key).filter(|own| !table::has_collation(run, own)) {
            let shown = run.schema.format_type(data_type);
            return Err(PgError::new("42804", format!("collations are not supported by type {shown}")));
        }
    }
    Ok(key)
}

/// Is it sure that the value is not always the same?
fn changes(analysis: &Analysis) -> bool {
    analysis.seen.volatility.0 != Volatility::Immutable
}

/// 0A000 for a system column, which an index cannot hold.
fn no_system_columns(node: &Node) -> Result<(), PgError> {
    match node.columns().iter().any(|column| is_system_column(column)) {
        true => Err(PgError::new("0A000", "index creation on system columns is not supported")),
        false => Ok(()),
    }
}

/// What [`operator_class::fits`] refuses, for a key that is a column.
pub(super) fn has_operator_class(run: &Run, table: Id, key: &Key, method: &str) -> Result<(), PgError> {
    match key_type(run, table, key) {
        Some(data_type) => operator_class::fits(run, data_type, key.operator_class.as_ref(), method),
        None => Ok(()),
    }
}

/// The operator class of a key that is a column, where the index names none.
pub(super) fn default_class(run: &Run, index: &Index, key: &Key) -> Option<&'static str> {
    operator_class::default_for(run, key_type(run, index.table, key)?, &index.method)
}

/// The type of a key that is a column.
fn key_type<'r>(run: &'r Run, table: Id, key: &Key) -> Option<&'r DataType> {
    let KeyPart::Column(number) = key.part else { return None };
    match &run.schema.relation(table)?.kind {
        RelationKind::Table(table) => table.numbered(number).map(|column| &column.data_type),
        RelationKind::View(view) => view.column_types.get(usize::try_from(number - 1).ok()?),
        _ => None,
    }
}

/// Columns of the table or materialized view, by number. A materialized view's columns are numbered in order.
fn index_columns(run: &mut Run, table: Id, columns: &[Name]) -> Result<Vec<i16>, PgError> {
    let unknown = |column: &Name, error: PgError| {
        PgError::new(error.sqlstate, format!("column \"{column}\" does not exist"))
    };
    if columns.iter().any(|column| is_system_column(column)) {
        return Err(PgError::new("0A000", "index creation on system columns is not supported"));
    }
    let numbers: Result<Vec<i16>, PgError> = columns
        .iter()
        .map(|column| run.column_number(table, column).map_err(|error| unknown(column, error)))
        .collect();
    let numbers = numbers?;
    no_virtual(run, table, &numbers)?;
    Ok(numbers)
}

/// 0A000 for columns that are not stored.
fn no_virtual(run: &Run, table: Id, columns: &[i16]) -> Result<(), PgError> {
    let of_table = |number: &i16| run.table_of(table).ok().and_then(|table| table.numbered(*number));
    match columns.iter().filter_map(of_table).any(Column::is_virtual) {
        true => Err(PgError::new("0A000", "indexes on virtual generated columns are not supported")),
        false => Ok(()),
    }
}

/// WHERE of a partial index.
pub(super) fn predicate(
    run: &mut Run,
    table: Id,
    condition: Option<&Expression>,
) -> Result<Option<(Expression, Vec<i16>)>, PgError> {
    let Some(condition) = condition else { return Ok(None) };
    if run.get(table)?.table().is_none() {
        return Ok(Some((condition.clone(), Vec::new())));
    }
    let columns = run.expression_columns(table, &condition.node)?;
    no_virtual(run, table, &columns)?;
    let analysis =
        expression::condition(run, &condition.node, Place::IndexPredicate, Names::Relation(table))?;
    no_system_columns(&condition.node)?;
    if changes(&analysis) {
        return Err(PgError::new("42P17", "functions in index predicate must be marked IMMUTABLE"));
    }
    Ok(Some((condition.clone(), columns)))
}

/// The names that stand for a key's elements in an index's made-up name. Source: `ChooseIndexColumnNames`.
pub(super) fn key_names(run: &Run, table: Id, keys: &[Key]) -> Vec<Name> {
    let column_name = |number: i16| match run.schema.relation(table).map(|relation| &relation.kind) {
        Some(RelationKind::Table(table)) => table.column_name(number),
        Some(RelationKind::View(view)) => {
            view.columns.get(number as usize - 1).cloned().unwrap_or_else(|| Name::from("?"))
        }
        _ => Name::from("?"),
    };
    let mut names: Vec<Name> = Vec::new();
    for key in keys {
        let base = match &key.part {
            KeyPart::Column(number) => column_name(*number),
            KeyPart::Expression(expression, _) => {
                expression.node.output_name().map_or_else(|| Name::from("expr"), |(name, _)| name)
            }
        };
        let mut candidate = base.clone();
        let mut number = 0;
        while names.contains(&candidate) {
            number += 1;
            candidate = Name::from(format!("{base}{number}"));
        }
        names.push(candidate);
    }
    names
}

/// Takes an index out, with those of the partitions that hang on it.
pub(super) fn remove(run: &mut Run, id: Id) {
    let below: Vec<Id> = run
        .schema
        .users_of(id)
        .filter(|relation| relation.index().is_some_and(|index| index.parent == Some(id)))
        .map(|relation| relation.id)
        .collect();
    for child in below {
        let table = run.schema.relation(child).and_then(|relation| relation.index()).map(|index| index.table);
        remove(run, child);
        if let Some(table) = table {
            run.lock(table, LockMode::AccessExclusive);
            run.change_table(table, |table| table.constraints.retain(|own| own.kind.index() != Some(child)));
        }
    }
    run.schema.remove_relation(id);
}

/// 0A000 for an index in whose order a table cannot be written: a partial one, or of a method without an order.
pub(super) fn may_cluster(run: &Run, table: Id, written: &Name) -> Result<(), PgError> {
    let Some((_, index)) = run.schema.indexes_of(table).find(|(own, _)| own.name == *written) else {
        return Ok(());
    };
    let message = if matches!(&*index.method, "hash" | "gin" | "brin" | "spgist") {
        format!("cannot cluster on index \"{written}\" because access method does not support clustering")
    } else if index.predicate.is_some() {
        format!("cannot cluster on partial index \"{written}\"")
    } else {
        return Ok(());
    };
    Err(PgError::new("0A000", message))
}

/// ALTER INDEX: options, tablespace, ATTACH PARTITION. The table is not locked.
pub(super) fn alter(run: &mut Run, id: Id, alter: &AlterTable) -> Result<(), PgError> {
    if run.get(id)?.index().is_none() {
        if run.is_assumed(id) {
            return Ok(());
        }
        return Err(wrong_kind(&run.get(id)?.name.clone(), "index"));
    }
    for action in &alter.actions {
        match action {
            AlterAction::AttachPartition { partition, .. } => attach(run, id, partition)?,
            AlterAction::Options { options, reset } => {
                let method = run.get(id)?.index().map(|index| index.method.clone());
                if let Some(method) = method.filter(|_| !reset) {
                    options::check(run, options::Owner::Index(&method), options)?;
                }
                table::set_options(run, id, options, *reset);
                run.change(format!("sets options of index {}", run.schema.display_name(id)));
            }
            AlterAction::SetTablespace(tablespace) => {
                let tablespace = options::tablespace(run, Some(tablespace))?;
                run.schema.change_relation(id, |relation| relation.tablespace = tablespace);
                run.change(format!("moves index {}", run.schema.display_name(id)));
            }
            AlterAction::SetStatistics { column, .. } => statistics_of(run, id, column)?,
            AlterAction::Owner(owner) => {
                let owner = owner.clone();
                run.schema.change_relation(id, |relation| relation.owner = Some(owner));
            }
            _ => {
                let name = run.get(id)?.name.clone();
                return Err(PgError::new(
                    "42809",
                    format!("ALTER action cannot be performed on relation \"{name}\""),
                )
                .with_hint("This operation is not supported for indexes."));
            }
        }
    }
    Ok(())
}

/// ALTER INDEX … ALTER COLUMN n SET STATISTICS: only an expression has statistics in its index.
fn statistics_of(run: &Run, id: Id, number: &Name) -> Result<(), PgError> {
    let relation = run.get(id)?;
    let (Some(index), Ok(place)) = (relation.index(), number.parse::<usize>()) else { return Ok(()) };
    let name = &relation.name;
    if place == 0 || place > index.keys.len() + index.include.len() {
        let message = format!("column number {place} of relation \"{name}\" does not exist");
        return Err(PgError::new("42703", message));
    }
    let what = match index.keys.get(place - 1).map(|key| &key.part) {
        Some(KeyPart::Expression(..)) => return Ok(()),
        Some(KeyPart::Column(_)) => "non-expression",
        None => "included",
    };
    let message = format!("cannot alter statistics on {what} column {place} of index \"{name}\"");
    Err(PgError::new("0A000", message))
}

/// ALTER INDEX … ATTACH PARTITION: the parent becomes valid when every partition has one.
/// Source: `ATExecAttachPartitionIdx` in `tablecmds.c`.
pub(super) fn attach(run: &mut Run, parent: Id, partition: &QualifiedName) -> Result<(), PgError> {
    let Some(child) = run.find_relation(partition) else { return Err(no_relation(&unquoted(partition))) };
    let (parent_name, child_name) = (run.get(parent)?.name.clone(), run.get(child)?.name.clone());
    let Some(index) = run.get(parent)?.index().cloned() else {
        return Err(wrong_kind(&parent_name, "index"));
    };
    let Some(own) = run.get(child)?.index().cloned() else {
        return Err(PgError::new("42P17", format!("\"{child_name}\" is not an index")));
    };
    if !run.get(index.table)?.table().is_some_and(Table::is_partitioned) && !run.is_assumed(index.table) {
        let message =
            format!("ALTER action ATTACH PARTITION cannot be performed on relation \"{parent_name}\"");
        return Err(PgError::new("42809", message).with_hint("This operation is not supported for indexes."));
    }
    run.lock(index.table, LockMode::AccessShare);
    run.lock(own.table, LockMode::AccessShare);
    let refused = |sqlstate: &'static str, why: String| {
        let message =
            format!("cannot attach index \"{child_name}\" as a partition of index \"{parent_name}\"");
        Err(PgError::new(sqlstate, message).with_hint(why))
    };
    match own.parent {
        Some(known) if known == parent => return Ok(()),
        Some(_) => {
            return refused("55000", format!("Index \"{child_name}\" is already attached to another index."));
        }
        None => {}
    }
    let partitions = run.schema.children_of(index.table);
    if !partitions.contains(&own.table) {
        let table = &run.get(index.table)?.name;
        return refused(
            "55000",
            format!("Index \"{child_name}\" is not an index on any partition of table \"{table}\"."),
        );
    }
    if run.schema.indexes_of(own.table).any(|(_, other)| other.parent == Some(parent)) {
        let table = run.get(own.table)?.name.clone();
        return refused("55000", format!("Another index is already attached for partition \"{table}\"."));
    }
    let model = run.table_of(index.table)?.clone();
    let wanted = table::index_for_partition(run, own.table, &model, parent, &index)?;
    if !table::same_index(&own, &wanted) {
        return refused("42P17", "The index definitions do not match.".to_owned());
    }
    if index.constraint && !own.constraint {
        return refused(
            "42P17",
            format!(
                "The index \"{parent_name}\" belongs to a constraint, but index \"{child_name}\" does not."
            ),
        );
    }
    run.schema.change_relation(child, |relation| {
        if let RelationKind::Index(index) = &mut relation.kind {
            index.parent = Some(parent);
        }
    });
    table::inherit_index(run, own.table, child, true);
    validate_upwards(run, parent);
    run.change(format!(
        "attaches index {} to {}",
        run.schema.display_name(child),
        run.schema.display_name(parent)
    ));
    Ok(())
}

/// A partitioned index is valid once each partition has a valid one, and so on up to the root.
fn validate_upwards(run: &mut Run, mut parent: Id) {
    while let Some(index) = run.schema.relation(parent).and_then(|relation| relation.index()).cloned() {
        let has_one =
            |leaf: &Id| run.schema.indexes_of(*leaf).any(|(_, own)| own.parent == Some(parent) && own.valid);
        let complete = run.schema.children_of(index.table).iter().all(has_one);
        if !complete {
            return;
        }
        run.schema.change_relation(parent, |relation| {
            if let RelationKind::Index(index) = &mut relation.kind {
                index.valid = true;
            }
        });
        match index.parent {
            Some(above) => parent = above,
            None => return,
        }
    }
}
