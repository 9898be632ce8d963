-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- add value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'happy';

---- add value twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'ok';
-- = error 42710

---- add value if not exists
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';

---- add value after missing
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'x' AFTER 'nope';
-- = error 22023

---- rename value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';

---- rename missing value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood RENAME VALUE 'nope' TO 'fine';
-- = error 22023

---- create twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE mood AS ENUM ('a');
-- = error 42710

---- drop
CREATE TYPE mood AS ENUM ('sad', 'ok');
DROP TYPE mood;

---- drop missing
CREATE TYPE mood AS ENUM ('sad', 'ok');
DROP TYPE nope;
-- = error 42704

---- create label twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE m2 AS ENUM ('a', 'a');
-- = error 23505

---- drop used
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (c mood);
DROP TYPE mood;
-- = error 2BP01

---- drop used cascade
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (a int, c mood);
DROP TYPE mood CASCADE;
-- = lock public.t ACCESS EXCLUSIVE

---- domain add check
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0);
-- = lock public.t SHARE
-- = work scan public.t

---- domain add check not valid
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID;

---- domain set not null
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d SET NOT NULL;
-- = lock public.t SHARE
-- = work scan public.t

---- domain drop
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
DROP DOMAIN d;
-- = error 2BP01

---- domain default
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d SET DEFAULT 1;

---- domain over a pseudo-type
CREATE DOMAIN d AS anyelement;
-- = error 42804

---- domain check of a column
CREATE DOMAIN d AS int CHECK (nope > 0);
-- = error 42703

---- domain check with aggregate
CREATE DOMAIN d AS int CHECK (max(VALUE) > 0);
-- = error 42803

---- domain constraint twice
CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);
ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 1);
-- = error 42710

---- domain drop missing constraint
CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);
ALTER DOMAIN d DROP CONSTRAINT nope;
-- = error 42704

---- domain drop not null constraint
CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);
ALTER DOMAIN d SET NOT NULL;
ALTER DOMAIN d DROP CONSTRAINT d_not_null;

---- domain rename missing constraint
CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);
ALTER DOMAIN d RENAME CONSTRAINT nope TO k2;
-- = error 42704

---- domain check within an array
CREATE DOMAIN d AS int;
CREATE TABLE t (c d[]);
ALTER DOMAIN d ADD CHECK (VALUE > 0);
-- = error 0A000

---- domain check within a composite
CREATE DOMAIN d AS int;
CREATE TYPE pair AS (a d, b int);
CREATE TABLE t (c pair);
ALTER DOMAIN d ADD CHECK (VALUE > 0);
-- = error 0A000

---- drop domain that is an enum
CREATE TYPE mood AS ENUM ('a');
DROP DOMAIN mood;
-- = error 42809

---- drop type together with what needs it
CREATE DOMAIN d AS int;
CREATE DOMAIN e AS d;
DROP DOMAIN d, e;

---- drop type of an attribute
CREATE DOMAIN d AS int;
CREATE TYPE pair AS (a d, b int);
DROP DOMAIN d;
-- = error 2BP01

---- drop type of a result
CREATE TYPE mood AS ENUM ('a');
CREATE FUNCTION f() RETURNS mood LANGUAGE sql AS $$ SELECT 'a'::mood $$;
DROP TYPE mood;
-- = error 2BP01

---- drop a table's row type
CREATE TABLE t (id int);
DROP TYPE t;
-- = error 2BP01

---- composite attribute twice
CREATE TYPE pair AS (a int, a int);
-- = error 42701

---- composite rename attribute to one there is
CREATE TYPE pair AS (a int, b int);
ALTER TYPE pair RENAME ATTRIBUTE a TO b;
-- = error 42701

---- enum label too long
CREATE TYPE mood AS ENUM ('a123456789b123456789c123456789d123456789e123456789f123456789g123');
-- = error 42602

---- range with its multirange
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TABLE t (c floatmultirange);

---- multirange of that name
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TYPE floatmultirange AS ENUM ('a');
-- = error 42710

---- drop multirange
CREATE TYPE floatrange AS RANGE (subtype = float8);
DROP TYPE floatmultirange;
-- = error 2BP01

---- drop range with its multirange
CREATE TYPE floatrange AS RANGE (subtype = float8);
DROP TYPE floatrange;
CREATE TYPE floatmultirange AS ENUM ('a');

---- base type without shell
CREATE TYPE box3 (input = box_in, output = box_out);
-- = error 42710

---- shell twice
CREATE TYPE box3;
CREATE TYPE box3;
-- = error 42710

---- rename to a name taken
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (id int);
ALTER TYPE mood RENAME TO t;
-- = error 42710

---- set schema to a name taken
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('a');
CREATE TYPE app.mood AS ENUM ('a');
ALTER TYPE mood SET SCHEMA app;
-- = error 42710
