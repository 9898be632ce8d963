//! Queries and data-modifying statements.

use super::expression::{at, node, nodes, optional, window_parts};
use super::named::type_name;
use super::{given, name, names, range_var, relations};
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{
    At, Dml, FromItem, JoinKind, Literal, LockRows, Name, Node, OnConflict, QualifiedName, Query, Select,
    Source, Target, TypeName, With,
};

/// A query that is a statement of its own, or all of a view's: with its text.
pub(super) fn query(select: &pg::SelectStmt) -> Query {
    Query { sql: pg::deparse(select).into(), ..inner_query(select) }
}

/// A query inside another statement, without its text. A chain of UNIONs is walked in a loop: it is as
/// deep as it is long.
pub(super) fn inner_query(outermost: &pg::SelectStmt) -> Query {
    let mut chain = vec![outermost];
    while let Some(left) = chain.last().and_then(|last| last.larg.as_deref()) {
        chain.push(left);
    }
    let mut innermost: Option<Query> = None;
    for select in chain.into_iter().rev() {
        let body = match (innermost.take(), &select.rarg) {
            (Some(left), Some(right)) => Select::SetOperation(Box::new(left), Box::new(inner_query(right))),
            _ if !select.values_lists.is_empty() => {
                Select::Values(select.values_lists.iter().map(row).collect())
            }
            _ => simple_select(select),
        };
        innermost = Some(clauses(select, body));
    }
    innermost.unwrap_or_else(|| clauses(outermost, Select::Values(Vec::new())))
}

/// What may stand around any kind of query: WITH, ORDER BY, LIMIT, FOR UPDATE.
fn clauses(statement: &pg::SelectStmt, select: Select) -> Query {
    let bound = |tree: &pg::Node| {
        // LIMIT ALL is the constant NULL.
        tree.get().map(node).filter(|bound| *bound != Node::Literal(Literal::Null))
    };
    Query {
        sql: "".into(),
        with: with(&statement.with_clause),
        select,
        order_by: nodes(&statement.sort_clause),
        limit: bound(&statement.limit_count),
        offset: bound(&statement.limit_offset),
        lock_rows: statement.locking_clause.iter().filter_map(lock_rows).max(),
        lock_rows_of: lock_rows_of(&statement.locking_clause),
    }
}

fn simple_select(select: &pg::SelectStmt) -> Select {
    let mut grouping = nodes(&select.group_clause);
    grouping.extend(optional(&select.having_clause));
    // DISTINCT without ON is a list of one empty node.
    grouping.extend(select.distinct_clause.iter().filter_map(pg::Node::get).map(node));
    for window in &select.window_clause {
        if let NodeKind::WindowDef(window) = window.kind() {
            grouping.extend(window_parts(window));
        }
    }
    Select::Simple {
        targets: targets(&select.target_list),
        from: from_items(&select.from_clause),
        condition: select.where_clause.get().map(node),
        grouping,
        grouped: !select.group_clause.is_empty()
            || !select.distinct_clause.is_empty()
            || select.having_clause.get().is_some(),
    }
}

fn row(tree: &pg::Node) -> Vec<Node> {
    match tree.kind() {
        NodeKind::List(row) => nodes(row),
        _ => Vec::new(),
    }
}

fn targets(list: &[pg::Node]) -> Vec<Target> {
    list.iter()
        .map(|tree| match tree.kind() {
            NodeKind::ResTarget(target) => {
                Target { alias: given(&target.name), node: node(tree), at: at(target.location) }
            }
            _ => Target { alias: None, node: node(tree), at: At::default() },
        })
        .collect()
}

fn lock_rows(tree: &pg::Node) -> Option<LockRows> {
    use pg::LockClauseStrength as Strength;
    let NodeKind::LockingClause(clause) = tree.kind() else { return None };
    match clause.strength {
        Strength::LcsForkeyshare => Some(LockRows::KeyShare),
        Strength::LcsForshare => Some(LockRows::Share),
        Strength::LcsFornokeyupdate => Some(LockRows::NoKeyUpdate),
        Strength::LcsForupdate => Some(LockRows::Update),
        Strength::LcsNone => None,
    }
}

