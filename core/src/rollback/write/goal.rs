//! The catalog that the script has to arrive at: the one before the migration, with what the migration assumed to be there.

use std::sync::Arc;

use crate::schema::{Column, Origin, Relation, RelationKind, Schema, Table};
use crate::sql::command::Persistence;

/// What was there before, as far as `after` knows of it.
pub(super) fn goal(before: &Schema, after: &Schema) -> Schema {
    let mut goal = before.clone();
    for (name, namespace) in after.namespaces.iter() {
        if namespace.origin == Origin::Assumed && !goal.namespaces.contains_key(name) {
            goal.namespaces.insert(name.clone(), *namespace);
        }
    }
    for user_type in after.types() {
        if user_type.origin == Origin::Assumed && goal.user_type(user_type.id).is_none() {
            goal.put_type((**user_type).clone());
        }
    }
    for function in after.functions() {
        if function.origin == Origin::Assumed && goal.function(function.id).is_none() {
            goal.put_function((**function).clone());
        }
    }
    for relation in after.relations() {
        match goal.relation(relation.id).cloned() {
            None if relation.presumed => goal.insert_relation(as_assumed(relation)),
            Some(known) if known.origin == Origin::Assumed && !Arc::ptr_eq(&known, relation) => {
                add_assumed_columns(&mut goal, &known, relation);
            }
            _ => {}
        }
    }
    goal
}

/// A relation of which only that is known which the migration assumed.
fn as_assumed(relation: &Relation) -> Relation {
    let kind = match &relation.kind {
        RelationKind::Table(table) => RelationKind::Table(Box::new(Table {
            columns: table
                .columns
                .iter()
                .filter(|c| c.origin == Origin::Assumed)
                .map(as_assumed_column)
                .collect(),
            next_column: table.next_column,
            parents: table.parents.clone(),
            bound: table.bound.clone(),
            rows: table.rows,
            ..Table::default()
        })),
        kind => kind.clone(),
    };
    Relation {
        persistence: Persistence::Permanent,
        owner: None,
        options: Vec::new(),
        tablespace: None,
        kind,
        ..relation.clone()
    }
}

fn as_assumed_column(column: &Column) -> Column {
    Column { options: Vec::new(), ..column.bare() }
}

fn add_assumed_columns(goal: &mut Schema, known: &Relation, after: &Relation) {
    let (Some(old), Some(new)) = (known.table(), after.table()) else { return };
    let is_new = |column: &&Column| column.origin == Origin::Assumed && old.numbered(column.number).is_none();
    let more: Vec<Column> = new.columns.iter().filter(is_new).map(as_assumed_column).collect();
    goal.change_relation(known.id, |relation| {
        if let Some(table) = relation.table_mut() {
            table.columns.extend(more);
        }
    });
}
