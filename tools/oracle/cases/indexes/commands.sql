-- CREATE INDEX, ALTER INDEX, DROP INDEX, REINDEX, CLUSTER.

---- plain
CREATE TABLE t (a int, b text);
CREATE INDEX i ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX i ON t (b);
CREATE INDEX IF NOT EXISTS i ON t (b);
CREATE INDEX IF NOT EXISTS ON t (b);
CREATE INDEX ON nope (a);
CREATE INDEX ON t (nope);

---- unique
CREATE TABLE t (a int, b text);
CREATE UNIQUE INDEX ON t (a, b);
CREATE UNIQUE INDEX u ON t (lower(b));

---- order
CREATE TABLE t (a int, b text);
CREATE INDEX ON t (a DESC, b ASC NULLS FIRST);
CREATE INDEX ON t (a NULLS LAST);
CREATE INDEX ON t (a DESC NULLS LAST);

---- methods
CREATE TABLE t (a int, b jsonb, c point, d int[], e inet);
CREATE INDEX ON t USING hash (a);
CREATE INDEX ON t USING gin (b);
CREATE INDEX ON t USING gin (b jsonb_path_ops);
CREATE INDEX ON t USING gist (c);
CREATE INDEX ON t USING spgist (c);
CREATE INDEX ON t USING brin (a);
CREATE INDEX ON t USING gin (d);
CREATE INDEX ON t USING nope (a);
CREATE INDEX ON t USING heap (a);

---- what methods cannot
CREATE TABLE t (a int, b jsonb, c point);
CREATE UNIQUE INDEX ON t USING hash (a);
CREATE INDEX ON t USING hash (a, a);
CREATE INDEX ON t USING gin (b) INCLUDE (a);
CREATE INDEX ON t USING hash (a DESC);
CREATE INDEX ON t USING hash (a NULLS FIRST);

---- include
CREATE TABLE t (a int, b int, c int);
CREATE INDEX ON t (a) INCLUDE (b, c);
CREATE INDEX ON t (a) INCLUDE (nope);
CREATE INDEX ON t (a) INCLUDE ((b + 1));

---- expressions
CREATE TABLE t (a int, b text);
CREATE INDEX ON t ((a + 1));
CREATE INDEX ON t (lower(b), (a * 2));
CREATE INDEX ON t ((b || 'x') COLLATE "C");
CREATE INDEX ON t ((a + nope));
CREATE INDEX ON t (random());
CREATE INDEX ON t ((SELECT 1));
CREATE INDEX ON t (count(a));

---- partial
CREATE TABLE t (a int, b text);
CREATE INDEX ON t (a) WHERE b IS NOT NULL;
CREATE INDEX ON t (a) WHERE a > 5 AND b = 'x';
CREATE INDEX ON t (a) WHERE nope > 5;
CREATE INDEX ON t (a) WHERE now() > '2020-01-01';

---- options
CREATE TABLE t (a int, b jsonb);
CREATE INDEX i ON t (a) WITH (fillfactor = 70);
CREATE INDEX j ON t (a) WITH (deduplicate_items = off);
CREATE INDEX k ON t USING gin (b) WITH (fastupdate = off);
CREATE INDEX ON t (a) WITH (fillfactor = 5);
CREATE INDEX ON t (a) WITH (nope = 1);
CREATE INDEX ON t (a) WITH (fastupdate = off);

---- collation and operator class
CREATE TABLE t (a text, b varchar);
CREATE INDEX ON t (a COLLATE "C");
CREATE INDEX ON t (a text_pattern_ops);
CREATE INDEX ON t (b varchar_pattern_ops DESC);

---- tablespace
CREATE TABLE t (a int);
CREATE INDEX ON t (a) TABLESPACE pg_default;
CREATE INDEX ON t (a) TABLESPACE nope;
CREATE INDEX ON t (a) TABLESPACE pg_global;

---- on system columns
CREATE TABLE t (a int);
CREATE INDEX ON t (ctid);
CREATE INDEX ON t (a) WHERE xmin IS NOT NULL;

---- concurrently
CREATE TABLE t (a int);
CREATE INDEX CONCURRENTLY i ON t (a);
DROP INDEX CONCURRENTLY i;
BEGIN;
CREATE INDEX CONCURRENTLY j ON t (a);
ROLLBACK;

---- on other relations
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE VIEW v AS SELECT 1 AS a;
CREATE SEQUENCE s;
CREATE INDEX ON m (a);
CREATE INDEX ON v (a);
CREATE INDEX ON s (last_value);

---- on a partitioned table
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE INDEX ON p (b);
CREATE INDEX i ON ONLY p (a);
CREATE UNIQUE INDEX ON p (b);
CREATE UNIQUE INDEX ON p (a);
CREATE INDEX CONCURRENTLY ON p (b);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);

---- attached
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE INDEX i ON ONLY p (a);
CREATE INDEX i1 ON p1 (a);
ALTER INDEX i ATTACH PARTITION i1;
DROP INDEX i1;
ALTER INDEX i ATTACH PARTITION nope;
DROP INDEX i;

---- rename
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a);
ALTER INDEX i RENAME TO k;
ALTER INDEX k RENAME TO j;
ALTER INDEX nope RENAME TO x;
ALTER INDEX IF EXISTS nope RENAME TO x;
ALTER TABLE k RENAME TO l;

---- set options
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
ALTER INDEX i SET (fillfactor = 50);
ALTER INDEX i RESET (fillfactor);
ALTER INDEX i SET (nope = 1);
ALTER INDEX i SET TABLESPACE pg_default;
ALTER INDEX nope SET (fillfactor = 50);
ALTER INDEX IF EXISTS nope SET (fillfactor = 50);
ALTER INDEX t SET (fillfactor = 50);

---- drop
CREATE TABLE t (a int PRIMARY KEY);
CREATE INDEX i ON t (a);
DROP INDEX i;
DROP INDEX i;
DROP INDEX IF EXISTS i;
DROP INDEX t_pkey;
DROP INDEX t;
DROP INDEX nope.i;

---- reindex
CREATE TABLE t (a int PRIMARY KEY);
CREATE INDEX i ON t (a);
REINDEX INDEX i;
REINDEX TABLE t;
REINDEX INDEX CONCURRENTLY i;
REINDEX TABLE CONCURRENTLY t;
REINDEX INDEX nope;
REINDEX TABLE nope;
REINDEX SCHEMA public;
REINDEX SCHEMA nope;
REINDEX INDEX t;

---- cluster
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE INDEX i ON t (b);
CLUSTER t;
CLUSTER t USING i;
CLUSTER t;
CLUSTER t USING nope;
ALTER TABLE t CLUSTER ON t_pkey;
ALTER TABLE t SET WITHOUT CLUSTER;
CLUSTER nope;
