-- Transactions, savepoints, SET, DO, temporary tables, TRUNCATE, LOCK, VACUUM, extensions.

---- commit
BEGIN;
CREATE TABLE t (a int);
COMMIT;
ALTER TABLE t ADD COLUMN b int;

---- rollback
CREATE TABLE t (a int);
BEGIN;
ALTER TABLE t ADD COLUMN b int;
DROP TABLE t;
ROLLBACK;
ALTER TABLE t ADD COLUMN b int;

---- a failure undoes all
BEGIN;
CREATE TABLE t (a int);
CREATE TABLE t (a int);
COMMIT;
CREATE TABLE t (a int);

---- savepoints
BEGIN;
CREATE TABLE t (a int);
SAVEPOINT one;
CREATE TABLE u (a int);
ROLLBACK TO one;
CREATE TABLE w (a int);
RELEASE one;
COMMIT;

---- savepoint after a failure
BEGIN;
CREATE TABLE t (a int);
SAVEPOINT one;
CREATE TABLE t (a int);
ROLLBACK TO one;
CREATE TABLE u (a int);
COMMIT;

---- outside of a transaction
SAVEPOINT one;
ROLLBACK TO one;
RELEASE one;
LOCK TABLE nope;

---- not in a transaction
CREATE TABLE t (a int);
BEGIN;
VACUUM t;
ROLLBACK;
BEGIN;
REINDEX SCHEMA public;
ROLLBACK;

---- truncate
CREATE TABLE t (a int PRIMARY KEY);
CREATE TABLE u (a int REFERENCES t);
TRUNCATE t;
TRUNCATE t, u;
TRUNCATE t CASCADE;
TRUNCATE nope;
TRUNCATE u RESTART IDENTITY;

---- lock
CREATE TABLE t (a int);
BEGIN;
LOCK TABLE t IN SHARE MODE;
LOCK t;
COMMIT;

---- vacuum and analyze
CREATE TABLE t (a int);
VACUUM t;
ANALYZE t;
VACUUM ANALYZE t;
VACUUM (FULL) t;
VACUUM nope;
ANALYZE nope;

---- blocks
DO $$ BEGIN CREATE TABLE t (a int); END $$;
DO $$ BEGIN CREATE TABLE t (a int); END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE u (a int)'; END $$;
DO $$ BEGIN nonsense; END $$;
DO LANGUAGE nope $$ x $$;

---- a block that catches
CREATE TABLE t (a int);
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN a int; EXCEPTION WHEN duplicate_column THEN NULL; END $$;

---- temporary tables
CREATE TEMP TABLE t (a int PRIMARY KEY);
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN b int;
DROP TABLE t;
DROP TABLE t;
CREATE TEMP TABLE public.u (a int);

---- temporary tables hide others
CREATE TABLE t (a int);
CREATE TEMP TABLE t (b int);
ALTER TABLE t ADD COLUMN c int;
ALTER TABLE public.t ADD COLUMN d int;

---- extensions
CREATE EXTENSION hstore;
CREATE EXTENSION hstore;
CREATE EXTENSION IF NOT EXISTS hstore;
CREATE TABLE t (a hstore);
DROP EXTENSION hstore CASCADE;
DROP EXTENSION hstore;
DROP EXTENSION IF EXISTS hstore;

---- extension in a schema
CREATE SCHEMA s;
CREATE EXTENSION citext SCHEMA s;
CREATE TABLE t (a s.citext);
ALTER EXTENSION citext SET SCHEMA public;
CREATE EXTENSION hstore SCHEMA nope;

---- syntax errors
CREATE TABEL t (a int);
CREATE TABLE t (a int,);
ALTER TABLE t ADD COLUM b int;
DROP TABLE;
SELECT FROM WHERE;
