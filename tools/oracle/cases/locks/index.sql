-- Indexes: created, built anew, altered, dropped.

---- create
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c jsonb, d tsrange);
CREATE INDEX ON t (a);
CREATE UNIQUE INDEX by_b ON t (b);
CREATE INDEX IF NOT EXISTS by_b ON t (b);
CREATE INDEX ON t (lower(b));
CREATE INDEX ON t (a DESC NULLS LAST) INCLUDE (b) WHERE a > 0;
CREATE INDEX ON t USING hash (a);
CREATE INDEX ON t USING gin (c);
CREATE INDEX ON t USING gist (d);
CREATE INDEX ON t USING brin (a) WITH (pages_per_range = 32);
CREATE INDEX ON t (b text_pattern_ops);
CREATE INDEX ON t (b COLLATE "C") TABLESPACE pg_default;
CREATE INDEX ON ONLY t (a, b);

---- create concurrently
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE INDEX CONCURRENTLY by_a ON t (a);
CREATE INDEX CONCURRENTLY IF NOT EXISTS by_a ON t (a);
CREATE UNIQUE INDEX CONCURRENTLY by_b ON t (b);
CREATE INDEX CONCURRENTLY ON t (lower(b)) WHERE a > 0;

---- create on a materialized view
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t;
CREATE INDEX ON m (a);
CREATE UNIQUE INDEX CONCURRENTLY by_id ON m (id);
REINDEX INDEX by_id;
REINDEX TABLE m;
REINDEX INDEX CONCURRENTLY by_id;
DROP INDEX CONCURRENTLY by_id;
DROP INDEX m_a_idx;

---- create on a partitioned table
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (a);
CREATE TABLE p2a PARTITION OF p2 FOR VALUES FROM (0) TO (10);
CREATE INDEX by_a ON p (a);
CREATE INDEX IF NOT EXISTS by_a ON p (a);
CREATE INDEX only_p ON ONLY p (id);
CREATE INDEX p1_id ON p1 (id);
CREATE INDEX p2_id ON p2 (id);
ALTER INDEX only_p ATTACH PARTITION p1_id;
ALTER INDEX only_p ATTACH PARTITION p2_id;
ALTER INDEX only_p ATTACH PARTITION p2_id;
DROP INDEX only_p;
DROP INDEX by_a;

---- create where partitions have it already
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX CONCURRENTLY p1_a ON p1 (a);
CREATE INDEX CONCURRENTLY p2_a ON p2 (a);
CREATE INDEX by_a ON p (a);

