-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM t $$;
-- = lock public.t ACCESS SHARE

---- create that writes
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE FUNCTION g() RETURNS void LANGUAGE sql AS $$ DELETE FROM t WHERE n = 1 $$;
-- = lock public.t ROW EXCLUSIVE

---- body of a missing table
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM nope $$;
-- = error 42P01

---- body of a missing table, unchecked
SET check_function_bodies = off;
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM nope $$;

---- body with a syntax error
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$ SELEC 1 $$;
-- = error 42601

---- PL/pgSQL body of a missing table
CREATE FUNCTION g() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM nope); END $$;

---- PL/pgSQL body with a syntax error
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 END $$;
-- = error 42601

---- PL/pgSQL returns where it must not
CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
-- = error 42804

---- twice
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42723

---- overload
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;

---- replace
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE FUNCTION f(a int, b text DEFAULT 'y') RETURNS integer LANGUAGE sql AS $$ SELECT 2 $$;

---- replace with other result
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE FUNCTION f(a int, b text DEFAULT 'x') RETURNS bigint LANGUAGE sql AS $$ SELECT 2::bigint $$;
-- = error 42P13

---- replace with other name of an argument
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE FUNCTION f(c int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 2 $$;
-- = error 42P13

---- replace without a default
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS $$ SELECT 2 $$;
-- = error 42P13

---- replace with other columns
CREATE FUNCTION g() RETURNS TABLE (a int, b int) LANGUAGE sql AS $$ SELECT 1, 2 $$;
CREATE OR REPLACE FUNCTION g() RETURNS TABLE (a int, c int) LANGUAGE sql AS $$ SELECT 1, 2 $$;
-- = error 42P13

---- replace result by one OUT argument
CREATE FUNCTION g(i int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE FUNCTION g(INOUT i int) LANGUAGE sql AS $$ SELECT 1 $$;

---- replace function by procedure
CREATE FUNCTION p(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE OR REPLACE PROCEDURE p(a int) LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42809

---- no result
CREATE FUNCTION g() LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- no language
CREATE FUNCTION g() RETURNS int AS $$ SELECT 1 $$;
-- = error 42P13

---- unknown result
CREATE FUNCTION g() RETURNS nope LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42704

---- result against OUT
CREATE FUNCTION g(OUT a int) RETURNS text LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- polymorphic result of nothing
CREATE FUNCTION g(a int) RETURNS anyelement LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- argument twice
CREATE FUNCTION g(a int, a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- argument in and out by one name
CREATE FUNCTION g(a int, OUT a int) LANGUAGE sql AS $$ SELECT 1 $$;

---- default before none
CREATE FUNCTION g(a int DEFAULT 1, b int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- variadic that is no array
CREATE FUNCTION g(VARIADIC a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- variadic first
CREATE FUNCTION g(VARIADIC a int[], b int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- rows without a set
CREATE FUNCTION g() RETURNS int ROWS 5 LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 22023

---- trigger function with arguments
CREATE FUNCTION g(a int) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
-- = error 42P13

---- strict procedure
CREATE PROCEDURE q() STRICT LANGUAGE sql AS $$ SELECT 1 $$;
-- = error 42P13

---- drop by name
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION f;

---- drop by types
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION f(int, text);

---- drop by other types
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION f(int);
-- = error 42883

---- drop by name, overloaded
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION f;
-- = error 42725

---- drop procedure as function
CREATE PROCEDURE p(a int) LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION p(int);
-- = error 42809

---- drop procedure as routine
CREATE PROCEDURE p(a int) LANGUAGE sql AS $$ SELECT 1 $$;
DROP ROUTINE p(int);

---- drop missing
DROP FUNCTION nope();
-- = error 42883

---- drop procedure by its OUT too
CREATE PROCEDURE q(a int, OUT b int) LANGUAGE sql AS $$ SELECT 1 $$;
DROP PROCEDURE q(int, int);

---- alter procedure as function
CREATE PROCEDURE p(a int) LANGUAGE sql AS $$ SELECT 1 $$;
ALTER FUNCTION p(int) SECURITY DEFINER;
-- = error 42809

---- rename to one there is
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION g(int, text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
ALTER FUNCTION f(int, text) RENAME TO g;
-- = error 42723

---- set schema to one there is
CREATE SCHEMA app;
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION app.f(int, text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
ALTER FUNCTION f(int, text) SET SCHEMA app;
-- = error 42723

---- drop together with what calls it
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
DROP FUNCTION f(int, text), nope();
-- = error 42883

---- drop called by a default
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE TABLE u (a int DEFAULT f(1));
DROP FUNCTION f(int, text);
-- = error 2BP01

---- replaced, its columns' types in other words
CREATE TYPE pair AS (a text, b text);
CREATE FUNCTION g() RETURNS TABLE (id uuid, at timestamptz, p public.pair []) LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE OR REPLACE FUNCTION g() RETURNS TABLE (id uuid, at timestamp with time zone, p pair[]) LANGUAGE plpgsql AS $$ BEGIN END $$;

---- replaced with columns of other types
CREATE FUNCTION g() RETURNS TABLE (id uuid, at timestamptz) LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE OR REPLACE FUNCTION g() RETURNS TABLE (id uuid, at timestamp) LANGUAGE plpgsql AS $$ BEGIN END $$;
-- = error 42P13
