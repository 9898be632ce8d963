//! Compares the layouts declared here with the library's own: with the protobuf that it writes of a tree.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::kind::{NAMES, fields};
use super::{AConst, CreateForeignTableStmt, CreateStmt, List, Long, Node, NodeKind, Ref, Text, Unread};
use crate::sql::parser::Tree;

thread_local! {
    /// The names of the nodes whose fields were dumped.
    static MET: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes that the fields of a node of that name are dumped.
pub(super) fn meet(name: &'static str) {
    MET.with_borrow_mut(|met| met.insert(name));
}

/// A field's value as the protobuf's JSON has it.
pub(super) trait Dump {
    fn dump(&self) -> Value;
}

/// The fields of a node, by name.
pub(super) trait Fields {
    fn fields(&self) -> Vec<(&'static str, Value)>;
}

/// The protobuf counts the variants of an enumeration from 1. Where C's numbers are letters, ours begin with one
/// for zero.
pub(super) fn enumeration<T: PartialEq>(value: T, variants: &[T], number: u32) -> Value {
    let position = variants.iter().position(|variant| *variant == value).unwrap();
    json!(if number as usize == position { position + 1 } else { position })
}

fn object(fields: Vec<(&'static str, Value)>) -> Value {
    Value::Object(
        fields
            .into_iter()
            .map(|(name, value)| (name.trim_start_matches("r#").to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}

impl Dump for Node {
    fn dump(&self) -> Value {
        match self.kind() {
            NodeKind::Null => Value::Null,
            NodeKind::List(items) => json!({ "node": { "List": { "items": dump_all(items) } } }),
            kind => {
                let (name, fields) = fields(kind).unwrap_or_else(|| panic!("a node that is not declared"));
                json!({ "node": { name: object(fields) } })
            }
        }
    }
}

/// In a list, no node is an empty one.
fn dump_all(items: &[Node]) -> Value {
    let dump = |item: &Node| item.get().map_or_else(|| json!({ "node": null }), Node::dump);
    Value::Array(items.iter().map(dump).collect())
}

impl Dump for List {
    fn dump(&self) -> Value {
        dump_all(self)
    }
}

impl<T: Fields> Dump for Option<Ref<T>> {
    fn dump(&self) -> Value {
        self.as_ref().map_or(Value::Null, |node| object(node.fields()))
    }
}

impl Dump for Text {
    fn dump(&self) -> Value {
        json!(**self)
    }
}

impl Dump for u8 {
    fn dump(&self) -> Value {
        json!(if *self == 0 { String::new() } else { char::from(*self).to_string() })
    }
}

impl Dump for Unread {
    fn dump(&self) -> Value {
        json!(self.0 + 1)
    }
}

impl Dump for Long {
    fn dump(&self) -> Value {
        json!(self.0)
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Dump for $type {
            fn dump(&self) -> Value {
                json!(*self)
            }
        }
    )*};
}

numbers!(bool, i16, i32, u32);

impl Fields for AConst {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        meet("AConst");
        let value = self.value().and_then(fields).map_or(Value::Null, |(name, fields)| {
            let member = match name {
                "Integer" => "Ival",
                "Float" => "Fval",
                "Boolean" => "Boolval",
                "String" => "Sval",
                "BitString" => "Bsval",
                other => other,
            };
            json!({ member: object(fields) })
        });
        vec![("val", value), ("isnull", self.isnull.dump())]
    }
}

impl Fields for CreateForeignTableStmt {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        meet("CreateForeignTableStmt");
        let CreateForeignTableStmt { base_stmt, servername, options } = self;
        vec![
            ("base_stmt", object(CreateStmt::fields(base_stmt))),
            ("servername", servername.dump()),
            ("options", options.dump()),
        ]
    }
}

/// Adds what is in `ours` and not the same in `theirs`, which may have more fields.
fn compare(path: &str, ours: &Value, theirs: &Value, wrong: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (name, our) in ours {
                let their = theirs.iter().find(|(their, _)| their.eq_ignore_ascii_case(name));
                let their = their.map_or(&Value::Null, |(_, value)| value);
                compare(&format!("{path}.{name}"), our, their, wrong);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (our, their) in ours.iter().zip(theirs) {
                compare(path, our, their, wrong);
            }
        }
        _ if ours == theirs => {}
        _ => wrong.push(format!("{path}: {ours} is {theirs} to the library")),
    }
}

#[test]
fn every_field_is_where_the_library_has_it() {
    let mut wrong = Vec::new();
    for sql in SQL {
        let tree = match Tree::parse(sql) {
            Ok(tree) => tree,
            Err(error) => {
                wrong.push(format!("{sql}: {error:?}"));
                continue;
            }
        };
        let ours = dump_all(tree.statements());
        let theirs = serde_json::to_value(&pg_query::parse(sql, 0).expect(sql).protobuf.stmts).unwrap();
        // The library writes a statement without saying that it is one.
        let ours: Vec<&Value> =
            ours.as_array().unwrap().iter().map(|statement| &statement["node"]["RawStmt"]).collect();
        assert!(ours.iter().all(|statement| statement.is_object()));
        compare("", &json!(ours), &theirs, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missed: Vec<_> = MET.with_borrow(|met| NAMES.iter().filter(|name| !met.contains(**name)).collect());
    assert!(missed.is_empty(), "{missed:?}");
}

/// Statements in which every node that is declared is met, with as many of its fields as can be.
const SQL: &[&str] = &[
    "SELECT a, t.b, t.*, *, $1, 1, -2147483648, 9223372036854775808, 1.5e3, 'x', b'101', x'1F', true, NULL FROM t",
    "SELECT DISTINCT a AS x FROM ONLY s.t AS u (p, q), d.s.t WHERE a = 1 GROUP BY DISTINCT b, c HAVING max(c) > 2 WINDOW w AS (PARTITION BY b ORDER BY c DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING), v AS (w) ORDER BY d USING <, 2 ASC NULLS FIRST LIMIT 10 OFFSET 5 FOR NO KEY UPDATE OF t NOWAIT FOR SHARE SKIP LOCKED",
    "SELECT DISTINCT ON (a, b) 1 UNION ALL SELECT 2 EXCEPT (SELECT 3 ORDER BY 1) INTERSECT VALUES (1, DEFAULT), (2, 3) ORDER BY 1 FETCH FIRST 3 ROWS WITH TIES",
    "SELECT a INTO UNLOGGED t FROM u; TABLE x; SELECT 1",
    "WITH RECURSIVE a (x) AS MATERIALIZED (SELECT 1 UNION SELECT x FROM a) SEARCH DEPTH FIRST BY x SET o CYCLE x SET c TO true DEFAULT false USING p, b AS NOT MATERIALIZED (DELETE FROM t RETURNING *) SELECT FROM a, b",
    "SELECT a + 1, - b, a OPERATOR(pg_catalog.||) b, a = ANY (ARRAY[1, 2]), a < ALL ('{}'), a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b, NULLIF(a, b), a IN (1, 2), a NOT IN (3), a LIKE 'x' ESCAPE '!', a NOT ILIKE 'y', a SIMILAR TO 'z', a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a BETWEEN SYMMETRIC 2 AND 1, a NOT BETWEEN SYMMETRIC 2 AND 1",
    r#"SELECT a AND b OR NOT c, a IS NULL, b IS NOT NULL, c IS TRUE, c IS NOT UNKNOWN, a::int, CAST(b AS s.numeric(4, 2)[][3]), date '2024-01-01', interval '1' day to second (3), c COLLATE "C""#,
    "SELECT f(), s.g(a, VARIADIC b), h(DISTINCT a ORDER BY b), i(x => 1, y := 2), count(*) FILTER (WHERE a) OVER w, rank(1) WITHIN GROUP (ORDER BY a), sum(a) OVER (PARTITION BY b ORDER BY c RANGE UNBOUNDED PRECEDING EXCLUDE TIES), COALESCE(a, b), GREATEST(a, b), LEAST(a, b), ROW(1, 2), (1, 2), ARRAY[[1], [2]], a[1], a[1:2], (a).b, (f()).*",
    "SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, CASE WHEN a THEN b END, EXISTS (SELECT 1), ARRAY(SELECT 1), (SELECT 1), a IN (SELECT 1), a = ALL (SELECT 1), (a, b) < (SELECT 1, 2), CURRENT_DATE, CURRENT_TIMESTAMP(3), CURRENT_USER, LOCALTIME, CURRENT_SCHEMA",
    "SELECT a, GROUPING(a, b) FROM t GROUP BY GROUPING SETS ((a, b), ROLLUP (a), CUBE (b), ())",
    "SELECT XMLELEMENT(NAME e, XMLATTRIBUTES(a AS b), c), XMLFOREST(a AS b), XMLCONCAT(a, b), XMLPARSE(DOCUMENT a), XMLPI(NAME p, 'x'), XMLROOT(a, VERSION '1.0'), a IS DOCUMENT, XMLSERIALIZE(CONTENT a AS text INDENT), extract(year FROM a), overlay(a PLACING b FROM 1), trim(BOTH 'x' FROM a), a AT TIME ZONE 'UTC'",
    "SELECT JSON_OBJECT('a': 1, 'b': 2 NULL ON NULL WITH UNIQUE RETURNING jsonb), JSON_ARRAY(1, 2 ABSENT ON NULL), JSON_ARRAY(SELECT 1), JSON_OBJECTAGG('a': b FORMAT JSON) FILTER (WHERE c) OVER w, JSON_ARRAYAGG(a ORDER BY b RETURNING text FORMAT JSON ENCODING UTF8), JSON(a WITH UNIQUE KEYS), JSON_SCALAR(1), JSON_SERIALIZE(a RETURNING bytea), a IS JSON OBJECT WITH UNIQUE KEYS",
    "SELECT JSON_VALUE(j, '$.a' PASSING 1 AS x RETURNING int DEFAULT 0 ON EMPTY ERROR ON ERROR), JSON_QUERY(j, '$' WITH WRAPPER KEEP QUOTES), JSON_EXISTS(j, '$') FROM JSON_TABLE(j, '$[*]' AS p PASSING 1 AS y COLUMNS (n FOR ORDINALITY, a int PATH '$.a' DEFAULT 1 ON EMPTY, e text EXISTS, f jsonb FORMAT JSON WITH WRAPPER, NESTED PATH '$.b' AS q COLUMNS (c int)) ERROR ON ERROR) AS jt",
    "SELECT FROM (SELECT 1) AS q, LATERAL f(1) WITH ORDINALITY AS g (a, b), ROWS FROM (f() AS (a int), h()) AS r, generate_series(1, 2), t TABLESAMPLE s.bernoulli (5) REPEATABLE (1), XMLTABLE(XMLNAMESPACES('u' AS n), '/x' PASSING d COLUMNS y int PATH 'y' DEFAULT 1 NOT NULL, o FOR ORDINALITY) AS xt, a JOIN b ON a.x = b.x LEFT JOIN c USING (k, l) AS j NATURAL FULL JOIN (d CROSS JOIN e) AS z",
    r#"INSERT INTO s.t AS x (a, b[1], c.d) OVERRIDING SYSTEM VALUE VALUES (1, DEFAULT) ON CONFLICT (a COLLATE "C" ops, lower(b)) WHERE c DO UPDATE SET b = excluded.b WHERE d RETURNING WITH (OLD AS o, NEW AS n) o.a AS y; INSERT INTO t DEFAULT VALUES ON CONFLICT ON CONSTRAINT k DO NOTHING"#,
    "WITH w AS (SELECT 1) UPDATE ONLY t AS x SET a = 1, (b, c) = (2, d), (e, f) = (SELECT 1, 2), g = DEFAULT FROM u WHERE CURRENT OF k RETURNING *",
    "DELETE FROM t USING u AS v WHERE CURRENT OF c RETURNING *",
    "WITH w AS (SELECT 1) MERGE INTO t AS x USING (SELECT 1) AS s ON x.a = s.a WHEN MATCHED AND c THEN UPDATE SET a = 1 WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT (a) OVERRIDING USER VALUE VALUES (1) WHEN MATCHED THEN DO NOTHING RETURNING merge_action(), *",
    r#"CREATE TEMP TABLE IF NOT EXISTS s.t (a int PRIMARY KEY, b text STORAGE external COMPRESSION lz4 COLLATE "C" NOT NULL NO INHERIT DEFAULT 'x', c bigint GENERATED ALWAYS AS IDENTITY (START 5), d int GENERATED ALWAYS AS (a + 1) STORED, e int REFERENCES u (x) MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED NOT ENFORCED, f int CHECK (f > 0) NO INHERIT, UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c) WITH (fillfactor = 70) USING INDEX TABLESPACE x, CONSTRAINT k FOREIGN KEY (a, PERIOD b) REFERENCES s.u (a, PERIOD b) ON DELETE SET DEFAULT (a), EXCLUDE USING gist (a WITH =, lower(b) COLLATE "C" ops DESC NULLS LAST WITH OPERATOR(s.&&)) WHERE (a > 0), PRIMARY KEY (a, b WITHOUT OVERLAPS), NOT NULL a, LIKE s.u INCLUDING DEFAULTS EXCLUDING INDEXES) INHERITS (p, q) PARTITION BY LIST (a COLLATE "C" ops, (lower(b))) USING heap WITH (autovacuum_enabled = false, toast.x = 1) ON COMMIT DROP TABLESPACE fast"#,
    "CREATE TABLE t OF shape (a WITH OPTIONS DEFAULT 1); CREATE TABLE t PARTITION OF p FOR VALUES FROM (MINVALUE, 1) TO ('x', MAXVALUE); CREATE TABLE t PARTITION OF p FOR VALUES IN (1, NULL); CREATE TABLE t PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT PARTITION BY HASH (a)",
    "CREATE FOREIGN TABLE IF NOT EXISTS s.t (a int OPTIONS (x 'y') NOT NULL) INHERITS (p) SERVER remote OPTIONS (k 'v', l 'w')",
    "CREATE TABLE IF NOT EXISTS t (a, b) WITH (fillfactor = 9) ON COMMIT DELETE ROWS TABLESPACE x AS SELECT 1, 2 WITH NO DATA; CREATE MATERIALIZED VIEW IF NOT EXISTS v USING heap AS SELECT 1; CREATE TABLE t AS EXECUTE q (1)",
    r#"ALTER TABLE IF EXISTS ONLY s.t ADD COLUMN IF NOT EXISTS a int NOT NULL, DROP COLUMN IF EXISTS b CASCADE, ALTER c TYPE text COLLATE "C" USING c::text, ALTER c SET DEFAULT 1, ALTER c DROP DEFAULT, ALTER 2 SET STATISTICS 100, ALTER c SET (n_distinct = 5), ALTER c SET STORAGE main, ALTER c ADD GENERATED BY DEFAULT AS IDENTITY, ALTER c SET GENERATED ALWAYS SET START 3, ADD CONSTRAINT k CHECK (a > 0) NOT VALID, ADD PRIMARY KEY USING INDEX i, ALTER CONSTRAINT k DEFERRABLE INITIALLY DEFERRED, VALIDATE CONSTRAINT k, DISABLE TRIGGER USER, OWNER TO CURRENT_USER, SET TABLESPACE x, CLUSTER ON i, INHERIT p, REPLICA IDENTITY USING INDEX i, SET ACCESS METHOD DEFAULT"#,
    "ALTER TABLE t ALTER CONSTRAINT k NOT ENFORCED; ALTER TABLE t ALTER CONSTRAINT k NO INHERIT; ALTER TABLE t REPLICA IDENTITY FULL; ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1); ALTER TABLE p DETACH PARTITION t CONCURRENTLY; ALTER TABLE t OF s.shape; ALTER TYPE y ADD ATTRIBUTE a int CASCADE; ALTER INDEX i SET (fillfactor = 9); ALTER TABLE ALL IN TABLESPACE a OWNED BY b SET TABLESPACE c NOWAIT",
    "TRUNCATE ONLY a, b RESTART IDENTITY CASCADE",
    r#"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING gist (a COLLATE "C" s.ops (x = 1) DESC NULLS LAST, lower(b)) INCLUDE (c) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast WHERE a > 0"#,
    "REINDEX (VERBOSE) TABLE CONCURRENTLY s.t; REINDEX SCHEMA s; REINDEX DATABASE d; CLUSTER (VERBOSE) t USING i; VACUUM (FULL, ANALYZE) a (b, c), d; ANALYZE",
    "CREATE STATISTICS IF NOT EXISTS s.x (mcv, ndistinct) ON a, lower(b) FROM t; ALTER STATISTICS s.x SET STATISTICS 5",
    "CREATE OR REPLACE TEMP VIEW v (a, b) WITH (security_barrier) AS SELECT 1, 2 WITH CASCADED CHECK OPTION; CREATE RECURSIVE VIEW r (n) AS SELECT 1; REFRESH MATERIALIZED VIEW CONCURRENTLY s.v WITH NO DATA",
    "CREATE OR REPLACE RULE r AS ON INSERT TO s.t WHERE new.a > 0 DO INSTEAD (DELETE FROM a; NOTIFY b, 'c')",
    "CREATE OR REPLACE TRIGGER g BEFORE UPDATE OF a, b OR DELETE ON s.t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH ROW WHEN (old.a > 0) EXECUTE FUNCTION s.f('x', 2); CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f()",
    "CREATE POLICY p ON s.t AS RESTRICTIVE FOR UPDATE TO a, PUBLIC USING (x) WITH CHECK (y); ALTER POLICY p ON t TO b USING (x) WITH CHECK (y)",
    r#"CREATE AGGREGATE s.a (int) (sfunc = f, stype = int); CREATE AGGREGATE b (*) (sfunc = f, stype = int); CREATE TYPE s.t (input = f, internallength = VARIABLE); CREATE OPERATOR s.+ (leftarg = int, procedure = f); CREATE COLLATION IF NOT EXISTS c FROM "C"; CREATE OR REPLACE AGGREGATE z (basetype = int, sfunc = f)"#,
    "DROP TABLE IF EXISTS s.a, b CASCADE; DROP INDEX CONCURRENTLY i; DROP FUNCTION f(int, OUT a text), g; DROP OPERATOR - (NONE, int); DROP AGGREGATE a(*); DROP CAST (int AS text); DROP TRIGGER g ON s.t; DROP OPERATOR CLASS c USING btree; DROP TRANSFORM FOR t LANGUAGE l; DROP TYPE t, s.u; DROP SCHEMA s",
    "ALTER TABLE IF EXISTS s.t RENAME COLUMN a TO b; ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE; ALTER FUNCTION f(int) RENAME TO g; ALTER DOMAIN d RENAME CONSTRAINT a TO b; ALTER TABLE t RENAME CONSTRAINT a TO b; ALTER ROLE r RENAME TO q; ALTER TABLE t SET SCHEMA s; ALTER EXTENSION e SET SCHEMA s; ALTER FUNCTION f(int) SET SCHEMA s; ALTER SCHEMA s OWNER TO r; ALTER FUNCTION f() OWNER TO SESSION_USER; ALTER FUNCTION f() NO DEPENDS ON EXTENSION e; ALTER INDEX i DEPENDS ON EXTENSION e",
    "COMMENT ON COLUMN s.t.a IS 'x'; COMMENT ON FUNCTION f(int) IS NULL; COMMENT ON LARGE OBJECT 7 IS 'y'; COMMENT ON TYPE t IS 'z'; SECURITY LABEL FOR p ON TABLE t IS 'l'",
    "CREATE TEMP SEQUENCE IF NOT EXISTS s.q AS smallint START 3 INCREMENT BY -2 NO MINVALUE CACHE 5 OWNED BY t.c; ALTER SEQUENCE IF EXISTS q RESTART WITH 7 OWNED BY NONE",
    r#"CREATE TYPE s.t AS (a int, b text COLLATE "C"); CREATE TYPE s.t AS ENUM ('a', 'b'); CREATE TYPE s.t AS RANGE (subtype = float8); ALTER TYPE s.t ADD VALUE IF NOT EXISTS 'a' AFTER 'b'; ALTER TYPE t RENAME VALUE 'a' TO 'b'; ALTER TYPE t SET (storage = plain)"#,
    r#"CREATE DOMAIN s.d AS text COLLATE "C" DEFAULT 'a' NOT NULL CONSTRAINT x CHECK (value <> ''); ALTER DOMAIN d ADD CONSTRAINT x CHECK (value > 0) NOT VALID; ALTER DOMAIN d DROP CONSTRAINT IF EXISTS x CASCADE; ALTER DOMAIN d SET DEFAULT 1"#,
    "CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION x; CREATE SCHEMA AUTHORIZATION CURRENT_ROLE CREATE TABLE t () CREATE VIEW v AS SELECT 1 GRANT ALL ON t TO y",
    "CREATE EXTENSION IF NOT EXISTS e WITH SCHEMA s VERSION '1' CASCADE; ALTER EXTENSION e UPDATE TO '2'; ALTER EXTENSION e ADD FUNCTION f(); ALTER EXTENSION e DROP TABLE s.t",
    "CREATE OR REPLACE FUNCTION s.f(IN a int DEFAULT 1, OUT b text, INOUT c t.d%TYPE, VARIADIC e int[]) RETURNS SETOF record LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE COST 5 SET work_mem TO '1MB' AS 'x', 'y'; CREATE FUNCTION g() RETURNS TABLE (a int) RETURN a + 1; CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; INSERT INTO t VALUES (1); END; ALTER FUNCTION f(int) STABLE RESET ALL; ALTER PROCEDURE p SET x = 1; DO LANGUAGE plpgsql 'x'; CALL s.p(1, b => 2)",
    "CREATE PUBLICATION p FOR TABLE s.t (a, b) WHERE (a > 0), ONLY u, TABLES IN SCHEMA s, CURRENT_SCHEMA WITH (publish = 'insert'); CREATE PUBLICATION q FOR ALL TABLES; ALTER PUBLICATION p ADD TABLE t; ALTER PUBLICATION p SET (publish = ''); ALTER PUBLICATION p DROP TABLES IN SCHEMA s",
    "GRANT SELECT (b, c), UPDATE ON TABLE a, d TO x, PUBLIC WITH GRANT OPTION GRANTED BY z; REVOKE GRANT OPTION FOR ALL ON ALL TABLES IN SCHEMA s FROM x CASCADE; GRANT EXECUTE ON FUNCTION f(int) TO x; GRANT a, b TO x WITH ADMIN OPTION; REVOKE ADMIN OPTION FOR a FROM x CASCADE; ALTER DEFAULT PRIVILEGES FOR ROLE y IN SCHEMA s GRANT SELECT ON TABLES TO x",
    "CREATE USER a NOSUPERUSER CONNECTION LIMIT 5 IN ROLE b, c; ALTER ROLE a PASSWORD NULL; ALTER ROLE a IN DATABASE d SET search_path TO b, c; ALTER ROLE ALL RESET ALL; ALTER GROUP g ADD USER u; DROP ROLE IF EXISTS a, CURRENT_USER",
    r#"START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY; COMMIT AND CHAIN; ROLLBACK TO SAVEPOINT a; PREPARE TRANSACTION 'a'; SET LOCAL work_mem TO 64; SET search_path TO a, "B"; SET TIME ZONE INTERVAL '1' HOUR TO MINUTE; RESET ALL; SET TRANSACTION READ WRITE"#,
    "LOCK TABLE a, ONLY b IN SHARE MODE NOWAIT; COPY t (a, b) FROM PROGRAM 'x' WITH (FORMAT csv, HEADER) WHERE a > 0; COPY (SELECT 1) TO STDOUT; COPY t FROM '/f'; EXPLAIN (ANALYZE, COSTS off) SELECT 1; DECLARE c BINARY SCROLL CURSOR WITH HOLD FOR SELECT 1; CLOSE c; CLOSE ALL; FETCH BACKWARD 5 FROM c; MOVE ALL FROM c; DISCARD TEMP; DEALLOCATE PREPARE a; DEALLOCATE ALL",
    "ALTER COLLATION c REFRESH VERSION; ALTER DATABASE d REFRESH COLLATION VERSION; ALTER DATABASE d SET x TO 1; ALTER DATABASE d CONNECTION LIMIT 5; ALTER EVENT TRIGGER e DISABLE; ALTER FOREIGN DATA WRAPPER f OPTIONS (SET a 'b', DROP c); ALTER SERVER s VERSION '2'; ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 < (int, int); ALTER OPERATOR + (int, int) SET (RESTRICT = f); ALTER SUBSCRIPTION s ENABLE; ALTER SYSTEM SET a = 1; ALTER TABLESPACE t SET (x = 1); ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR a WITH b; ALTER TEXT SEARCH DICTIONARY d (x = 1); ALTER USER MAPPING FOR u SERVER s OPTIONS (a 'b')",
    "CHECKPOINT; SET CONSTRAINTS ALL DEFERRED; CREATE ACCESS METHOD a TYPE TABLE HANDLER h; CREATE CAST (a AS b) WITHOUT FUNCTION; CREATE CONVERSION c FOR 'a' TO 'b' FROM f; CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f(); CREATE FOREIGN DATA WRAPPER f; CREATE SERVER s FOREIGN DATA WRAPPER f; CREATE OPERATOR CLASS c FOR TYPE t USING btree AS OPERATOR 1 <; CREATE OPERATOR FAMILY f USING btree; CREATE LANGUAGE l HANDLER h; CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p; CREATE TABLESPACE t LOCATION '/x'; CREATE TRANSFORM FOR t LANGUAGE l (FROM SQL WITH FUNCTION f(internal)); CREATE USER MAPPING FOR u SERVER s",
    "CREATE DATABASE d; DROP OWNED BY a; DROP TABLESPACE t; DROP DATABASE d; DROP SUBSCRIPTION IF EXISTS s CASCADE; DROP USER MAPPING IF EXISTS FOR u SERVER s; EXECUTE q (1); IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c; LISTEN a; LOAD 'x'; NOTIFY a; PREPARE p (int) AS SELECT $1; REASSIGN OWNED BY a TO b; UNLISTEN *; SHOW x",
];
