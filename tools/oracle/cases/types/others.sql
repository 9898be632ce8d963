-- Composite, range and base types.

---- composite
CREATE TYPE pair AS (a int, b text COLLATE "C");
CREATE TYPE nested AS (p pair, q pair[], r numeric(10,2), s varchar(5));
CREATE TYPE none AS ();
CREATE TYPE twice AS (a int, a text);
CREATE TYPE bad AS (a nope);
CREATE TYPE pair AS (x int);
ALTER TYPE pair ADD ATTRIBUTE c int;
ALTER TYPE pair ADD ATTRIBUTE c int;
ALTER TYPE pair DROP ATTRIBUTE c;
ALTER TYPE pair DROP ATTRIBUTE nope;
ALTER TYPE pair DROP ATTRIBUTE IF EXISTS nope;
ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint;
ALTER TYPE pair RENAME ATTRIBUTE b TO label;
ALTER TYPE pair RENAME ATTRIBUTE nope TO x;
ALTER TYPE pair ADD ATTRIBUTE d int, DROP ATTRIBUTE a;
CREATE TABLE t (p pair, q nested);
ALTER TYPE pair ADD ATTRIBUTE e int;
ALTER TYPE pair ALTER ATTRIBUTE d TYPE text;
DROP TYPE pair;
ALTER TYPE pair RENAME TO couple;
DROP TYPE couple CASCADE;
DROP TYPE none, nested CASCADE;

---- row types
CREATE TABLE t (a int, b text);
CREATE TABLE u (one t, many t[]);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP TABLE t;
ALTER TABLE t ADD COLUMN c int;
ALTER TABLE t ALTER COLUMN b TYPE varchar(5);
ALTER TABLE t RENAME TO t2;
DROP TYPE t2;
DROP TABLE t2 CASCADE;
CREATE TABLE self (a self);

---- ranges
CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE textrange AS RANGE (subtype = text, collation = "C");
CREATE TYPE bad AS RANGE (subtype = nope);
CREATE TYPE bad AS RANGE (subtype = point);
CREATE TYPE bad AS RANGE (nope = 1);
CREATE TYPE bad AS RANGE (subtype_diff = float8mi);
CREATE TYPE named AS RANGE (subtype = int, multirange_type_name = named_many);
CREATE TABLE t (a floatrange, b floatmultirange, c named_many, d textrange[]);
DROP TYPE floatrange;
DROP TYPE floatmultirange;
ALTER TYPE named RENAME TO named2;
DROP TYPE floatrange CASCADE;

---- shells
CREATE TYPE later;
CREATE TYPE later;
CREATE TABLE t (a later);
DROP TYPE later;
DROP TYPE nope;
DROP TYPE int4;

---- names along the search path
CREATE SCHEMA app;
CREATE TYPE app.status AS ENUM ('a');
CREATE TABLE t (s status);
CREATE TABLE t (s app.status);
SET search_path = app, public;
CREATE TABLE u (s status, t public.t);
CREATE TYPE status AS ENUM ('x');
CREATE TYPE public.status AS ENUM ('x');
CREATE TABLE v (a status, b public.status);
SET search_path = public, app;
CREATE TABLE w (a status, b app.status);
CREATE TYPE text AS ENUM ('q');
CREATE TABLE x (a text, b public.text);
CREATE TYPE int AS ENUM ('q');