/// The tables that the clauses name; none where one of them is for all.
fn lock_rows_of(clauses: &[pg::Node]) -> Vec<Name> {
    let mut named = Vec::new();
    for clause in clauses {
        let NodeKind::LockingClause(clause) = clause.kind() else { continue };
        if clause.locked_rels.is_empty() {
            return Vec::new();
        }
        named.extend(relations(&clause.locked_rels).into_iter().map(|(relation, _)| relation.name));
    }
    named
}

fn with(clause: &Option<pg::Ref<pg::WithClause>>) -> Vec<With> {
    let Some(clause) = clause else { return Vec::new() };
    clause
        .ctes
        .iter()
        .filter_map(|tree| match tree.kind() {
            NodeKind::CommonTableExpr(cte) => Some(With {
                name: name(&cte.ctename),
                columns: names(&cte.aliascolnames),
                recursive: clause.recursive,
                source: source(cte.ctequery.kind())?,
                extended: cte.search_clause.is_some() || cte.cycle_clause.is_some(),
            }),
            _ => None,
        })
        .collect()
}

fn source(tree: NodeKind<'_>) -> Option<Source> {
    match tree {
        NodeKind::SelectStmt(select) => Some(Source::Query(Box::new(inner_query(select)))),
        _ => dml(tree).map(|dml| Source::Dml(Box::new(dml))),
    }
}

fn from_items(list: &[pg::Node]) -> Vec<FromItem> {
    list.iter().map(from_item).collect()
}

/// A chain of JOINs is walked in a loop: it is as deep as it is long.
fn from_item(outermost: &pg::Node) -> FromItem {
    let mut joins = Vec::new();
    let mut leftmost = outermost;
    while let NodeKind::JoinExpr(join) = leftmost.kind()
        && let Some(left) = join.larg.get()
    {
        joins.push(join);
        leftmost = left;
    }
    let mut item = single_item(leftmost);
    for join in joins.into_iter().rev() {
        let Some(right) = join.rarg.get() else { continue };
        item = FromItem::Join {
            kind: match join.jointype {
                pg::JoinType::JoinLeft => JoinKind::Left,
                pg::JoinType::JoinRight => JoinKind::Right,
                pg::JoinType::JoinFull => JoinKind::Full,
                _ => JoinKind::Inner,
            },
            left: Box::new(item),
            right: Box::new(from_item(right)),
            condition: join.quals.get().map(node),
            using: names(&join.using_clause),
            natural: join.is_natural,
            using_alias: alias(&join.join_using_alias),
            alias: alias(&join.alias),
            columns: alias_columns(&join.alias),
        };
    }
    item
}

fn single_item(tree: &pg::Node) -> FromItem {
    match tree.kind() {
        NodeKind::RangeVar(relation) => FromItem::Relation {
            name: range_var(relation),
            alias: alias(&relation.alias),
            columns: alias_columns(&relation.alias),
            only: !relation.inh,
            at: at(relation.location),
        },
        NodeKind::RangeTableSample(sample) => single_item(&sample.relation),
        NodeKind::RangeSubselect(subselect) => match subselect.subquery.kind() {
            NodeKind::SelectStmt(select) => {
                let (alias, columns) = (alias(&subselect.alias), alias_columns(&subselect.alias));
                FromItem::Query { query: Box::new(inner_query(select)), alias, columns }
            }
            _ => rows_of(tree),
        },
        _ => rows_of(tree),
    }
}

