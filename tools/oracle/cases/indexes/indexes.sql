-- Indexes.

---- create
CREATE TABLE t (a int, b text, c text[], d jsonb, e tsvector, f point, g int4range, h timestamptz);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (a DESC NULLS LAST, b ASC NULLS FIRST);
CREATE UNIQUE INDEX i3 ON t (lower(b));
CREATE INDEX i4 ON t ((a + 1), b text_pattern_ops);
CREATE INDEX i5 ON t USING gin (c);
CREATE INDEX i6 ON t USING gin (d jsonb_path_ops);
CREATE INDEX i7 ON t USING gist (g);
CREATE INDEX i8 ON t USING hash (a);
CREATE INDEX i9 ON t USING brin (h) WITH (pages_per_range = 32);
CREATE INDEX i10 ON t USING spgist (f);
CREATE INDEX i11 ON t (a) INCLUDE (b);
CREATE INDEX i12 ON t (a) WHERE b IS NOT NULL AND a > 5;
CREATE INDEX i13 ON t (b COLLATE "C");
CREATE INDEX i14 ON t (a) WITH (fillfactor = 60);
CREATE INDEX i15 ON t USING gin (to_tsvector('english', b));
CREATE INDEX i16 ON t USING gin (to_tsvector(b));
CREATE INDEX i17 ON t (nope);
CREATE INDEX i18 ON nope (a);
CREATE INDEX i19 ON t USING nope (a);
CREATE INDEX i20 ON t (a nope_ops);
CREATE INDEX i21 ON t (a text_ops);
CREATE INDEX i22 ON t USING gin (a);
CREATE INDEX i23 ON t USING hash (a, b);
CREATE UNIQUE INDEX i24 ON t USING gin (c);
CREATE INDEX i25 ON t USING hash (a DESC);
CREATE INDEX i26 ON t (d);
CREATE INDEX i27 ON t (f);
CREATE INDEX i28 ON t (a) WHERE nope > 1;
CREATE INDEX i29 ON t (a) WHERE h > now();
CREATE INDEX i30 ON t (a) WITH (nope = 1);
CREATE INDEX i31 ON t (ctid);
CREATE INDEX i32 ON t (a) INCLUDE (nope);
CREATE INDEX i33 ON t USING gin (c) INCLUDE (a);
CREATE INDEX i34 ON t (count(a));
CREATE INDEX i35 ON t ((SELECT 1));
CREATE INDEX i36 ON t (a, a);
CREATE INDEX i1 ON t (a);
CREATE INDEX IF NOT EXISTS i1 ON t (b);
CREATE INDEX IF NOT EXISTS i37 ON t (b);
CREATE INDEX ON t (a) TABLESPACE nope;

---- names made up
CREATE TABLE t (a int, b text, "Big" int);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (lower(b));
CREATE INDEX ON t ((a + 1));
CREATE INDEX ON t ((a + 1), (a + 2), lower(b), upper(b));
CREATE INDEX ON t ("Big");
CREATE INDEX ON t (a) INCLUDE (b);
CREATE INDEX ON t ((b || 'x'), (a::text));
CREATE INDEX ON t ((CASE WHEN a > 1 THEN 1 END), coalesce(a, 0));
CREATE UNIQUE INDEX ON t (a);
CREATE TABLE a_very_long_table_name_that_goes_on_and_on (a_very_long_column_name_that_goes_on_and_on int, b int);
CREATE INDEX ON a_very_long_table_name_that_goes_on_and_on (a_very_long_column_name_that_goes_on_and_on);
CREATE INDEX ON a_very_long_table_name_that_goes_on_and_on (a_very_long_column_name_that_goes_on_and_on, b);

---- concurrently
CREATE TABLE t (a int);
CREATE INDEX CONCURRENTLY i ON t (a);
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);
CREATE UNIQUE INDEX CONCURRENTLY u ON t (a);
REINDEX INDEX CONCURRENTLY i;
REINDEX TABLE t;
REINDEX INDEX nope;
DROP INDEX CONCURRENTLY i;
DROP INDEX CONCURRENTLY IF EXISTS i;
DROP INDEX CONCURRENTLY u CASCADE;
BEGIN;
CREATE INDEX CONCURRENTLY i ON t (a);
ROLLBACK;

---- alter and drop
CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE INDEX i ON t (b);
CREATE INDEX j ON t ((a + 1));
ALTER INDEX i RENAME TO i2;
ALTER INDEX IF EXISTS nope RENAME TO x;
ALTER INDEX nope RENAME TO x;
ALTER INDEX i2 RENAME TO t;
ALTER INDEX i2 SET (fillfactor = 50);
ALTER INDEX i2 RESET (fillfactor);
ALTER INDEX j ALTER COLUMN 1 SET STATISTICS 100;
ALTER INDEX i2 ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE i2 RENAME TO i3;
ALTER INDEX t RENAME TO t2;
ALTER TABLE t2 RENAME TO t;
DROP INDEX t_pkey;
DROP INDEX i3, j;
DROP INDEX nope;
DROP INDEX IF EXISTS nope;
DROP INDEX t;
DROP TABLE t_pkey;
ALTER INDEX t_pkey RENAME TO t_primary;
CREATE INDEX k ON t (b);
ALTER INDEX k SET SCHEMA public;

---- on other relations
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE SEQUENCE s;
CREATE INDEX ON v (a);
CREATE UNIQUE INDEX m_a ON m (a);
CREATE INDEX ON m (b, a);
CREATE INDEX ON s (last_value);
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
DROP MATERIALIZED VIEW m;
