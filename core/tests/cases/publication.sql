-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
-- = lock public.t SHARE UPDATE EXCLUSIVE

---- create twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
CREATE PUBLICATION p;
-- = error 42710

---- unknown option
CREATE PUBLICATION p WITH (nope);
-- = error 42601

---- publish what there is not
CREATE PUBLICATION p WITH (publish = 'insert, vacuum');
-- = error 42601

---- of a view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE PUBLICATION p FOR TABLE v;
-- = error 22023

---- of an unlogged table
CREATE UNLOGGED TABLE t (id int);
CREATE PUBLICATION p FOR TABLE t;
-- = error 22023

---- of a missing schema
CREATE PUBLICATION p FOR TABLES IN SCHEMA nope;
-- = error 3F000

---- of a system schema
CREATE PUBLICATION p FOR TABLES IN SCHEMA pg_catalog;
-- = error 22023

---- add what it has
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
ALTER PUBLICATION p ADD TABLE t;
-- = error 42710

---- drop what it has not
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
CREATE TABLE u (id int);
ALTER PUBLICATION p DROP TABLE u;
-- = error 42704

---- add to one of all tables
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR ALL TABLES;
ALTER PUBLICATION p ADD TABLE t;
-- = error 55000

---- add a schema that it has
CREATE PUBLICATION p FOR TABLES IN SCHEMA public;
ALTER PUBLICATION p ADD TABLES IN SCHEMA public;
-- = error 42710

---- rename to one there is
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
CREATE PUBLICATION q;
ALTER PUBLICATION p RENAME TO q;
-- = error 42710

---- rename
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE PUBLICATION p FOR TABLE t;
ALTER PUBLICATION p RENAME TO q;

---- drop missing
DROP PUBLICATION p;
-- = error 42704
