//! CREATE INDEX, REINDEX, CLUSTER, VACUUM, CREATE STATISTICS.

use super::{expression_of, given, names, option, qualified, range_var, relation, relations};
use crate::sql::command::{
    AlterStatistics, Cluster, CreateIndex, CreateStatistics, IndexElement, IndexKey, Reindex, ReindexTarget,
    Vacuum,
};
use crate::sql::tree::{self as pg, NodeKind};
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
        elements: stmt.index_params.iter().map(element).collect::<Option<_>>()?,
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
    let NodeKind::IndexElem(element) = node.kind() else { return None };
    Some(IndexElement {
        key: key(&element.name, &element.expr)?,
        collation: qualified_if_given(&element.collation),
        operator_class: qualified_if_given(&element.opclass),
        descending: element.ordering == pg::SortByDir::SortbyDesc,
        nulls_first: match element.nulls_ordering {
            pg::SortByNulls::SortbyNullsFirst => Some(true),
            pg::SortByNulls::SortbyNullsLast => Some(false),
            pg::SortByNulls::SortbyNullsDefault => None,
        },
    })
}

/// An element of a partition key.
pub(super) fn partition_element(node: &pg::Node) -> Option<IndexElement> {
    let NodeKind::PartitionElem(element) = node.kind() else { return None };
    Some(IndexElement {
        key: key(&element.name, &element.expr)?,
        collation: qualified_if_given(&element.collation),
        operator_class: qualified_if_given(&element.opclass),
        descending: false,
        nulls_first: None,
    })
}

fn key(column: &str, expression: &pg::Node) -> Option<IndexKey> {
    given(column).map(IndexKey::Column).or_else(|| expression_of(expression).map(IndexKey::Expression))
}

fn qualified_if_given(path: &[pg::Node]) -> Option<QualifiedName> {
    (!path.is_empty()).then(|| qualified(path))
}

pub(super) fn reindex(stmt: &pg::ReindexStmt) -> Option<Command> {
    Some(Command::Reindex(Reindex {
        target: match stmt.kind {
            pg::ReindexObjectType::ReindexObjectIndex => ReindexTarget::Index(relation(&stmt.relation)?),
            pg::ReindexObjectType::ReindexObjectTable => ReindexTarget::Table(relation(&stmt.relation)?),
            pg::ReindexObjectType::ReindexObjectSchema => ReindexTarget::Schema(name(&stmt.name)),
            pg::ReindexObjectType::ReindexObjectSystem => ReindexTarget::System,
            pg::ReindexObjectType::ReindexObjectDatabase => ReindexTarget::Database,
        },
        concurrently: option::is_set(&stmt.params, "concurrently"),
    }))
}

pub(super) fn cluster(stmt: &pg::ClusterStmt) -> Option<Command> {
    Some(Command::Cluster(Cluster { table: relation(&stmt.relation), index: given(&stmt.indexname) }))
}

pub(super) fn vacuum(stmt: &pg::VacuumStmt) -> Option<Command> {
    let tables = stmt.rels.iter().filter_map(|node| match node.kind() {
        NodeKind::VacuumRelation(target) => {
            target.relation.as_deref().map(|variable| (range_var(variable), !variable.inh))
        }
        _ => None,
    });
    Some(Command::Vacuum(Vacuum {
        vacuum: stmt.is_vacuumcmd,
        full: option::is_set(&stmt.options, "full"),
        analyze: !stmt.is_vacuumcmd || option::is_set(&stmt.options, "analyze"),
        tables: tables.collect(),
    }))
}

pub(super) fn create_statistics(stmt: &pg::CreateStatsStmt) -> Option<Command> {
    let keys = stmt.exprs.iter().map(|node| match node.kind() {
        NodeKind::StatsElem(element) => key(&element.name, &element.expr),
        _ => None,
    });
    Some(Command::CreateStatistics(CreateStatistics {
        name: qualified_if_given(&stmt.defnames),
        if_not_exists: stmt.if_not_exists,
        kinds: names(&stmt.stat_types),
        keys: keys.collect::<Option<_>>()?,
        table: relations(&stmt.relations).into_iter().next()?.0,
    }))
}