---- create where one partition has it already
CREATE TABLE p (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX p1_a ON p1 (a);
CREATE INDEX by_a ON p (a);
CREATE UNIQUE INDEX p1_id ON p1 (id);
CREATE UNIQUE INDEX by_id ON p (id);

---- create on a parent
CREATE TABLE p (id int, a int);
CREATE TABLE c () INHERITS (p);
CREATE INDEX ON p (a);
CREATE INDEX ON c (a);

---- drop
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE TABLE u (id int PRIMARY KEY, a int);
CREATE INDEX by_a ON t (a);
CREATE INDEX by_b ON t (b);
CREATE INDEX by_ua ON u (a);
DROP INDEX by_a;
DROP INDEX by_b, by_ua;
DROP INDEX IF EXISTS by_a;

---- drop concurrently
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX by_a ON t (a);
DROP INDEX CONCURRENTLY by_a;
DROP INDEX CONCURRENTLY IF EXISTS by_a;

---- rename and move
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX by_a ON t (a);
ALTER INDEX by_a RENAME TO by_other;
ALTER INDEX t_pkey RENAME TO t_key;
ALTER TABLE by_other RENAME TO by_third;
ALTER INDEX IF EXISTS missing RENAME TO x;
ALTER INDEX by_third SET TABLESPACE pg_default;

---- options
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE INDEX by_a ON t (a);
CREATE INDEX by_expression ON t (lower(b));
CREATE INDEX by_gin ON t USING gin (to_tsvector('english', b));
ALTER INDEX by_a SET (fillfactor = 70);
ALTER INDEX by_a RESET (fillfactor);
ALTER INDEX by_a SET (deduplicate_items = off);
ALTER INDEX by_gin SET (fastupdate = off);
ALTER INDEX by_expression ALTER COLUMN 1 SET STATISTICS 100;
COMMENT ON INDEX by_a IS 'x';

---- depends on an extension
CREATE EXTENSION citext;
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX by_a ON t (a);
ALTER INDEX by_a DEPENDS ON EXTENSION citext;
ALTER INDEX by_a NO DEPENDS ON EXTENSION citext;

---- reindex
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE bare (id int);
CREATE INDEX by_a ON t (a);
REINDEX INDEX by_a;
REINDEX (VERBOSE) TABLE t;
REINDEX TABLE bare;

---- reindex concurrently
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE bare (id int);
CREATE INDEX by_a ON t (a);
REINDEX INDEX CONCURRENTLY by_a;
REINDEX TABLE CONCURRENTLY t;
REINDEX TABLE CONCURRENTLY bare;

---- reindex a schema
CREATE SCHEMA s;
CREATE TABLE s.t (id int PRIMARY KEY, a int);
CREATE TABLE s.u (id int PRIMARY KEY);
REINDEX SCHEMA s;
REINDEX SCHEMA CONCURRENTLY s;

---- reindex a partitioned table
CREATE TABLE p (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX by_a ON p (a);
REINDEX INDEX by_a;
REINDEX TABLE p;
REINDEX TABLE p1;
REINDEX INDEX p1_a_idx;
REINDEX INDEX CONCURRENTLY by_a;
REINDEX TABLE CONCURRENTLY p;

---- reindex a parent
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (PRIMARY KEY (id)) INHERITS (p);
REINDEX TABLE p;
REINDEX TABLE CONCURRENTLY p;

---- reindex keys
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, during tsrange, EXCLUDE USING gist (during WITH &&));
REINDEX INDEX t_a_key;
REINDEX INDEX t_during_excl;
REINDEX INDEX CONCURRENTLY t_pkey;
REINDEX TABLE t;

---- type change keeps an index
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b numeric(10,2), c varchar(10));
CREATE INDEX ON t (a);
CREATE INDEX ON t (b);
CREATE UNIQUE INDEX ON t (c);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE numeric(12,2);
ALTER TABLE t ALTER COLUMN c TYPE text;

---- type change with an index on an expression
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(10), c int);
CREATE INDEX ON t (lower(a));
CREATE INDEX ON t (c) WHERE b IS NOT NULL;
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE varchar(20);
ALTER TABLE t ALTER COLUMN c TYPE bigint;

---- type change with an included column
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b int);
CREATE INDEX ON t (b) INCLUDE (a);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN a TYPE text COLLATE "C";

---- type change with other index methods
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(10), c varchar(10), d varchar(10));
CREATE INDEX ON t USING hash (a);
CREATE INDEX ON t USING gin (b gin_trgm_ops);
CREATE INDEX ON t USING brin (c);
CREATE INDEX ON t (d varchar_pattern_ops);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE varchar(20);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
ALTER TABLE t ALTER COLUMN d TYPE varchar(20);
ALTER TABLE t ALTER COLUMN a TYPE text;
ALTER TABLE t ALTER COLUMN b TYPE text;
ALTER TABLE t ALTER COLUMN d TYPE text;

---- type change of a key column
CREATE TABLE t (id int, a varchar(10), PRIMARY KEY (id, a), UNIQUE (a));
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN id TYPE bigint;

---- type change in an exclusion constraint
CREATE EXTENSION btree_gist;
CREATE TABLE t (a varchar(10), during tsrange, EXCLUDE USING gist (a WITH =, during WITH &&));
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);

---- type change with statistics
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b int);
CREATE STATISTICS s ON a, b FROM t;
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN a TYPE int USING 1;
