-- Operators, casts, collations, conversions, languages, access methods, event triggers, transforms, aggregates.

---- operator
CREATE FUNCTION same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same);
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same);
COMMENT ON OPERATOR === (int, int) IS 'the same';
DROP FUNCTION same(int, int);
DROP OPERATOR === (int, int);
DROP OPERATOR === (int, int);
DROP OPERATOR IF EXISTS === (int, int);

---- prefix operator
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';
CREATE OPERATOR @#@ (RIGHTARG = int, FUNCTION = twice);
DROP FUNCTION twice(int) CASCADE;

---- operator in a schema
CREATE SCHEMA s;
CREATE SCHEMA u;
CREATE FUNCTION same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2';
CREATE OPERATOR s.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = same);
ALTER OPERATOR s.=== (int, int) SET SCHEMA u;
ALTER OPERATOR s.=== (int, int) SET SCHEMA u;
DROP SCHEMA u;
DROP SCHEMA u CASCADE;

---- operator of a type that goes
CREATE TYPE e AS ENUM ('x');
CREATE FUNCTION same(e, e) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
CREATE OPERATOR === (LEFTARG = e, RIGHTARG = e, FUNCTION = same);
DROP TYPE e;
DROP TYPE e CASCADE;

---- operator class
CREATE OPERATOR CLASS mine FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS mine FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
COMMENT ON OPERATOR CLASS mine USING btree IS 'mine';
ALTER OPERATOR CLASS mine USING btree RENAME TO yours;
DROP OPERATOR CLASS yours USING btree;
DROP OPERATOR CLASS yours USING btree;
DROP OPERATOR CLASS IF EXISTS yours USING btree;

---- operator family
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR FAMILY fam USING hash;
CREATE OPERATOR CLASS mine FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
ALTER OPERATOR FAMILY fam USING btree RENAME TO fam2;
DROP OPERATOR FAMILY fam2 USING btree;
DROP OPERATOR FAMILY fam2 USING btree CASCADE;
DROP OPERATOR FAMILY nope USING btree;
CREATE OPERATOR FAMILY fam3 USING nope;

---- cast
CREATE TYPE e AS ENUM ('1');
CREATE CAST (e AS int) WITH INOUT;
CREATE CAST (e AS int) WITH INOUT;
COMMENT ON CAST (e AS int) IS 'to a number';
DROP CAST (e AS int);
DROP CAST (e AS int);
DROP CAST IF EXISTS (e AS int);

---- cast with a function
CREATE TYPE e AS ENUM ('1');
CREATE FUNCTION to_int(e) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE CAST (e AS int) WITH FUNCTION to_int(e) AS ASSIGNMENT;
DROP FUNCTION to_int(e);
DROP FUNCTION to_int(e) CASCADE;

---- cast of a type that goes
CREATE TYPE e AS ENUM ('1');
CREATE CAST (e AS int) WITH INOUT;
DROP TYPE e CASCADE;

---- cast of no type
CREATE CAST (nope AS int) WITH INOUT;

---- collation
CREATE COLLATION c (LOCALE = 'C');
CREATE COLLATION c (LOCALE = 'C');
CREATE COLLATION IF NOT EXISTS c (LOCALE = 'C');
CREATE COLLATION d FROM "C";
CREATE COLLATION e FROM nope;
COMMENT ON COLLATION c IS 'like C';
ALTER COLLATION c RENAME TO c2;
ALTER COLLATION c2 RENAME TO d;
ALTER COLLATION nope RENAME TO x;
DROP COLLATION c2;
DROP COLLATION c2;
DROP COLLATION IF EXISTS c2;

---- collation of a column
CREATE COLLATION c (LOCALE = 'C');
CREATE TABLE t (a text COLLATE c);
DROP COLLATION c;
DROP COLLATION c CASCADE;

---- collation in a schema
CREATE SCHEMA s;
CREATE COLLATION s.c (LOCALE = 'C');
ALTER COLLATION s.c SET SCHEMA public;
ALTER COLLATION c SET SCHEMA nope;
CREATE TABLE t (a text COLLATE c, b text COLLATE nope);

---- conversion
CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
ALTER CONVERSION c RENAME TO d;
DROP CONVERSION d;
DROP CONVERSION d;
DROP CONVERSION IF EXISTS d;

---- event trigger
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER ev ON ddl_command_end EXECUTE FUNCTION e();
CREATE EVENT TRIGGER ev ON ddl_command_end EXECUTE FUNCTION e();
ALTER EVENT TRIGGER ev DISABLE;
ALTER EVENT TRIGGER ev RENAME TO ev2;
COMMENT ON EVENT TRIGGER ev2 IS 'on everything';
DROP FUNCTION e();
DROP EVENT TRIGGER ev2;
DROP EVENT TRIGGER ev2;
DROP EVENT TRIGGER IF EXISTS ev2;
ALTER EVENT TRIGGER nope DISABLE;

---- event trigger with its function
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER ev ON sql_drop EXECUTE FUNCTION e();
DROP FUNCTION e() CASCADE;

---- access method
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int) USING heap2;
COMMENT ON ACCESS METHOD heap2 IS 'another heap';
DROP ACCESS METHOD nope;
DROP ACCESS METHOD IF EXISTS nope;

---- language
CREATE LANGUAGE mine HANDLER plpgsql_call_handler;
CREATE LANGUAGE mine HANDLER plpgsql_call_handler;
CREATE OR REPLACE LANGUAGE mine HANDLER plpgsql_call_handler;
ALTER LANGUAGE mine RENAME TO yours;
COMMENT ON LANGUAGE yours IS 'yours';
DROP LANGUAGE yours;
DROP LANGUAGE yours;
DROP LANGUAGE IF EXISTS yours;

---- aggregate
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
COMMENT ON AGGREGATE total (int) IS 'the sum';
ALTER AGGREGATE total (int) RENAME TO summed;
DROP FUNCTION summed(int);
DROP AGGREGATE summed (int);
DROP AGGREGATE summed (int);
DROP AGGREGATE IF EXISTS summed (int);

---- aggregate in a schema
CREATE SCHEMA s;
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int);
ALTER AGGREGATE total (int) SET SCHEMA s;
ALTER AGGREGATE total (int) SET SCHEMA s;
DROP SCHEMA s CASCADE;

---- aggregate that lacks its parts
CREATE AGGREGATE a (int) (SFUNC = int4pl);
CREATE AGGREGATE a (int) (STYPE = int);
CREATE AGGREGATE a (nope) (SFUNC = int4pl, STYPE = int);

---- aggregate over anything
CREATE FUNCTION counted(int) RETURNS int LANGUAGE sql AS 'SELECT $1 + 1';
CREATE AGGREGATE rows (*) (SFUNC = counted, STYPE = int, INITCOND = '0');
DROP AGGREGATE rows (*);

---- replace an aggregate
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int);
CREATE OR REPLACE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '5');
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE AGGREGATE f (int) (SFUNC = int4pl, STYPE = int);
