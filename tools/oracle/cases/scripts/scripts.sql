-- Transactions, blocks, COPY and what else scripts hold.

---- transactions
BEGIN;
CREATE TABLE a (id int);
SAVEPOINT s;
CREATE TABLE b (id int);
ROLLBACK TO s;
CREATE TABLE c (id int);
COMMIT;
BEGIN;
CREATE TABLE d (id int);
CREATE TABLE a (id int);
CREATE TABLE e (id int);
COMMIT;
START TRANSACTION;
DROP TABLE a;
ROLLBACK;
COMMIT;
BEGIN;
CREATE TABLE f (id int);
SAVEPOINT s;
SELECT 1 / 0;
ROLLBACK TO SAVEPOINT s;
RELEASE s;
COMMIT AND CHAIN;
COMMIT;

---- blocks
DO $$ BEGIN CREATE TABLE a (id int); END $$;
DO $$ BEGIN CREATE TABLE a (id int); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('x'); END IF; END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE b (id int)'; END $$;
DO $$ BEGIN ALTER TABLE a ADD COLUMN x int; ALTER TABLE a ADD COLUMN y int; END $$;
DO $$ BEGIN CREATE TABLE a (id int); END $$;
DO $$ BEGIN RAISE EXCEPTION 'no'; END $$;
DO $$ BEGIN nonsense END $$;
DO $$ DECLARE n int := 1; BEGIN CREATE TABLE c (id int); IF n = 2 THEN CREATE TABLE d (id int); END IF; END $$;
DO LANGUAGE nope $$ x $$;

---- data
CREATE TABLE t (id serial PRIMARY KEY, name text NOT NULL, n int CHECK (n > 0));
INSERT INTO t (name, n) VALUES ('a', 1), ('b', 2);
INSERT INTO t (name) SELECT 'x' FROM generate_series(1, 3);
UPDATE t SET n = 5 WHERE name = 'a';
DELETE FROM t WHERE id = 2;
INSERT INTO t (nope) VALUES (1);
INSERT INTO t VALUES (10, 'x', 1) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
INSERT INTO t (id, name) VALUES (20, 'y') RETURNING id, name;
WITH moved AS (DELETE FROM t WHERE n = 5 RETURNING *) INSERT INTO t SELECT * FROM moved;
COPY t (id, name, n) FROM stdin;
100	hello	3
101	world	\N
\.
TRUNCATE t RESTART IDENTITY;
TRUNCATE nope;
SELECT setval('t_id_seq', 100);
SELECT pg_catalog.set_config('search_path', '', false);
ALTER TABLE ONLY public.t ALTER COLUMN name DROP NOT NULL;
LOCK TABLE public.t;
ANALYZE public.t;
VACUUM public.t;

---- syntax
CREATE TABEL t (id int);
CREATE TABLE t (id int;
ALTER TABLE;
SELECT 'unterminated;
