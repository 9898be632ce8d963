//! Partitions: key, bound, and what they have from their parent.

use super::super::naming::{columns_part, object_name};
use super::super::{ConstraintKind, Index, Key, KeyPart, Origin, Relation, Schema, Table};
use super::Belongings;
use super::relation::lacks_partitions;
use super::write::key_expression;
use crate::sql::command::{IndexKey, PartitionBound, PartitionBy, PartitionStrategy};
use crate::sql::{Expression, Name, Node, quote_identifier};

/// `RANGE (created_at)`.
pub fn partition_key(partition_by: &PartitionBy) -> String {
    let strategy = match partition_by.strategy {
        PartitionStrategy::Range => "RANGE",
        PartitionStrategy::List => "LIST",
        PartitionStrategy::Hash => "HASH",
    };
    let keys: Vec<_> = partition_by
        .keys
        .iter()
        .map(|element| {
            let mut text = match &element.key {
                IndexKey::Column(column) => quote_identifier(column),
                IndexKey::Expression(expression) => key_expression(expression),
            };
            if let Some(collation) = &element.collation {
                text += &format!(" COLLATE {collation}");
            }
            if let Some(class) = &element.operator_class {
                text += &format!(" {class}");
            }
            text
        })
        .collect();
    format!("{strategy} ({})", keys.join(", "))
}

/// `FOR VALUES …` or `DEFAULT`.
pub fn partition_bound(bound: &PartitionBound) -> String {
    let list = |values: &[Expression]| {
        let values: Vec<_> = values.iter().map(bound_value).collect();
        values.join(", ")
    };
    match bound {
        PartitionBound::Default => "DEFAULT".to_owned(),
        PartitionBound::List(values) => format!("FOR VALUES IN ({})", list(values)),
        PartitionBound::Range { from, to } => format!("FOR VALUES FROM ({}) TO ({})", list(from), list(to)),
        PartitionBound::Hash { modulus, remainder } => {
            format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})")
        }
    }
}

fn bound_value(value: &Expression) -> String {
    match &value.node {
        Node::Column(path, _) if matches!(path.as_slice(), [word] if matches!(&**word, "minvalue" | "maxvalue")) => {
            value.sql.to_ascii_uppercase()
        }
        _ => value.sql.to_string(),
    }
}

/// Would PARTITION OF or INHERITS make the same table? A child whose parent got columns after it has them in
/// another order then, as after `pg_dump`; made on its own it would keep them when the parent drops them.
pub(super) fn follows_parents(
    schema: &Schema,
    relation: &Relation,
    table: &Table,
    belongings: &Belongings,
) -> bool {
    let parents: Vec<&Relation> =
        table.parents.iter().filter_map(|id| schema.relation(*id)).map(|r| &**r).collect();
    if parents.len() < table.parents.len() || parents.iter().any(|parent| parent.origin == Origin::Assumed) {
        // Nothing is known to compare with; what the history wrote was PARTITION OF or INHERITS.
        return true;
    }
    let mut theirs = parents.iter().filter_map(|parent| parent.table()).flat_map(|table| &table.columns);
    match table.bound {
        None => theirs.all(|theirs| table.column(&theirs.name).is_some_and(|own| own.inherited)),
        Some(_) => {
            theirs.map(|column| &column.name).eq(table.columns.iter().map(|column| &column.name))
                && not_null_names_are_theirs(table, &parents)
                && partition_names_are_made_up(schema, relation, table, belongings)
        }
    }
}

/// PARTITION OF gives the partition its parent's NOT NULL constraints under their names.
fn not_null_names_are_theirs(table: &Table, parents: &[&Relation]) -> bool {
    let is_not_null = |kind: &ConstraintKind| matches!(kind, ConstraintKind::NotNull(_));
    let parents = || parents.iter().filter_map(|parent| parent.table());
    table.constraints.iter().filter(|own| own.inherited && is_not_null(&own.kind)).all(|own| {
        parents().any(|parent| parent.constraint(&own.name).is_some_and(|theirs| is_not_null(&theirs.kind)))
    })
}

/// Have all the indexes that a partition has from its parent the names that PARTITION OF would choose?
fn partition_names_are_made_up(
    schema: &Schema,
    relation: &Relation,
    table: &Table,
    belongings: &Belongings,
) -> bool {
    let own = belongings.indexes(schema, relation.id);
    let is_made_by_parent =
        |index: &Index| index.parent.is_some_and(|parent| !lacks_partitions(schema, parent));
    own.filter_map(|r| Some((r, r.index()?))).filter(|(_, index)| is_made_by_parent(index)).all(
        |(found, index)| {
            let is_primary = table.primary_key() == Some(found.id);
            found.name == made_up_index_name(relation, index, is_primary)
        },
    )
}

/// The name that PostgreSQL gives an index, before it looks whether that is free.
fn made_up_index_name(relation: &Relation, index: &Index, is_primary: bool) -> Name {
    if is_primary {
        return object_name(&relation.name, None, "pkey");
    }
    let Some(table) = relation.table() else { return Name::from("") };
    let part = |key: &Key| match &key.part {
        KeyPart::Column(number) => table.column_name(*number),
        KeyPart::Expression(expression, _) => match &expression.node {
            Node::Function { name, .. } => name.name.clone(),
            _ => Name::from("expr"),
        },
    };
    let included = index.include.iter().map(|number| table.column_name(*number));
    let names: Vec<Name> = index.keys.iter().map(part).chain(included).collect();
    let label = match (index.constraint, index.unique) {
        (true, true) => "key",
        (true, false) => "excl",
        (false, _) => "idx",
    };
    object_name(&relation.name, Some(&columns_part(names.iter().map(|name| &**name))), label)
}