/// A function or anything else that makes rows.
fn rows_of(tree: &pg::Node) -> FromItem {
    match tree.kind() {
        NodeKind::RangeFunction(function) => {
            // Each element is a function with its column definitions.
            let mut calls: Vec<Node> =
                function.functions.iter().filter_map(|call| row(call).into_iter().next()).collect();
            let node = match calls.len() {
                1 => calls.remove(0),
                _ => Node::Other { what: "ROWS FROM", parts: calls },
            };
            let definitions = function.coldeflist.iter().filter_map(|column| match column.kind() {
                NodeKind::ColumnDef(column) => {
                    Some((name(&column.colname), type_name(column.type_name.as_ref()?)))
                }
                _ => None,
            });
            FromItem::Function {
                node,
                alias: alias(&function.alias),
                columns: alias_columns(&function.alias),
                definitions: definitions.collect(),
                ordinality: function.ordinality,
            }
        }
        NodeKind::RangeTableFunc(table) => {
            let mut parts = [optional(&table.docexpr), optional(&table.rowexpr)].concat();
            let mut definitions = Vec::new();
            for column in &table.columns {
                if let NodeKind::RangeTableFuncCol(column) = column.kind() {
                    parts.extend(optional(&column.colexpr));
                    parts.extend(optional(&column.coldefexpr));
                    definitions.push(table_column(&column.colname, &column.type_name, "int4"));
                }
            }
            table_of("XMLTABLE", parts, definitions, &table.alias)
        }
        NodeKind::JsonTable(table) => {
            let context = table.context_item.as_deref().map(|item| optional(&item.raw_expr));
            let parts = [context.unwrap_or_default(), nodes(&table.passing)].concat();
            let mut definitions = Vec::new();
            json_columns(&table.columns, &mut definitions);
            table_of("JSON_TABLE", parts, definitions, &table.alias)
        }
        _ => table_of("unknown", vec![node(tree)], Vec::new(), &None),
    }
}

/// XMLTABLE and JSON_TABLE, which define their columns.
fn table_of(
    what: &'static str,
    parts: Vec<Node>,
    definitions: Vec<(Name, TypeName)>,
    named: &Option<pg::Ref<pg::Alias>>,
) -> FromItem {
    FromItem::Function {
        node: Node::Other { what, parts },
        alias: alias(named),
        columns: alias_columns(named),
        definitions,
        ordinality: false,
    }
}

/// A column of these; FOR ORDINALITY says no type.
fn table_column(column: &str, written: &Option<pg::Ref<pg::TypeName>>, otherwise: &str) -> (Name, TypeName) {
    let data_type = written.as_ref().map(|written| type_name(written));
    let data_type = data_type.unwrap_or_else(|| TypeName {
        name: QualifiedName::qualified("pg_catalog", otherwise),
        modifiers: Vec::new(),
        array_dimensions: 0,
        set_of: false,
        percent_type: false,
        text: otherwise.into(),
    });
    (name(column), data_type)
}

/// The columns of JSON_TABLE, those of NESTED PATH behind the others.
fn json_columns(list: &[pg::Node], into: &mut Vec<(Name, TypeName)>) {
    let columns = || {
        list.iter().filter_map(|column| match column.kind() {
            NodeKind::JsonTableColumn(column) => Some(column),
            _ => None,
        })
    };
    let is_nested = |column: &&pg::JsonTableColumn| column.coltype == pg::JsonTableColumnType::JtcNested;
    into.extend(columns().filter(|c| !is_nested(c)).map(|c| table_column(&c.name, &c.type_name, "int4")));
    columns().filter(is_nested).for_each(|column| json_columns(&column.columns, into));
}

fn alias(alias: &Option<pg::Ref<pg::Alias>>) -> Option<Name> {
    alias.as_ref().map(|alias| name(&alias.aliasname))
}

fn alias_columns(alias: &Option<pg::Ref<pg::Alias>>) -> Vec<Name> {
    alias.as_ref().map(|alias| names(&alias.colnames)).unwrap_or_default()
}

