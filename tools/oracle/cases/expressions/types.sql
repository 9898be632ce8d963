---- expressions: constants and casts
CREATE VIEW a AS SELECT 1 AS i, 3000000000 AS b, 1.5 AS n, 1e3 AS e, 99999999999999999999 AS big, 'x' AS s, NULL AS nothing, true AS t, B'101' AS bits;
CREATE VIEW b AS SELECT '1'::int AS i, CAST('1' AS numeric(10,2)) AS n, 'a'::varchar(5) AS v, 'a'::char(3) AS c, date '2024-01-01' AS d, interval '1 day' AS iv, timestamp(3) '2024-01-01' AS ts, '{1,2}'::int[] AS arr, '{a}'::varchar(3)[] AS va;
CREATE VIEW c AS SELECT 1::text AS t, 1.5::int AS i, 'true'::bool AS b, 1::bool AS ib, '2024-01-01'::date::timestamp AS dt, '{"a":1}'::jsonb AS j, 'a'::name AS n, '1.2.3.4'::inet AS ip, '12:00'::time AS tm, 'a'::"char" AS ch, 'xyz'::text::varchar(2) AS cut;
CREATE VIEW d AS SELECT 1::date AS d;
CREATE VIEW e AS SELECT true::date AS d;
CREATE VIEW f AS SELECT 'abc'::int AS i;
CREATE VIEW g AS SELECT 'maybe'::bool AS i;
CREATE VIEW h AS SELECT '2024'::uuid AS i;
CREATE VIEW i AS SELECT '99999999999'::int AS i;
CREATE VIEW j AS SELECT 'hello'::date AS i;
CREATE VIEW k AS SELECT 'x'::nope AS i;
CREATE VIEW l AS SELECT 'pg_class'::regclass AS i, 'nothing_here'::text AS t;
CREATE VIEW m AS SELECT 'nothing_here'::regclass AS i;
CREATE VIEW n AS SELECT ARRAY[1, 2] AS a, ARRAY[1, 2.5] AS b, ARRAY['a', NULL] AS c, ARRAY[[1, 2], [3, 4]] AS d, ARRAY[]::text[] AS e, ARRAY['1', '2']::int[] AS f;
CREATE VIEW o AS SELECT ARRAY[] AS a;
CREATE VIEW p AS SELECT ARRAY[1, 'x'] AS a;
CREATE VIEW q AS SELECT ARRAY[1, true] AS a;
CREATE VIEW r AS SELECT int4(1.5) AS i, text('a') AS t, float8(1) AS f, date('2024-01-01') AS d, "varchar"('x') AS v;

