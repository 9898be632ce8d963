//! CREATE TABLE.

use super::{column, constraint, partition};
use crate::locks::LockMode;
use crate::schema::DataType;
use crate::schema::{Column, Id, Key, KeyPart, Origin, RelationKind, Rows, Table};
use crate::simulate::PgError;
use crate::simulate::error::{column_exists, object_exists};
use crate::simulate::run::{Run, new_column, new_relation};
use crate::sorted;
use crate::sql::command::{ConstraintDefinition, CreateTable, LikeOptions, Persistence, TableElement};
use crate::sql::{Name, QualifiedName};

/// CREATE TABLE: 42P07 when the name is taken, 42701 for a column named twice.
pub fn create(run: &mut Run, create: &CreateTable) -> Result<(), PgError> {
    let namespace = run.creation_namespace(&create.name, create.persistence)?;
    if run.schema.relation_name_taken(&namespace, &create.name.name) {
        if create.if_not_exists {
            run.change(format!("nothing: {namespace}.{} exists already", create.name.name));
            return Ok(());
        }
        return Err(crate::simulate::error::relation_exists(&create.name.name));
    }
    if run.schema.type_named(&namespace, &create.name.name).is_some() {
        return Err(object_exists("type", &create.name.name)
            .with_hint("A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type."));
    }
    let id = run.schema.fresh_id();
    let table = Table {
        next_column: 1,
        partition_by: create.partition_by.clone(),
        foreign_server: create.foreign_server.clone(),
        access_method: create.access_method.clone(),
        rows: Rows::None,
        ..Table::default()
    };
    let mut relation =
        new_relation(id, namespace.clone(), create.name.name.clone(), RelationKind::Table(Box::new(table)));
    relation.persistence = create.persistence;
    relation.options = create.options.clone();
    relation.tablespace = create.tablespace.clone();
    run.schema.insert_relation(relation);

    if let Some((parent, bound)) = &create.partition_of {
        let parent = run.table(parent)?;
        partition::inherit_from(run, id, parent, Some(bound.clone()))?;
    }
    for parent in &create.inherits {
        let parent = run.table(parent)?;
        run.lock(parent, LockMode::ShareUpdateExclusive);
        partition::inherit_from(run, id, parent, None)?;
    }
    if let Some(of_type) = &create.of_type {
        crate::simulate::user_type::columns_of_type(run, id, of_type)?;
    }
    // Columns first, then the constraints: a key may name a column that is written below it.
    let mut constraints: Vec<ConstraintDefinition> = Vec::new();
    for element in &create.elements {
        match element {
            TableElement::Column(definition) => {
                let inherited =
                    run.table_of(id)?.column(&definition.name).is_some_and(|column| column.inherited);
                if inherited || definition.type_name.is_none() {
                    column::merge_into_inherited(run, id, definition)?;
                } else {
                    if run.table_of(id)?.column(&definition.name).is_some() {
                        return Err(PgError::new(
                            "42701",
                            format!("column \"{}\" specified more than once", definition.name),
                        ));
                    }
                    column::append(run, id, definition)?;
                }
                constraints.extend(definition.constraints.iter().cloned());
            }
            TableElement::Constraint(definition) => constraints.push(definition.clone()),
            TableElement::Like { source, including } => like(run, id, source, *including)?,
        }
    }
    // The order in which the server works: NOT NULL and CHECK, then keys, then foreign keys.
    sorted::sort_by_key(&mut constraints, |definition| constraint::order(&definition.kind));
    for definition in &constraints {
        constraint::add(run, id, definition, constraint::Context::NewTable)?;
    }
    if let Some(partition_by) = &create.partition_by {
        for element in &partition_by.keys {
            if let crate::sql::command::IndexKey::Column(column) = &element.key {
                run.column(id, column)?;
            }
        }
    }
    if let Some((parent, _)) = &create.partition_of {
        let parent = run.table(parent)?;
        partition::created_under(run, id, parent)?;
    }
    let what = match create.persistence {
        _ if create.foreign_server.is_some() => "foreign table",
        Persistence::Permanent if create.partition_by.is_some() => "partitioned table",
        Persistence::Permanent => "table",
        Persistence::Unlogged => "unlogged table",
        Persistence::Temporary => "temporary table",
    };
    run.change(format!("creates {what} {namespace}.{}", create.name.name));
    Ok(())
}

