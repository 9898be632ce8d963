-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- truncate only of a partitioned table
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
TRUNCATE ONLY t;
-- = error 42809

---- cluster on of a partitioned table
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON t (b);
ALTER TABLE t CLUSTER ON t_b;
-- = error 0A000

---- replica identity by a nullable column
CREATE TABLE t (a int UNIQUE);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a_key;
-- = error 42809

---- replica identity by a deferrable constraint
CREATE TABLE t (a int NOT NULL UNIQUE DEFERRABLE);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a_key;
-- = error 0A000

---- drop not null that the replica identity needs
CREATE TABLE t (a int NOT NULL UNIQUE);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a_key;
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
-- = error 42P16

---- views that read each other are locked
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t;
CREATE VIEW two AS SELECT a FROM one;
CREATE OR REPLACE VIEW one AS SELECT a FROM two;
LOCK TABLE one IN SHARE MODE;
-- = lock public.one SHARE
-- = lock public.two SHARE

---- views that read each other are dropped
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t;
CREATE VIEW two AS SELECT a FROM one;
CREATE OR REPLACE VIEW one AS SELECT a FROM two;
DROP VIEW one CASCADE;
-- = lock public.one ACCESS EXCLUSIVE
-- = lock public.two ACCESS EXCLUSIVE

---- reindex of what is no table
CREATE TABLE t (a int PRIMARY KEY);
REINDEX TABLE t_pkey;
-- = error 42809