---- expressions: operators
CREATE VIEW a AS SELECT 1 + 1 AS i, 1 + 1.5 AS n, 1 + 1::bigint AS b, 1::smallint + 1::smallint AS s, 1 / 2.0::float8 AS f, 5 % 2 AS m, 2 ^ 3 AS p, - 1 AS neg, - 1.5 AS negn, @ -5 AS abs, 1 << 2 AS sh, 5 & 3 AS an, 5 # 3 AS x, ~ 5 AS nt;
CREATE VIEW b AS SELECT 'a' || 'b' AS s, 'a' || 1 AS si, 1 || 'a' AS si2, 'a'::varchar(3) || 'b' AS v, ARRAY[1] || 2 AS ai, 1 || ARRAY[2] AS ia, ARRAY[1] || ARRAY[2] AS aa, '{"a":1}'::jsonb || '{"b":2}' AS j, B'1' || B'0' AS bits, 'a'::bytea || 'b' AS by;
CREATE VIEW c AS SELECT date '2024-01-01' + 1 AS d, date '2024-01-01' - date '2023-01-01' AS dd, date '2024-01-01' + interval '1 day' AS ts, now() - interval '1 hour' AS tz, now() - now() AS iv, interval '1 day' * 2 AS ivm, time '10:00' + interval '1h' AS t, date '2024-01-01' + time '10:00' AS dt, timestamp '2024-01-01' - timestamp '2023-01-01' AS tt;
CREATE VIEW d AS SELECT 1 = 1 AS a, 1 < 2.5 AS b, 'a' < 'b' AS c, 1 <> 2 AS d, 'a' ~ 'b' AS e, 'a' LIKE 'b%' AS f, 'a' ILIKE 'b' AS g, 'a' SIMILAR TO 'b' AS h, 1 BETWEEN 0 AND 2 AS i, 1 NOT BETWEEN SYMMETRIC 2 AND 0 AS j, 1 IN (1, 2) AS k, 'a' NOT IN ('b') AS l, 1 = ANY (ARRAY[1]) AS m, 1 <> ALL ('{1,2}') AS n, 1 IS DISTINCT FROM NULL AS o, NULL IS NULL AS p, true IS NOT TRUE AS q;
CREATE VIEW e AS SELECT '{"a":1}'::json -> 'a' AS j, '{"a":1}'::json ->> 'a' AS t, '[1]'::jsonb -> 0 AS e, '{"a":1}'::jsonb #> '{a}' AS p, '{"a":1}'::jsonb #>> '{a}' AS pt, '{"a":1}'::jsonb ? 'a' AS has, '{"a":1}'::jsonb @> '{}' AS c, '{"a":1}'::jsonb - 'a' AS minus, '{"a":1}'::jsonb @? '$.a' AS path;
CREATE VIEW f AS SELECT int4range(1, 2) && int4range(2, 3) AS o, int4range(1, 2) + int4range(2, 3) AS u, 1 <@ int4range(1, 2) AS c, point '(1,2)' <-> point '(2,3)' AS dist, box '(1,1),(2,2)' && box '(1,1),(2,2)' AS bx, inet '1.2.3.4' << inet '1.2.0.0/16' AS inside, 'a b'::tsvector @@ 'a'::tsquery AS m;
CREATE VIEW g AS SELECT 'a' + 1 AS x;
CREATE VIEW h AS SELECT true + 1 AS x;
CREATE VIEW i AS SELECT 'a'::text = 1 AS x;
CREATE VIEW j AS SELECT 1 = true AS x;
CREATE VIEW k AS SELECT now() + 1 AS x;
CREATE VIEW l AS SELECT '1' + '2' AS x;
CREATE VIEW m AS SELECT 1 = 'x' AS x;
CREATE VIEW n AS SELECT 1 LIKE 'x' AS x;
CREATE VIEW o AS SELECT 1 AND true AS x;
CREATE VIEW p AS SELECT NOT 'x' AS x;
CREATE VIEW q AS SELECT 'f' OR true AS x;
CREATE VIEW r AS SELECT 1 IN ('a') AS x;
CREATE VIEW s AS SELECT 'a'::text IN (1, 2) AS x;
CREATE VIEW t AS SELECT 1 = ANY (1) AS x;
CREATE VIEW u AS SELECT '{"a":1}'::jsonb -> true AS x;
CREATE VIEW v AS SELECT '{1}'::int[] = '{1}'::bigint[] AS x;
CREATE VIEW w AS SELECT '{"a":1}'::json = '{"a":1}'::json AS x;
CREATE VIEW x AS SELECT 1 IS TRUE AS x;
CREATE VIEW y AS SELECT 1 === 2 AS x;
CREATE VIEW z AS SELECT (1, 'a') = (2, 'b') AS r, (1, 2) < (3, 4) AS l, ROW(1, 2) IS NULL AS n, ROW(1, 'a') AS whole;