/// ALTER STATISTICS … SET STATISTICS: the only form that is not shared with other kinds of object.
pub(super) fn alter_statistics(stmt: &pg::AlterStatsStmt) -> Option<Command> {
    Some(Command::AlterStatistics(AlterStatistics {
        name: qualified_if_given(&stmt.defnames)?,
        if_exists: stmt.missing_ok,
        target: stmt.stxstattarget.get().and_then(option::word).and_then(|word| word.parse().ok()),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, expression, option, parsed, words};
    use super::*;

    fn column(text: &str) -> IndexElement {
        IndexElement {
            key: IndexKey::Column(name(text)),
            collation: None,
            operator_class: None,
            descending: false,
            nulls_first: None,
        }
    }

    #[test]
    fn the_forms_of_create_index() {
        let plain = CreateIndex {
            name: Some(name("i")),
            table: bare("t"),
            only: false,
            unique: false,
            nulls_not_distinct: false,
            concurrently: false,
            if_not_exists: false,
            method: name("btree"),
            elements: vec![column("a")],
            include: Vec::new(),
            predicate: None,
            options: Vec::new(),
            tablespace: None,
        };
        for (sql, expected) in [
            ("CREATE INDEX i ON t (a)", plain.clone()),
            ("CREATE INDEX ON t (a)", CreateIndex { name: None, ..plain.clone() }),
            (
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING gist (a) INCLUDE (b, c) \
                 NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast WHERE a > 0",
                CreateIndex {
                    table: QualifiedName::qualified("s", "t"),
                    only: true,
                    unique: true,
                    nulls_not_distinct: true,
                    concurrently: true,
                    if_not_exists: true,
                    method: name("gist"),
                    include: words(&["b", "c"]),
                    predicate: Some(expression("a > 0")),
                    options: vec![option("fillfactor", Some("70"))],
                    tablespace: Some(name("fast")),
                    ..plain.clone()
                },
            ),
            (
                "CREATE INDEX i ON t (a COLLATE \"C\" s.ops DESC NULLS LAST, lower(b) ASC NULLS FIRST)",
                CreateIndex {
                    elements: vec![
                        IndexElement {
                            collation: Some(bare("C")),
                            operator_class: Some(QualifiedName::qualified("s", "ops")),
                            descending: true,
                            nulls_first: Some(false),
                            ..column("a")
                        },
                        IndexElement {
                            key: IndexKey::Expression(expression("lower(b)")),
                            nulls_first: Some(true),
                            ..column("b")
                        },
                    ],
                    ..plain
                },
            ),
        ] {
            assert_eq!(parsed(sql), Command::CreateIndex(expected), "{sql}");
        }
    }

    #[test]
    fn reindex_and_cluster() {
        for (sql, target, concurrently) in [
            ("REINDEX INDEX i", ReindexTarget::Index(bare("i")), false),
            ("REINDEX TABLE CONCURRENTLY t", ReindexTarget::Table(bare("t")), true),
            ("REINDEX (CONCURRENTLY) TABLE t", ReindexTarget::Table(bare("t")), true),
            ("REINDEX (CONCURRENTLY off) TABLE t", ReindexTarget::Table(bare("t")), false),
            ("REINDEX SCHEMA s", ReindexTarget::Schema(name("s")), false),
            ("REINDEX DATABASE d", ReindexTarget::Database, false),
            ("REINDEX DATABASE", ReindexTarget::Database, false),
            ("REINDEX SYSTEM", ReindexTarget::System, false),
        ] {
            assert_eq!(parsed(sql), Command::Reindex(Reindex { target, concurrently }), "{sql}");
        }
        for (sql, table, index) in [
            ("CLUSTER", None, None),
            ("CLUSTER t", Some(bare("t")), None),
            ("CLUSTER t USING i", Some(bare("t")), Some(name("i"))),
            ("CLUSTER i ON t", Some(bare("t")), Some(name("i"))),
        ] {
            assert_eq!(parsed(sql), Command::Cluster(Cluster { table, index }), "{sql}");
        }
    }

    #[test]
    fn vacuum_and_analyze() {
        let expected = |vacuum, full, analyze, tables: &[&str]| {
            Command::Vacuum(Vacuum {
                vacuum,
                full,
                analyze,
                tables: tables.iter().map(|table| (bare(table), false)).collect(),
            })
        };
        for (sql, command) in [
            ("VACUUM", expected(true, false, false, &[])),
            ("VACUUM FULL a", expected(true, true, false, &["a"])),
            ("VACUUM (FULL off, ANALYZE) a, b", expected(true, false, true, &["a", "b"])),
            ("VACUUM ANALYSE", expected(true, false, true, &[])),
            ("ANALYZE VERBOSE a (b)", expected(false, false, true, &["a"])),
        ] {
            assert_eq!(parsed(sql), command, "{sql}");
        }
    }

    #[test]
    fn statistics() {
        let expected = CreateStatistics {
            name: Some(QualifiedName::qualified("s", "x")),
            if_not_exists: true,
            kinds: words(&["mcv", "ndistinct"]),
            keys: vec![IndexKey::Column(name("a")), IndexKey::Expression(expression("lower(b)"))],
            table: bare("t"),
        };
        let sql = "CREATE STATISTICS IF NOT EXISTS s.x (mcv, ndistinct) ON a, lower(b) FROM t";
        assert_eq!(parsed(sql), Command::CreateStatistics(expected.clone()));
        let unnamed = CreateStatistics { name: None, if_not_exists: false, kinds: Vec::new(), ..expected };
        assert_eq!(parsed("CREATE STATISTICS ON a, (lower(b)) FROM t"), Command::CreateStatistics(unnamed));
    }
}
