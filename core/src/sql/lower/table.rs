//! CREATE TABLE in all its forms, and TRUNCATE.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{
    column, given, index, names, option, persistence, query, query_of, range_var, relation, relations,
    type_name,
};
use crate::sql::command::{
    CreateTable, CreateTableAs, LikeOptions, PartitionBound, PartitionBy, PartitionStrategy, TableElement,
    Truncate,
};
use crate::sql::{Command, Query};

pub(super) fn create(stmt: &pg::CreateStmt) -> Option<Command> {
    table(stmt).map(Command::CreateTable)
}

pub(super) fn create_foreign(stmt: &pg::CreateForeignTableStmt) -> Option<Command> {
    let table = table(stmt.base_stmt.as_ref()?)?;
    Some(Command::CreateTable(CreateTable { foreign_server: given(&stmt.servername), ..table }))
}

fn table(stmt: &pg::CreateStmt) -> Option<CreateTable> {
    let variable = stmt.relation.as_ref()?;
    // With PARTITION OF the grammar puts the parent where INHERITS goes.
    let parents = relations(&stmt.inh_relations).into_iter().map(|(parent, _)| parent);
    let (partition_of, inherits) = match &stmt.partbound {
        Some(bound) => (parents.map(|parent| (parent, partition_bound(bound))).next(), Vec::new()),
        None => (None, parents.collect()),
    };
    Some(CreateTable {
        name: range_var(variable),
        foreign_server: None,
        persistence: persistence(variable),
        if_not_exists: stmt.if_not_exists,
        elements: stmt.table_elts.iter().filter_map(element).collect(),
        inherits,
        partition_by: stmt.partspec.as_ref().map(partition_by),
        partition_of,
        of_type: stmt.of_typename.as_ref().map(type_name),
        options: option::values(&stmt.options),
        tablespace: given(&stmt.tablespacename),
        access_method: given(&stmt.access_method),
    })
}

fn element(node: &pg::Node) -> Option<TableElement> {
    match node.node.as_ref()? {
        NodeEnum::ColumnDef(definition) => Some(TableElement::Column(column::column(definition))),
        NodeEnum::Constraint(constraint) => {
            column::constraint(constraint, None).map(TableElement::Constraint)
        }
        NodeEnum::TableLikeClause(like) => Some(TableElement::Like {
            source: relation(&like.relation)?,
            including: like_options(like.options),
        }),
        _ => None,
    }
}

/// The bits are those of `TableLikeOption` in `parsenodes.h`.
fn like_options(bits: u32) -> LikeOptions {
    let has = |bit: u32| bits & (1 << bit) != 0;
    LikeOptions {
        comments: has(0),
        compression: has(1),
        constraints: has(2),
        defaults: has(3),
        generated: has(4),
        identity: has(5),
        indexes: has(6),
        statistics: has(7),
        storage: has(8),
    }
}

fn partition_by(spec: &pg::PartitionSpec) -> PartitionBy {
    PartitionBy {
        strategy: match spec.strategy() {
            pg::PartitionStrategy::List => PartitionStrategy::List,
            pg::PartitionStrategy::Hash => PartitionStrategy::Hash,
            pg::PartitionStrategy::Range | pg::PartitionStrategy::Undefined => PartitionStrategy::Range,
        },
        keys: spec.part_params.iter().filter_map(index::partition_element).collect(),
    }
}

/// FOR VALUES …, or DEFAULT.
pub(super) fn partition_bound(bound: &pg::PartitionBoundSpec) -> PartitionBound {
    let expressions = |list: &[pg::Node]| list.iter().map(super::expression).collect();
    match bound.strategy.as_str() {
        _ if bound.is_default => PartitionBound::Default,
        "h" => PartitionBound::Hash { modulus: bound.modulus, remainder: bound.remainder },
        "l" => PartitionBound::List(expressions(&bound.listdatums)),
        _ => PartitionBound::Range {
            from: expressions(&bound.lowerdatums),
            to: expressions(&bound.upperdatums),
        },
    }
}

pub(super) fn create_as(stmt: &pg::CreateTableAsStmt) -> Option<Command> {
    let command = table_as(stmt.into.as_ref()?, query_of(&stmt.query))?;
    Some(Command::CreateTableAs(CreateTableAs {
        materialized_view: stmt.objtype() == pg::ObjectType::ObjectMatview,
        if_not_exists: stmt.if_not_exists,
        ..command
    }))
}

/// Is it SELECT … INTO? INTO stands at the first SELECT of a UNION.
pub(super) fn is_select_into(stmt: &pg::SelectStmt) -> bool {
    first_select(stmt).into_clause.is_some()
}

pub(super) fn select_into(stmt: &pg::SelectStmt) -> Option<Command> {
    let into = first_select(stmt).into_clause.as_ref()?;
    let mut without_into = stmt.clone();
    let mut first = &mut without_into;
    while first.larg.is_some() {
        first = first.larg.as_mut()?;
    }
    first.into_clause = None;
    table_as(into, Some(Box::new(query(&without_into)))).map(Command::CreateTableAs)
}

fn first_select(mut stmt: &pg::SelectStmt) -> &pg::SelectStmt {
    while let Some(left) = &stmt.larg {
        stmt = left;
    }
    stmt
}

fn table_as(into: &pg::IntoClause, query: Option<Box<Query>>) -> Option<CreateTableAs> {
    let variable = into.rel.as_ref()?;
    Some(CreateTableAs {
        name: range_var(variable),
        materialized_view: false,
        persistence: persistence(variable),
        if_not_exists: false,
        columns: names(&into.col_names),
        query,
        with_data: !into.skip_data,
        options: option::values(&into.options),
        tablespace: given(&into.table_space_name),
    })
}

pub(super) fn truncate(stmt: &pg::TruncateStmt) -> Option<Command> {
    Some(Command::Truncate(Truncate {
        tables: relations(&stmt.relations),
        restart_identity: stmt.restart_seqs,
        behavior: super::behavior(stmt.behavior()),
    }))
}