---- expressions: conditionals
CREATE TABLE t (a int, b bigint, n numeric(8,2), f float4, v varchar(10), c char(4), x text, d date, ts timestamp(3), tz timestamptz, j jsonb, arr int[]);
CREATE VIEW a AS SELECT CASE WHEN a > 1 THEN a END AS i, CASE a WHEN 1 THEN 'x' ELSE 'y' END AS s, CASE WHEN true THEN a ELSE b END AS ib, CASE WHEN true THEN n ELSE n END AS nn, CASE WHEN true THEN n ELSE 1 END AS n1, CASE WHEN true THEN v ELSE x END AS vx, CASE WHEN true THEN NULL END AS nothing, CASE WHEN true THEN v ELSE v END AS vv FROM t;
CREATE VIEW b AS SELECT COALESCE(a, b) AS ab, COALESCE(v, 'x') AS v, COALESCE(v, x) AS vx, COALESCE(d, now()) AS dn, COALESCE(NULL, 'x') AS s, COALESCE(n, 0) AS n, COALESCE(c, v) AS cv, COALESCE(ts, tz) AS tt, COALESCE(a, '1') AS ai FROM t;
CREATE VIEW c AS SELECT NULLIF(a, 1) AS i, NULLIF(v, '') AS v, NULLIF(n, 0) AS n, GREATEST(a, b, 1.5) AS g, LEAST(d, ts) AS l, GREATEST(v, 'x') AS s, GREATEST('a', 'b') AS ss FROM t;
CREATE VIEW d AS SELECT CASE WHEN a THEN 1 END FROM t;
CREATE VIEW e AS SELECT CASE WHEN true THEN 1 ELSE 'x' END FROM t;
CREATE VIEW f AS SELECT CASE WHEN true THEN a ELSE d END FROM t;
CREATE VIEW g AS SELECT COALESCE(a, d) FROM t;
CREATE VIEW h AS SELECT COALESCE(a, 'x') FROM t;
CREATE VIEW i AS SELECT NULLIF(a, d) FROM t;
CREATE VIEW j AS SELECT GREATEST(x, a) FROM t;
CREATE VIEW k AS SELECT CASE x WHEN 1 THEN 2 END FROM t;
CREATE VIEW l AS SELECT arr[1] AS e, arr[1:2] AS s, j['a'] AS je, (ARRAY['a', 'b'])[1] AS ae, (ARRAY[1, 2])[1:1] AS sl FROM t;
CREATE VIEW m AS SELECT a[1] FROM t;

---- expressions: names of columns
CREATE TABLE t (a int, b text, j jsonb, arr int[]);
CREATE VIEW a AS SELECT a, t.b, public.t.j, b::varchar, 1::numeric, count(*), upper(b), CASE WHEN true THEN a END FROM t GROUP BY 1, 2, 3;
CREATE VIEW b AS SELECT CASE WHEN true THEN 1 ELSE a END FROM t;
CREATE VIEW c AS SELECT COALESCE(a, 1), GREATEST(a, 2), NULLIF(a, 3), ARRAY[a], ROW(a), EXISTS (SELECT 1), arr[1] FROM t;
CREATE VIEW d AS SELECT (SELECT b FROM t LIMIT 1), ARRAY(SELECT a FROM t) FROM t;
CREATE VIEW e AS SELECT CURRENT_DATE, CURRENT_TIMESTAMP, LOCALTIME, CURRENT_USER, SESSION_USER;
CREATE VIEW f AS SELECT CURRENT_TIMESTAMP(2) AS a, LOCALTIMESTAMP(0) AS b, CURRENT_TIME(1) AS c;
CREATE VIEW g AS SELECT extract(year FROM now()), substring(b FROM 1 FOR 2), trim(b), position('a' IN b), overlay(b PLACING 'x' FROM 1) FROM t;
CREATE VIEW h AS SELECT a + 1, b || 'x' FROM t;
CREATE VIEW i AS SELECT - a AS n, (a), (t.a) AS a2 FROM t;
CREATE VIEW j AS SELECT a AS x, b AS x FROM t;
CREATE VIEW k AS SELECT 'x'::text COLLATE "C", interval '1 day';
CREATE VIEW l AS SELECT sum(a) OVER (), row_number() OVER (ORDER BY a) FROM t;
