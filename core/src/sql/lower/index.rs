//! CREATE INDEX, REINDEX, CLUSTER, VACUUM, CREATE STATISTICS.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{expression_of, given, names, option, qualified, relation, relations};
use crate::sql::command::{
    Cluster, CreateIndex, CreateStatistics, IndexElement, IndexKey, Reindex, ReindexTarget, Vacuum,
};
use crate::sql::{Command, QualifiedName, name};

pub(super) fn create(stmt: &pg::IndexStmt) -> Option<Command> {
    let variable = stmt.relation.as_ref()?;
    Some(Command::CreateIndex(CreateIndex {
        name: given(&stmt.idxname),
        table: super::range_var(variable),
        only: !variable.inh,
        unique: stmt.unique,
        nulls_not_distinct: stmt.nulls_not_distinct,
        concurrently: stmt.concurrent,
        if_not_exists: stmt.if_not_exists,
        method: name(&stmt.access_method),
        elements: stmt.index_params.iter().filter_map(element).collect(),
        include: stmt.index_including_params.iter().filter_map(element).filter_map(included).collect(),
        predicate: expression_of(&stmt.where_clause),
        options: option::values(&stmt.options),
        tablespace: given(&stmt.table_space),
    }))
}

fn included(element: IndexElement) -> Option<crate::sql::Name> {
    match element.key {
        IndexKey::Column(column) => Some(column),
        IndexKey::Expression(_) => None,
    }
}

/// An element of an index's or an exclusion constraint's key.
pub(super) fn element(node: &pg::Node) -> Option<IndexElement> {
    let Some(NodeEnum::IndexElem(element)) = &node.node else { return None };
    Some(IndexElement {
        key: key(&element.name, &element.expr)?,
        collation: qualified_if_given(&element.collation),
        operator_class: qualified_if_given(&element.opclass),
        descending: element.ordering() == pg::SortByDir::SortbyDesc,
        nulls_first: match element.nulls_ordering() {
            pg::SortByNulls::SortbyNullsFirst => Some(true),
            pg::SortByNulls::SortbyNullsLast => Some(false),
            pg::SortByNulls::SortbyNullsDefault | pg::SortByNulls::Undefined => None,
        },
    })
}

/// An element of a partition key.
pub(super) fn partition_element(node: &pg::Node) -> Option<IndexElement> {
    let Some(NodeEnum::PartitionElem(element)) = &node.node else { return None };
    Some(IndexElement {
        key: key(&element.name, &element.expr)?,
        collation: qualified_if_given(&element.collation),
        operator_class: qualified_if_given(&element.opclass),
        descending: false,
        nulls_first: None,
    })
}

fn key(column: &str, expression: &Option<Box<pg::Node>>) -> Option<IndexKey> {
    given(column).map(IndexKey::Column).or_else(|| expression_of(expression).map(IndexKey::Expression))
}

fn qualified_if_given(path: &[pg::Node]) -> Option<QualifiedName> {
    (!path.is_empty()).then(|| qualified(path))
}

pub(super) fn reindex(stmt: &pg::ReindexStmt) -> Option<Command> {
    Some(Command::Reindex(Reindex {
        target: match stmt.kind() {
            pg::ReindexObjectType::ReindexObjectIndex => ReindexTarget::Index(relation(&stmt.relation)?),
            pg::ReindexObjectType::ReindexObjectTable => ReindexTarget::Table(relation(&stmt.relation)?),
            pg::ReindexObjectType::ReindexObjectSchema => ReindexTarget::Schema(name(&stmt.name)),
            pg::ReindexObjectType::ReindexObjectSystem => ReindexTarget::System,
            pg::ReindexObjectType::ReindexObjectDatabase => ReindexTarget::Database,
            pg::ReindexObjectType::Undefined => return None,
        },
        concurrently: is_on(&stmt.params, "concurrently"),
    }))
}

pub(super) fn cluster(stmt: &pg::ClusterStmt) -> Option<Command> {
    Some(Command::Cluster(Cluster { table: relation(&stmt.relation), index: given(&stmt.indexname) }))
}

pub(super) fn vacuum(stmt: &pg::VacuumStmt) -> Option<Command> {
    let tables = stmt.rels.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::VacuumRelation(target)) => relation(&target.relation),
        _ => None,
    });
    Some(Command::Vacuum(Vacuum {
        vacuum: stmt.is_vacuumcmd,
        full: is_on(&stmt.options, "full"),
        analyze: !stmt.is_vacuumcmd || is_on(&stmt.options, "analyze") || is_on(&stmt.options, "analyse"),
        tables: tables.collect(),
    }))
}

fn is_on(options: &[pg::Node], option: &str) -> bool {
    option::find(options, option).is_some_and(option::is_on)
}

pub(super) fn create_statistics(stmt: &pg::CreateStatsStmt) -> Option<Command> {
    let keys = stmt.exprs.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::StatsElem(element)) => key(&element.name, &element.expr),
        _ => None,
    });
    Some(Command::CreateStatistics(CreateStatistics {
        name: qualified_if_given(&stmt.defnames),
        if_not_exists: stmt.if_not_exists,
        kinds: names(&stmt.stat_types),
        keys: keys.collect(),
        table: relations(&stmt.relations).into_iter().next()?.0,
    }))
}
