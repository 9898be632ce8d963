//! CREATE INDEX, REINDEX, CLUSTER, CREATE STATISTICS.

use super::*;

/// CREATE INDEX.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateIndex {
    /// Its name; none when PostgreSQL is to make one up.
    pub name: Option<Name>,
    /// The table or materialized view.
    pub table: QualifiedName,
    /// ONLY.
    pub only: bool,
    /// UNIQUE.
    pub unique: bool,
    /// NULLS NOT DISTINCT.
    pub nulls_not_distinct: bool,
    /// CONCURRENTLY.
    pub concurrently: bool,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// USING; btree when not said.
    pub method: Name,
    /// The key.
    pub elements: Vec<IndexElement>,
    /// INCLUDE.
    pub include: Vec<Name>,
    /// WHERE.
    pub predicate: Option<Expression>,
    /// WITH (…).
    pub options: Vec<OptionValue>,
    /// TABLESPACE.
    pub tablespace: Option<Name>,
}

/// One element of an index's, an exclusion constraint's or a partition's key.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexElement {
    /// A column, or an expression.
    pub key: IndexKey,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// Operator class.
    pub operator_class: Option<QualifiedName>,
    /// DESC.
    pub descending: bool,
    /// NULLS FIRST / LAST, where said (true is FIRST).
    pub nulls_first: Option<bool>,
}

/// What an index element is about.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexKey {
    /// A column.
    Column(Name),
    /// An expression.
    Expression(Expression),
}

/// REINDEX.
#[derive(Debug, Clone, PartialEq)]
pub struct Reindex {
    /// INDEX, TABLE, SCHEMA, DATABASE or SYSTEM.
    pub target: ReindexTarget,
    /// CONCURRENTLY.
    pub concurrently: bool,
}

/// What is reindexed.
#[derive(Debug, Clone, PartialEq)]
pub enum ReindexTarget {
    /// One index.
    Index(QualifiedName),
    /// A table's indexes.
    Table(QualifiedName),
    /// All tables of a schema.
    Schema(Name),
    /// The whole database.
    Database,
    /// The system catalogs.
    System,
}

/// CLUSTER.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The table; none is all that were clustered before.
    pub table: Option<QualifiedName>,
    /// USING.
    pub index: Option<Name>,
}

/// VACUUM or ANALYZE.
#[derive(Debug, Clone, PartialEq)]
pub struct Vacuum {
    /// VACUUM; else ANALYZE alone.
    pub vacuum: bool,
    /// FULL.
    pub full: bool,
    /// ANALYZE, alone or with VACUUM.
    pub analyze: bool,
    /// The tables, each with ONLY or not; empty is all of them.
    pub tables: Vec<(QualifiedName, bool)>,
}

/// CREATE STATISTICS.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateStatistics {
    /// Its name; none when PostgreSQL is to make one up.
    pub name: Option<QualifiedName>,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// ndistinct, dependencies, mcv; empty is all.
    pub kinds: Vec<Name>,
    /// Columns and expressions.
    pub keys: Vec<IndexKey>,
    /// The table.
    pub table: QualifiedName,
}

/// ALTER STATISTICS … SET STATISTICS.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterStatistics {
    /// The statistics object.
    pub name: QualifiedName,
    /// IF EXISTS.
    pub if_exists: bool,
    /// The target; none for DEFAULT.
    pub target: Option<i32>,
}