/// INSERT, UPDATE, DELETE or MERGE; none for anything else.
pub(super) fn dml(statement: NodeKind<'_>) -> Option<Dml> {
    match statement {
        NodeKind::InsertStmt(insert) => Some(Dml::Insert {
            with: with(&insert.with_clause),
            table: range_var(insert.relation.as_ref()?),
            columns: insert.cols.iter().filter_map(column).collect(),
            overriding: insert.r#override != pg::OverridingKind::OverridingNotSet,
            source: insert.select_stmt.get().and_then(|select| match select.kind() {
                NodeKind::SelectStmt(select) => Some(Box::new(inner_query(select))),
                _ => None,
            }),
            on_conflict: insert.on_conflict_clause.as_deref().and_then(on_conflict),
            returning: returning(&insert.returning_clause),
        }),
        NodeKind::UpdateStmt(update) => {
            let (table, alias, only) = target(update.relation.as_ref()?);
            Some(Dml::Update {
                with: with(&update.with_clause),
                table,
                alias,
                only,
                assignments: assignments(&update.target_list),
                from: from_items(&update.from_clause),
                condition: update.where_clause.get().map(node),
                returning: returning(&update.returning_clause),
            })
        }
        NodeKind::DeleteStmt(delete) => {
            let (table, alias, only) = target(delete.relation.as_ref()?);
            Some(Dml::Delete {
                with: with(&delete.with_clause),
                table,
                alias,
                only,
                using: from_items(&delete.using_clause),
                condition: delete.where_clause.get().map(node),
                returning: returning(&delete.returning_clause),
            })
        }
        NodeKind::MergeStmt(merge) => Some(Dml::Merge {
            with: with(&merge.with_clause),
            table: range_var(merge.relation.as_ref()?),
            source: Box::new(from_item(merge.source_relation.get()?)),
            condition: merge.join_condition.get().map(node),
        }),
        _ => None,
    }
}

/// The table that a statement changes: its name, its alias, and whether ONLY stands before it.
fn target(relation: &pg::RangeVar) -> (QualifiedName, Option<Name>, bool) {
    (range_var(relation), alias(&relation.alias), !relation.inh)
}

fn column(tree: &pg::Node) -> Option<Name> {
    match tree.kind() {
        NodeKind::ResTarget(target) => Some(name(&target.name)),
        _ => None,
    }
}

fn on_conflict(clause: &pg::OnConflictClause) -> Option<OnConflict> {
    match clause.action {
        pg::OnConflictAction::OnconflictNothing => Some(OnConflict::Nothing),
        pg::OnConflictAction::OnconflictUpdate => Some(OnConflict::Update(assignments(&clause.target_list))),
        pg::OnConflictAction::OnconflictNone => None,
    }
}

fn assignments(list: &[pg::Node]) -> Vec<(Name, Node)> {
    list.iter()
        .filter_map(|tree| match tree.kind() {
            NodeKind::ResTarget(target) => Some((name(&target.name), assigned(target.val.get()?))),
            _ => None,
        })
        .collect()
}

/// What is assigned to a column, also as its part of `(a, b) = (1, 2)`.
fn assigned(tree: &pg::Node) -> Node {
    if let NodeKind::MultiAssignRef(reference) = tree.kind()
        && let NodeKind::RowExpr(row) = reference.source.kind()
        && let Some(value) = usize::try_from(reference.colno - 1).ok().and_then(|column| row.args.get(column))
    {
        return node(value);
    }
    node(tree)
}

