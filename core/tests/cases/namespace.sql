-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- view before its table
CREATE SCHEMA s CREATE VIEW v AS SELECT a FROM t CREATE TABLE t (a int);

---- table of another schema
CREATE SCHEMA s CREATE TABLE elsewhere.t (a int);
-- = error 42P15

---- temporary table in a schema
CREATE TEMPORARY TABLE public.t (a int);
-- = error 42P16

---- unlogged table among temporary ones
CREATE UNLOGGED TABLE pg_temp.t (a int);
-- = error 42P16

---- same schema again
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
ALTER TABLE s.t SET SCHEMA s;
-- = lock s.t ACCESS EXCLUSIVE
