//! CREATE TABLE in all its forms, and TRUNCATE.

use super::{
    column, given, index, names, option, persistence, query, query_of, range_var, relation, relations,
    type_name,
};
use crate::sql::command::{
    CreateTable, CreateTableAs, LikeOptions, OnCommit, PartitionBound, PartitionBy, PartitionStrategy,
    TableElement, Truncate,
};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Command, Query};

pub(super) fn create(stmt: &pg::CreateStmt) -> Option<Command> {
    table(stmt).map(Command::CreateTable)
}

pub(super) fn create_foreign(stmt: &pg::CreateForeignTableStmt) -> Option<Command> {
    let table = table(&stmt.base_stmt)?;
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
        elements: stmt.table_elts.iter().map(element).collect::<Option<_>>()?,
        inherits,
        partition_by: match &stmt.partspec {
            Some(spec) => Some(partition_by(spec)?),
            None => None,
        },
        partition_of,
        of_type: stmt.of_typename.as_deref().map(type_name),
        options: option::values(&stmt.options),
        tablespace: given(&stmt.tablespacename),
        access_method: given(&stmt.access_method),
        on_commit: on_commit(stmt.oncommit),
    })
}

fn element(node: &pg::Node) -> Option<TableElement> {
    match node.kind() {
        NodeKind::ColumnDef(definition) => Some(TableElement::Column(column::column(definition))),
        NodeKind::Constraint(constraint) => {
            column::constraint(constraint, None).map(TableElement::Constraint)
        }
        NodeKind::TableLikeClause(like) => Some(TableElement::Like {
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

fn partition_by(spec: &pg::PartitionSpec) -> Option<PartitionBy> {
    Some(PartitionBy {
        strategy: match spec.strategy {
            pg::PartitionStrategy::List => PartitionStrategy::List,
            pg::PartitionStrategy::Hash => PartitionStrategy::Hash,
            pg::PartitionStrategy::Range | pg::PartitionStrategy::Unset => PartitionStrategy::Range,
        },
        keys: spec.part_params.iter().map(index::partition_element).collect::<Option<_>>()?,
    })
}

/// FOR VALUES …, or DEFAULT.
pub(super) fn partition_bound(bound: &pg::PartitionBoundSpec) -> PartitionBound {
    let expressions = |list: &[pg::Node]| list.iter().map(super::expression).collect();
    match bound.strategy {
        _ if bound.is_default => PartitionBound::Default,
        b'h' => PartitionBound::Hash { modulus: bound.modulus, remainder: bound.remainder },
        b'l' => PartitionBound::List(expressions(&bound.listdatums)),
        _ => PartitionBound::Range {
            from: expressions(&bound.lowerdatums),
            to: expressions(&bound.upperdatums),
        },
    }
}

pub(super) fn create_as(stmt: &pg::CreateTableAsStmt) -> Option<Command> {
    let command = table_as(stmt.into.as_ref()?, query_of(&stmt.query))?;
    Some(Command::CreateTableAs(CreateTableAs {
        materialized_view: stmt.objtype == pg::ObjectType::ObjectMatview,
        if_not_exists: stmt.if_not_exists,
        ..command
    }))
}

/// Is it SELECT … INTO? INTO stands at the first SELECT of a UNION.
pub(super) fn is_select_into(stmt: &pg::SelectStmt) -> bool {
    first_select(stmt).into_clause.is_some()
}

pub(super) fn select_into(stmt: &pg::SelectStmt) -> Option<Command> {
    let into = first_select(stmt).into_clause.as_deref()?;
    let query = pg::without_into(stmt, query);
    table_as(into, Some(Box::new(query))).map(Command::CreateTableAs)
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
        on_commit: on_commit(into.on_commit),
    })
}

fn on_commit(action: pg::OnCommitAction) -> OnCommit {
    match action {
        pg::OnCommitAction::OncommitNoop => OnCommit::Unsaid,
        pg::OnCommitAction::OncommitDrop => OnCommit::Drop,
        pg::OnCommitAction::OncommitPreserveRows | pg::OnCommitAction::OncommitDeleteRows => OnCommit::Stay,
    }
}

pub(super) fn truncate(stmt: &pg::TruncateStmt) -> Option<Command> {
    Some(Command::Truncate(Truncate {
        tables: relations(&stmt.relations),
        restart_identity: stmt.restart_seqs,
        behavior: super::behavior(stmt.behavior),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, column, expression, option, parsed, type_name, words};
    use super::*;
    use crate::sql::command::{Behavior, IndexElement, IndexKey, Persistence};
    use crate::sql::{QualifiedName, name};

    fn created(sql: &str) -> CreateTable {
        match parsed(sql) {
            Command::CreateTable(table) => table,
            other => panic!("{sql}: {other:?}"),
        }
    }

    fn empty(name: &str) -> CreateTable {
        CreateTable {
            name: bare(name),
            foreign_server: None,
            persistence: Persistence::Permanent,
            if_not_exists: false,
            elements: Vec::new(),
            inherits: Vec::new(),
            partition_by: None,
            partition_of: None,
            of_type: None,
            options: Vec::new(),
            tablespace: None,
            access_method: None,
            on_commit: OnCommit::Unsaid,
        }
    }

    fn partition(bound: PartitionBound) -> CreateTable {
        CreateTable { partition_of: Some((bare("p"), bound)), ..empty("t") }
    }

    #[test]
    fn the_forms_of_create_table() {
        let a = || TableElement::Column(column("a int"));
        for (sql, expected) in [
            ("CREATE TABLE t ()", empty("t")),
            (
                "CREATE UNLOGGED TABLE IF NOT EXISTS s.t (a int) INHERITS (p, s.q) USING heap \
                 WITH (fillfactor = 70, autovacuum_enabled = false) TABLESPACE fast",
                CreateTable {
                    name: QualifiedName::qualified("s", "t"),
                    persistence: Persistence::Unlogged,
                    if_not_exists: true,
                    elements: vec![a()],
                    inherits: vec![bare("p"), QualifiedName::qualified("s", "q")],
                    options: vec![
                        option("fillfactor", Some("70")),
                        option("autovacuum_enabled", Some("false")),
                    ],
                    tablespace: Some(name("fast")),
                    access_method: Some(name("heap")),
                    ..empty("t")
                },
            ),
            (
                "CREATE TEMP TABLE t (a int) ON COMMIT DROP",
                CreateTable {
                    persistence: Persistence::Temporary,
                    elements: vec![a()],
                    on_commit: OnCommit::Drop,
                    ..empty("t")
                },
            ),
            (
                "CREATE FOREIGN TABLE t (a int) SERVER remote",
                CreateTable { foreign_server: Some(name("remote")), elements: vec![a()], ..empty("t") },
            ),
            ("CREATE TABLE t OF shape", CreateTable { of_type: Some(type_name("shape")), ..empty("t") }),
            (
                "CREATE TABLE t (LIKE s.u INCLUDING DEFAULTS INCLUDING INDEXES)",
                CreateTable {
                    elements: vec![TableElement::Like {
                        source: QualifiedName::qualified("s", "u"),
                        including: LikeOptions { defaults: true, indexes: true, ..Default::default() },
                    }],
                    ..empty("t")
                },
            ),
            ("CREATE TABLE t PARTITION OF p DEFAULT", partition(PartitionBound::Default)),
            (
                "CREATE TABLE t PARTITION OF p FOR VALUES IN ('a', NULL)",
                partition(PartitionBound::List(vec![expression("'a'"), expression("NULL")])),
            ),
            (
                "CREATE TABLE t PARTITION OF p FOR VALUES FROM (MINVALUE, 1) TO ('2024-01-01', MAXVALUE)",
                partition(PartitionBound::Range {
                    from: vec![expression("minvalue"), expression("1")],
                    to: vec![expression("'2024-01-01'"), expression("maxvalue")],
                }),
            ),
            (
                "CREATE TABLE t PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 0)",
                partition(PartitionBound::Hash { modulus: 4, remainder: 0 }),
            ),
            (
                "CREATE TABLE t (a int) PARTITION BY LIST (a COLLATE \"C\" text_ops, (lower(b)))",
                CreateTable {
                    elements: vec![a()],
                    partition_by: Some(PartitionBy {
                        strategy: PartitionStrategy::List,
                        keys: vec![
                            IndexElement {
                                key: IndexKey::Column(name("a")),
                                collation: Some(bare("C")),
                                operator_class: Some(bare("text_ops")),
                                descending: false,
                                nulls_first: None,
                            },
                            IndexElement {
                                key: IndexKey::Expression(expression("lower(b)")),
                                collation: None,
                                operator_class: None,
                                descending: false,
                                nulls_first: None,
                            },
                        ],
                    }),
                    ..empty("t")
                },
            ),
        ] {
            assert_eq!(created(sql), expected, "{sql}");
        }
        let strategy = |by| {
            created(&format!("CREATE TABLE t () PARTITION BY {by} (a)")).partition_by.map(|by| by.strategy)
        };
        assert_eq!(strategy("RANGE"), Some(PartitionStrategy::Range));
        assert_eq!(strategy("HASH"), Some(PartitionStrategy::Hash));
    }

    #[test]
    fn like_options_are_the_servers_bits() {
        let like = |sql: &str| match created(&format!("CREATE TABLE t (LIKE u {sql})")).elements.remove(0) {
            TableElement::Like { including, .. } => including,
            other => panic!("{sql}: {other:?}"),
        };
        let all = LikeOptions {
            comments: true,
            compression: true,
            constraints: true,
            defaults: true,
            generated: true,
            identity: true,
            indexes: true,
            statistics: true,
            storage: true,
        };
        assert_eq!(like(""), LikeOptions::default());
        assert_eq!(like("INCLUDING ALL"), all);
        assert_eq!(like("INCLUDING ALL EXCLUDING STORAGE"), LikeOptions { storage: false, ..all });
        assert_eq!(
            like("INCLUDING COMMENTS INCLUDING CONSTRAINTS INCLUDING IDENTITY INCLUDING STATISTICS"),
            LikeOptions {
                comments: true,
                constraints: true,
                identity: true,
                statistics: true,
                ..Default::default()
            }
        );
        assert_eq!(
            like("INCLUDING COMPRESSION INCLUDING GENERATED"),
            LikeOptions { compression: true, generated: true, ..Default::default() }
        );
    }

    #[test]
    fn columns_of_typed_tables_and_partitions_have_no_type() {
        let table = created("CREATE TABLE t OF shape (a WITH OPTIONS PRIMARY KEY, CHECK (b > 0))");
        let [TableElement::Column(column), TableElement::Constraint(_)] = table.elements.as_slice() else {
            panic!("{:?}", table.elements)
        };
        assert!(column.type_name.is_none() && column.not_null());
    }

    #[test]
    fn tables_made_by_queries() {
        let made = |sql: &str| match parsed(sql) {
            Command::CreateTableAs(made) => CreateTableAs { query: None, ..made },
            other => panic!("{sql}: {other:?}"),
        };
        let plain = CreateTableAs {
            name: bare("t"),
            materialized_view: false,
            persistence: Persistence::Permanent,
            if_not_exists: false,
            columns: Vec::new(),
            query: None,
            with_data: true,
            options: Vec::new(),
            tablespace: None,
            on_commit: OnCommit::Unsaid,
        };
        assert_eq!(made("CREATE TABLE t AS SELECT 1"), plain);
        assert_eq!(made("CREATE TABLE t AS EXECUTE q"), plain);
        assert_eq!(
            made(
                "CREATE TEMP TABLE IF NOT EXISTS t (a, b) WITH (fillfactor = 9) TABLESPACE x AS SELECT 1, 2 WITH NO DATA"
            ),
            CreateTableAs {
                persistence: Persistence::Temporary,
                if_not_exists: true,
                columns: words(&["a", "b"]),
                with_data: false,
                options: vec![option("fillfactor", Some("9"))],
                tablespace: Some(name("x")),
                ..plain.clone()
            }
        );
        assert_eq!(
            made("CREATE MATERIALIZED VIEW t AS SELECT 1 WITH NO DATA"),
            CreateTableAs { materialized_view: true, with_data: false, ..plain.clone() }
        );
        assert_eq!(made("SELECT 1 INTO t"), plain);
        assert_eq!(
            made("SELECT 1 INTO UNLOGGED t UNION SELECT 2"),
            CreateTableAs { persistence: Persistence::Unlogged, ..plain }
        );
    }

    #[test]
    fn the_query_of_select_into_is_without_into() {
        for (sql, query) in [
            ("SELECT a INTO t FROM u", "SELECT a FROM u"),
            ("SELECT 1 INTO t UNION SELECT 2", "SELECT 1 UNION SELECT 2"),
            ("CREATE TABLE t AS SELECT a FROM u", "SELECT a FROM u"),
        ] {
            let Command::CreateTableAs(CreateTableAs { query: Some(found), .. }) = parsed(sql) else {
                panic!("{sql}")
            };
            assert_eq!(&*found.sql, query);
        }
    }

    #[test]
    fn truncate() {
        let expected = super::Truncate {
            tables: vec![(bare("a"), true), (QualifiedName::qualified("s", "b"), false)],
            restart_identity: true,
            behavior: Behavior::Cascade,
        };
        assert_eq!(
            parsed("TRUNCATE TABLE ONLY a, s.b RESTART IDENTITY CASCADE"),
            Command::Truncate(expected)
        );
    }
}