/// A table from the columns that a query gives.
pub fn create_from_columns(
    run: &mut Run,
    namespace: Name,
    name: Name,
    persistence: Persistence,
    columns: Vec<(Name, DataType)>,
    rows: Rows,
) -> Result<Id, PgError> {
    let id = run.schema.fresh_id();
    let mut table = Table { next_column: 1, rows, ..Table::default() };
    for (column, data_type) in columns {
        if table.column(&column).is_some() {
            return Err(PgError::new("42701", format!("column \"{column}\" specified more than once")));
        }
        table.columns.push(new_column(table.next_column, column, data_type));
        table.next_column += 1;
    }
    let mut relation = new_relation(id, namespace, name, RelationKind::Table(Box::new(table)));
    relation.persistence = persistence;
    run.schema.insert_relation(relation);
    Ok(id)
}

/// LIKE: names, types and NOT NULL, and what INCLUDING adds.
fn like(run: &mut Run, id: Id, source: &QualifiedName, including: LikeOptions) -> Result<(), PgError> {
    let source = run.relation(source)?;
    run.lock(source, LockMode::AccessShare);
    if run.is_assumed(source) {
        let name = run.schema.display_name(source);
        run.assume(format!("the columns of {name} are not known, so neither are those taken from it"));
        run.schema.change_relation(id, |relation| relation.origin = Origin::Assumed);
    }
    let model = run.table_of(source)?.clone();
    for from in &model.columns {
        if run.table_of(id)?.column(&from.name).is_some() {
            return Err(column_exists(&from.name, &run.get(id)?.name));
        }
        let number = run.table_of(id)?.next_column;
        let mut column = Column { inherited: false, sequence: None, identity: None, ..from.clone() };
        column.number = number;
        let is_generated = from.generated.is_some();
        if !including.defaults || is_generated {
            column.default = None;
        }
        if !including.generated {
            column.generated = None;
        }
        if including.identity {
            column.identity = from.identity;
        }
        run.change_table(id, |table| {
            table.next_column += 1;
            table.columns.push(column);
        });
        if including.identity && from.identity.is_some() {
            column::identity_sequence(run, id, number, &Default::default())?;
        }
    }
    let numbers = |run: &Run, old: &[i16]| -> Vec<i16> {
        let Ok(table) = run.table_of(id) else { return Vec::new() };
        old.iter().filter_map(|n| table.column(&model.column_name(*n)).map(|c| c.number)).collect()
    };
    for from in &model.constraints {
        let taken = match &from.kind {
            crate::schema::ConstraintKind::NotNull(_) => true,
            crate::schema::ConstraintKind::Check(..) => including.constraints,
            _ => false,
        };
        if !taken {
            continue;
        }
        let mut copy = from.clone();
        copy.inherited = false;
        copy.kind = match &from.kind {
            crate::schema::ConstraintKind::NotNull(column) => match numbers(run, &[*column]).first() {
                Some(column) => crate::schema::ConstraintKind::NotNull(*column),
                None => continue,
            },
            crate::schema::ConstraintKind::Check(expression, columns) => {
                crate::schema::ConstraintKind::Check(expression.clone(), numbers(run, columns))
            }
            other => other.clone(),
        };
        if let crate::schema::ConstraintKind::NotNull(column) = copy.kind {
            let own = run.get(id)?.name.clone();
            let column = run.table_of(id)?.column_name(column);
            copy.name = constraint::free_constraint_name(run, id, &own, Some(&column), "not_null");
        }
        run.change_table(id, |table| table.constraints.push(copy));
    }
    if including.indexes {
        let indexes: Vec<_> = run
            .schema
            .indexes_of(source)
            .map(|(relation, index)| (relation.clone(), index.clone()))
            .collect();
        for (_, index) in indexes {
            let mut copy = index.clone();
            copy.table = id;
            copy.parent = None;
            copy.keys = index
                .keys
                .iter()
                .map(|key| Key {
                    part: match &key.part {
                        KeyPart::Column(column) => {
                            KeyPart::Column(numbers(run, &[*column]).first().copied().unwrap_or(*column))
                        }
                        KeyPart::Expression(expression, columns) => {
                            KeyPart::Expression(expression.clone(), numbers(run, columns))
                        }
                    },
                    ..key.clone()
                })
                .collect();
            copy.include = numbers(run, &index.include);
            let kind = model.constraints.iter().find(|c| {
                c.kind.index().is_some_and(|i| run.schema.relation(i).and_then(|r| r.index()) == Some(&index))
            });
            constraint::copy_index(run, id, copy, kind)?;
        }
    }
    Ok(())
}
