//! Indexes: created, attached, altered, taken out.

use super::error::{no_object, relation_exists, wrong_kind};
use super::run::{Run, new_relation};
use super::{PgError, WorkKind};
use crate::locks::LockMode;
use crate::schema::naming;
use crate::schema::{BaseType, Id, Index, Key, KeyPart, RelationKind, Table};
use crate::sql::command::{AlterAction, AlterTable, CreateIndex, IndexElement, IndexKey, Volatility};
use crate::sql::{Expression, Name, Node, QualifiedName};

use super::table;
use super::typing::volatility;

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
    let mut keys = Vec::new();
    for element in &create.elements {
        let key = key(run, table, element)?;
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
    let id =
        if create.only { insert_alone(run, made, name.clone())? } else { insert(run, made, name.clone())? };
    let (options, tablespace) = (create.options.clone(), create.tablespace.clone());
    run.schema.change_relation(id, |relation| {
        relation.options = options;
        relation.tablespace = tablespace;
    });
    if !(create.only && is_partitioned) {
        run.work(WorkKind::BuildIndex, table, "every row is read and sorted into the index");
    }
    let unique = if create.unique { "unique index" } else { "index" };
    run.change(format!("creates {unique} {namespace}.{name} on {shown}"));
    Ok(())
}

/// Puts an index on its table, and a twin on each partition.
pub(super) fn insert(run: &mut Run, index: Index, name: Name) -> Result<Id, PgError> {
    let table = index.table;
    let id = insert_alone(run, index.clone(), name)?;
    if !run.get(table)?.table().is_some_and(Table::is_partitioned) {
        return Ok(id);
    }
    let model = run.table_of(table)?.clone();
    for child in run.schema.children_of(table) {
        let mode = LockMode::Share;
        run.lock(child, mode);
        let child_relation = run.get(child)?;
        let (namespace, child_name) = (child_relation.schema.clone(), child_relation.name.clone());
        let mut copy = Index { table: child, parent: Some(id), ..index.clone() };
        copy.include = map(run, &model, child, &index.include)?;
        copy.keys = Vec::new();
        for key in &index.keys {
            let part = match &key.part {
                KeyPart::Column(column) => KeyPart::Column(map(run, &model, child, &[*column])?[0]),
                KeyPart::Expression(expression, columns) => {
                    KeyPart::Expression(expression.clone(), map(run, &model, child, columns)?)
                }
            };
            copy.keys.push(Key { part, ..key.clone() });
        }
        let columns = key_names(run, child, &copy.keys);
        let part = naming::columns_part(columns.iter().map(|column| &**column));
        let label = if index.constraint { "key" } else { "idx" };
        let own_name = naming::free_name(&child_name, Some(&part), label, |candidate| {
            run.schema.relation_name_taken(&namespace, candidate)
        });
        insert(run, copy, own_name)?;
    }
    Ok(id)
}

fn map(run: &mut Run, model: &Table, child: Id, columns: &[i16]) -> Result<Vec<i16>, PgError> {
    columns
        .iter()
        .map(|number| run.column(child, &model.column_name(*number)).map(|column| column.number))
        .collect()
}

fn insert_alone(run: &mut Run, index: Index, name: Name) -> Result<Id, PgError> {
    let namespace = run.get(index.table)?.schema.clone();
    run.name_is_free(&namespace, &name)?;
    let id = run.schema.fresh_id();
    run.schema.insert_relation(new_relation(id, namespace, name, RelationKind::Index(Box::new(index))));
    Ok(id)
}

/// An element of a key, with its column or expression found in the table.
pub(super) fn key(run: &mut Run, table: Id, element: &IndexElement) -> Result<Key, PgError> {
    let part = match &element.key {
        IndexKey::Column(column) => {
            KeyPart::Column(index_columns(run, table, std::slice::from_ref(column))?[0])
        }
        IndexKey::Expression(expression) => {
            let columns = run.expression_columns(table, &expression.node)?;
            if volatility(run, &expression.node).0 != Volatility::Immutable
                || casts_by_time_zone(run, table, &expression.node)
            {
                return Err(PgError::new("42P17", "functions in index expression must be marked IMMUTABLE"));
            }
            KeyPart::Expression(expression.clone(), columns)
        }
    };
    Ok(Key {
        part,
        collation: element.collation.clone(),
        operator_class: element.operator_class.clone(),
        descending: element.descending,
        nulls_first: element.nulls_first,
    })
}

/// Is a column cast between a time with a zone and one without? What that gives depends on the session's TimeZone.
fn casts_by_time_zone(run: &Run, table: Id, node: &Node) -> bool {
    let Ok(table) = run.table_of(table) else { return false };
    let mut found = false;
    node.walk(|part| {
        let Node::Cast { operand, type_name } = part else { return };
        let Node::Column(path) = &**operand else { return };
        let Some(column) = path.last().and_then(|name| table.column(name)) else { return };
        let zoned = |name: &str| name == "timestamptz" || name == "timetz";
        let local = |name: &str| matches!(name, "timestamp" | "date" | "time" | "text" | "varchar");
        let to = &*type_name.name.name;
        let from_zoned = column.data_type.is("timestamptz") || column.data_type.is("timetz");
        let from_local = ["timestamp", "date", "time"].iter().any(|name| column.data_type.is(name));
        found |= (from_zoned && local(to)) || (from_local && zoned(to));
    });
    found
}

