//! Types, refusals and the texts of views, by way of statements. The oracle's cases in `expressions` ask real servers.

use crate::schema::{Schema, ddl};
use crate::simulate::{Server, State, World, step};
use crate::sql::parse;

/// What a closed world of PostgreSQL 18 is after a script, and the SQLSTATE of the last statement.
fn run(sql: &str) -> (Schema, Option<&'static str>) {
    let server = Server { version: 18, world: World::closed() };
    let mut state = State::default();
    let mut last = None;
    for statement in parse(sql, 0) {
        let done = step(&state, &statement, &server);
        last = done.error.as_ref().map(|error| error.sqlstate);
        state = done.after;
    }
    (state.schema, last)
}

const TABLE: &str = "CREATE TABLE t (i int, b bigint, s smallint, n numeric(8,2), v varchar(10), x text, d date, \
    ts timestamp, tz timestamptz, j jsonb, a int[], u uuid);";

#[test]
fn an_expression_has_the_type_that_the_server_gives_it() {
    for (expression, expected) in [
        ("i + s", "integer"),
        ("i + b", "bigint"),
        ("i / 2.5", "numeric"),
        ("n", "numeric(8,2)"),
        ("-n", "numeric"),
        ("v || 'x'", "text"),
        ("a || 1", "integer[]"),
        ("d - d", "integer"),
        ("d + interval '1 day'", "timestamp without time zone"),
        ("tz - ts", "interval"),
        ("j -> 'a'", "jsonb"),
        ("j ->> 'a'", "text"),
        ("a[1]", "integer"),
        ("a[1:2]", "integer[]"),
        ("COALESCE(v, 'x')", "character varying"),
        ("CASE WHEN true THEN n ELSE i END", "numeric"),
        ("NULLIF(v, '')", "text"),
        ("sum(i)", "bigint"),
        ("avg(i)", "numeric"),
        ("array_agg(d)", "date[]"),
        ("max(v)", "text"),
        ("date_trunc('day', d)", "timestamp with time zone"),
        ("make_interval(days => i)", "interval"),
        ("(SELECT count(*) FROM t AS o WHERE o.i = t.i)", "bigint"),
        ("ARRAY(SELECT u FROM t)", "uuid[]"),
        ("i IN (1, 2) AND x LIKE 'a%'", "boolean"),
    ] {
        let (schema, error) = run(&format!("{TABLE} CREATE VIEW w AS SELECT {expression} AS r FROM t"));
        assert_eq!(error, None, "{expression}");
        let view =
            schema.relation_named("public", "w").and_then(|relation| relation.view()).expect(expression);
        assert_eq!(schema.format_type(&view.column_types[0]), expected, "{expression}");
    }
}

#[test]
fn what_means_nothing_is_refused() {
    for (expression, sqlstate) in [
        ("nope", "42703"),
        ("t.nope", "42703"),
        ("o.i", "42P01"),
        ("lower(i)", "42883"),
        ("x = i", "42883"),
        ("i::date", "42846"),
        ("'x'::int", "22P02"),
        ("CASE WHEN i THEN 1 END", "42804"),
        ("COALESCE(i, d)", "42804"),
        ("i[1]", "42804"),
        ("'1' + '2'", "42725"),
        ("'none'::regclass", "42P01"),
        ("ARRAY[]", "42P18"),
    ] {
        let (_, error) = run(&format!("{TABLE} SELECT {expression} FROM t"));
        assert_eq!(error, Some(sqlstate), "{expression}");
    }
}

#[test]
fn a_type_that_is_not_known_refuses_nothing() {
    let open = Server { version: 18, world: World::default() };
    for sql in ["SELECT a + b, lower(c), d = 5 FROM somewhere", "SELECT st_makepoint(1, 2), 'a' % 'b'"] {
        for statement in parse(sql, 0) {
            assert_eq!(step(&State::default(), &statement, &open).error, None, "{sql}");
        }
    }
}

#[test]
fn a_view_follows_what_it_reads() {
    let (schema, error) = run("CREATE TABLE t (id int, name text); \
        CREATE VIEW v AS SELECT * FROM t; \
        CREATE VIEW w AS SELECT t.name, x.id FROM t JOIN t AS x USING (id) WHERE t.name <> ''; \
        ALTER TABLE t ADD extra int; ALTER TABLE t RENAME name TO title; ALTER TABLE t RENAME TO things");
    assert_eq!(error, None);
    let query = |name: &str| {
        let relation = schema.relation_named("public", name).expect(name);
        relation.view().map(|view| view.query.to_string()).unwrap_or_default()
    };
    assert_eq!(query("v"), "SELECT id, title AS name FROM things");
    assert_eq!(
        query("w"),
        "SELECT things.title AS name, x.id FROM things JOIN things x USING (id) WHERE things.title <> ''"
    );
    assert!(!ddl(&schema).contains('*'));
}