fn returning(clause: &Option<pg::Ref<pg::ReturningClause>>) -> Vec<Target> {
    clause.as_ref().map(|clause| targets(&clause.exprs)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::lower::testing::{bare, parsed, words};
    use crate::sql::{Command, QualifiedName};

    fn select(sql: &str) -> Query {
        match parsed(sql) {
            Command::Query(query) => query,
            other => panic!("{sql}: {other:?}"),
        }
    }

    fn change(sql: &str) -> Dml {
        match parsed(sql) {
            Command::Dml(dml) => dml,
            other => panic!("{sql}: {other:?}"),
        }
    }

    fn column(name: &str) -> Node {
        Node::Column(words(&[name]), At::default())
    }

    fn integer(value: i64) -> Node {
        Node::Literal(Literal::Integer(value))
    }

    fn relation(name: &str, alias: Option<&str>) -> FromItem {
        let alias = alias.map(crate::sql::name);
        FromItem::Relation { name: bare(name), alias, columns: Vec::new(), only: false, at: At::default() }
    }

    #[test]
    fn a_select_has_its_clauses() {
        let query = select(
            "SELECT a AS x, t.* FROM t WHERE a > 1 GROUP BY b HAVING max(c) > 2
             ORDER BY d DESC, 2 LIMIT 10 OFFSET 5 FOR SHARE FOR NO KEY UPDATE SKIP LOCKED",
        );
        assert_eq!(
            &*query.sql,
            "SELECT a AS x, t.* FROM t WHERE a > 1 GROUP BY b HAVING max(c) > 2 \
             ORDER BY d DESC, 2 LIMIT 10 OFFSET 5 FOR SHARE FOR NO KEY UPDATE SKIP LOCKED"
        );
        assert_eq!(query.order_by, [column("d"), integer(2)]);
        assert_eq!((query.limit, query.offset), (Some(integer(10)), Some(integer(5))));
        assert_eq!(query.lock_rows, Some(LockRows::NoKeyUpdate));
        let Select::Simple { targets, from, condition, grouping, grouped } = query.select else { panic!() };
        assert_eq!(targets[0], Target { alias: Some("x".into()), node: column("a"), at: At::default() });
        assert_eq!(targets[1], Target { alias: None, node: Node::Star(Some("t".into())), at: At::default() });
        assert_eq!(from, [relation("t", None)]);
        assert!(condition.is_some() && grouped && grouping.len() == 2);
    }

    #[test]
    fn grouping_is_seen_in_each_of_its_forms() {
        for (sql, expected) in [
            ("SELECT 1", false),
            ("SELECT count(*) FROM t", false),
            ("SELECT DISTINCT a FROM t", true),
            ("SELECT DISTINCT ON (b) a FROM t", true),
            ("SELECT FROM t GROUP BY ROLLUP (a)", true),
            ("SELECT 1 HAVING true", true),
        ] {
            let Select::Simple { grouped, .. } = select(sql).select else { panic!("{sql}") };
            assert_eq!(grouped, expected, "{sql}");
        }
    }

    #[test]
    fn limit_all_is_no_limit() {
        assert_eq!(select("SELECT 1 LIMIT ALL").limit, None);
        assert_eq!(select("SELECT 1 FETCH FIRST ROW ONLY").limit, Some(integer(1)));
    }

    #[test]
    fn values_and_set_operations_are_selects_too() {
        assert_eq!(
            select("VALUES (1, a), (2, b)").select,
            Select::Values(vec![vec![integer(1), column("a")], vec![integer(2), column("b")],])
        );
        let query = select("SELECT 1 UNION SELECT 2 EXCEPT (SELECT 3 ORDER BY 1) LIMIT 4");
        assert_eq!(query.limit, Some(integer(4)));
        let Select::SetOperation(left, right) = query.select else { panic!() };
        assert!(matches!(left.select, Select::SetOperation(..)) && left.sql.is_empty());
        assert_eq!(right.order_by, [integer(1)]);
    }

    #[test]
    fn everything_that_may_stand_in_from_does() {
        let Select::Simple { from, .. } = select(
            "SELECT FROM ONLY a AS x, s.b TABLESAMPLE SYSTEM (5), (SELECT 1) AS q, generate_series(1, 2) AS g, \
             ROWS FROM (f(), g()) AS r, LATERAL (VALUES (1)) AS v, JSON_TABLE(j, '$' COLUMNS (x int)) AS jt, \
             XMLTABLE('/x' PASSING d COLUMNS y int PATH 'y') AS xt, \
             c JOIN d ON c.x = d.x LEFT JOIN (e CROSS JOIN f) USING (k, l)",
        )
        .select
        else {
            panic!()
        };
        assert_eq!(
            from[0],
            FromItem::Relation {
                name: bare("a"),
                alias: Some("x".into()),
                columns: Vec::new(),
                only: true,
                at: At::default()
            }
        );
        let sampled = FromItem::Relation {
            name: QualifiedName::qualified("s", "b"),
            alias: None,
            columns: Vec::new(),
            only: false,
            at: At::default(),
        };
        assert_eq!(from[1], sampled);
        assert!(matches!(&from[2], FromItem::Query { alias: Some(alias), .. } if &**alias == "q"));
        for (item, kind, name) in [
            (3, "generate_series", "g"),
            (4, "ROWS FROM", "r"),
            (6, "JSON_TABLE", "jt"),
            (7, "XMLTABLE", "xt"),
        ] {
            let FromItem::Function { node, alias, .. } = &from[item] else { panic!("{:?}", from[item]) };
            assert_eq!(alias.as_deref(), Some(name));
            match node {
                Node::Function { name, .. } => assert_eq!(&*name.name, kind),
                Node::Other { what, parts } => assert!(*what == kind && !parts.is_empty()),
                other => panic!("{other:?}"),
            }
        }
        assert!(
            matches!(&from[5], FromItem::Query { query, .. } if matches!(query.select, Select::Values(_)))
        );
        let FromItem::Join { left, right, condition, using, .. } = &from[8] else { panic!() };
        assert!(
            matches!(&**left, FromItem::Join { condition: Some(_), left, .. } if **left == relation("c", None))
        );
        assert!(matches!(&**right, FromItem::Join { condition: None, .. }));
        assert!(condition.is_none() && *using == words(&["k", "l"]));
    }

    #[test]
    fn with_holds_queries_and_changes() {
        let query = select("WITH a AS (SELECT 1), b AS (DELETE FROM t RETURNING *) SELECT FROM a, b");
        assert!(matches!(&query.with[0], With { name, source: Source::Query(_), .. } if &**name == "a"));
        assert!(matches!(&query.with[1], With { source: Source::Dml(dml), .. } if dml.table() == &bare("t")));
    }

    #[test]
    fn insert_has_rows_conflicts_and_returning() {
        let Dml::Insert { with, table, columns, overriding: true, source, on_conflict, returning } = change(
            "WITH w AS (SELECT 1) INSERT INTO s.t AS x (a, b[1]) OVERRIDING USER VALUE VALUES (1, DEFAULT)
             ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING a AS y",
        ) else {
            panic!()
        };
        assert_eq!((with.len(), table), (1, QualifiedName::qualified("s", "t")));
        assert_eq!(columns, words(&["a", "b"]));
        let default = Node::Other { what: "DEFAULT", parts: vec![] };
        assert_eq!(source.unwrap().select, Select::Values(vec![vec![integer(1), default]]));
        let excluded = Node::Column(words(&["excluded", "b"]), At::default());
        assert_eq!(on_conflict, Some(OnConflict::Update(vec![("b".into(), excluded)])));
        assert_eq!(returning, [Target { alias: Some("y".into()), node: column("a"), at: At::default() }]);

        let Dml::Insert { overriding: false, source, on_conflict, .. } =
            change("INSERT INTO t DEFAULT VALUES ON CONFLICT DO NOTHING")
        else {
            panic!()
        };
        assert_eq!((source, on_conflict), (None, Some(OnConflict::Nothing)));
    }

    #[test]
    fn update_and_delete_have_tables_and_conditions() {
        let Dml::Update { table, alias, only, assignments, from, condition, .. } = change(
            "UPDATE ONLY t AS x SET a = 1, (b, c) = (2, d), (e, f) = (SELECT 1, 2) FROM u WHERE u.a = x.a",
        ) else {
            panic!()
        };
        assert_eq!((table, alias, only), (bare("t"), Some("x".into()), true));
        assert_eq!(
            assignments[..3],
            [("a".into(), integer(1)), ("b".into(), integer(2)), ("c".into(), column("d")),]
        );
        assert!(assignments[3..].iter().all(|(_, node)| node.subqueries().len() == 1));
        assert_eq!((assignments.len(), from, condition.is_some()), (5, vec![relation("u", None)], true));

        let Dml::Delete { table, using, condition, returning, .. } =
            change("DELETE FROM t USING u AS v WHERE CURRENT OF c RETURNING *")
        else {
            panic!()
        };
        assert_eq!((table, using), (bare("t"), vec![relation("u", Some("v"))]));
        assert_eq!(condition, Some(Node::Other { what: "CURRENT OF", parts: vec![] }));
        assert_eq!(returning.len(), 1);
    }

    #[test]
    fn merge_has_its_source() {
        let Dml::Merge { table, source, condition, .. } =
            change("MERGE INTO t USING (SELECT 1) AS s ON t.a = s.a WHEN MATCHED THEN DELETE")
        else {
            panic!()
        };
        assert!(table == bare("t") && condition.is_some());
        assert!(matches!(*source, FromItem::Query { .. }));
    }
}