/// 42704 when the access method has no operator class for the type of a key column.
pub(super) fn has_operator_class(run: &Run, table: Id, key: &Key, method: &str) -> Result<(), PgError> {
    let KeyPart::Column(number) = key.part else { return Ok(()) };
    let Some(column) = run.table_of(table).ok().and_then(|table| table.numbered(number)) else {
        return Ok(());
    };
    let base = run.schema.base_type(&column.data_type);
    let BaseType::BuiltIn(name) = base.base else { return Ok(()) };
    let by_extension = |extension: &str| {
        run.schema.extensions.contains_key(extension) || run.server.world.presumes_objects()
    };
    let missing = match method {
        _ if key.operator_class.is_some() => false,
        "btree" | "hash" => {
            !base.array && matches!(name, "json" | "xml" | "point" | "polygon" | "line" | "lseg" | "path")
        }
        "gist" if !base.array => {
            let native = name.ends_with("range")
                || matches!(name, "box" | "point" | "polygon" | "circle" | "tsvector" | "tsquery");
            !native && !by_extension("btree_gist")
        }
        "gin" if !base.array => !matches!(name, "jsonb" | "tsvector") && !by_extension("btree_gin"),
        _ => false,
    };
    if !missing {
        return Ok(());
    }
    let type_name = run.schema.format_type(&column.data_type);
    let message =
        format!("data type {type_name} has no default operator class for access method \"{method}\"");
    Err(PgError::new("42704", message).with_hint(
        "You must specify an operator class for the index or define a default operator class for the data type.",
    ))
}

/// Columns of the table or materialized view, by number. A materialized view's columns are numbered in order.
fn index_columns(run: &mut Run, table: Id, columns: &[Name]) -> Result<Vec<i16>, PgError> {
    if let Some(view) = run.get(table)?.view() {
        return columns
            .iter()
            .map(|column| match view.columns.iter().position(|own| own == column) {
                Some(position) => Ok(position as i16 + 1),
                None if !view.columns_known => Ok(0),
                None => Err(PgError::new("42703", format!("column \"{column}\" does not exist"))),
            })
            .collect();
    }
    columns
        .iter()
        .map(|column| match run.column(table, column) {
            Ok(found) => Ok(found.number),
            Err(error) => Err(PgError::new(error.sqlstate, format!("column \"{column}\" does not exist"))),
        })
        .collect()
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
    if volatility(run, &condition.node).0 != Volatility::Immutable {
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
            KeyPart::Expression(expression, _) => match &expression.node {
                crate::sql::Node::Function { name, .. } => name.name.clone(),
                crate::sql::Node::Other { what, .. } => Name::from(what.to_ascii_lowercase()),
                _ => Name::from("expr"),
            },
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
        .relations()
        .filter(|relation| relation.index().is_some_and(|index| index.parent == Some(id)))
        .map(|relation| relation.id)
        .collect();
    for child in below {
        let table = run.schema.relation(child).and_then(|relation| relation.index()).map(|index| index.table);
        remove(run, child);
        if let Some(table) = table {
            run.change_table(table, |table| table.constraints.retain(|own| own.kind.index() != Some(child)));
        }
    }
    run.schema.remove_relation(id);
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
                table::set_options(run, id, options, *reset);
                run.change(format!("sets options of index {}", run.schema.display_name(id)));
            }
            AlterAction::SetTablespace(tablespace) => {
                let tablespace = tablespace.clone();
                run.schema.change_relation(id, |relation| relation.tablespace = Some(tablespace));
                run.change(format!("moves index {}", run.schema.display_name(id)));
            }
            AlterAction::SetStatistics { .. } => {}
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

/// ALTER INDEX … ATTACH PARTITION: the parent becomes valid when every partition has one.
pub(super) fn attach(run: &mut Run, parent: Id, partition: &QualifiedName) -> Result<(), PgError> {
    let Some(child) = run.find_relation(partition) else { return Err(no_object("index", partition)) };
    let Some(parent_table) = run.get(parent)?.index().map(|index| index.table) else {
        return Err(wrong_kind(&run.get(parent)?.name.clone(), "index"));
    };
    run.schema.change_relation(child, |relation| {
        if let RelationKind::Index(index) = &mut relation.kind {
            index.parent = Some(parent);
        }
    });
    let leaves = run.schema.children_of(parent_table);
    let complete =
        leaves.iter().all(|leaf| run.schema.indexes_of(*leaf).any(|(_, index)| index.parent == Some(parent)));
    run.schema.change_relation(parent, |relation| {
        if let RelationKind::Index(index) = &mut relation.kind {
            index.valid = complete;
        }
    });
    run.change(format!(
        "attaches index {} to {}",
        run.schema.display_name(child),
        run.schema.display_name(parent)
    ));
    Ok(())
}
