-- Schemas and search paths in forms that few histories have.

---- create schema with elements
CREATE SCHEMA s CREATE TABLE t (id int REFERENCES u) CREATE TABLE u (id int PRIMARY KEY);
CREATE SCHEMA s CREATE TABLE u (id int PRIMARY KEY) CREATE TABLE t (id int REFERENCES u) CREATE VIEW v AS SELECT id FROM t GRANT SELECT ON v TO PUBLIC;
CREATE SCHEMA IF NOT EXISTS s;
CREATE SCHEMA IF NOT EXISTS q CREATE TABLE t (id int);
CREATE SCHEMA q CREATE TABLE other.t (id int);
CREATE SCHEMA q CREATE SEQUENCE a CREATE TABLE b (id int DEFAULT nextval('q.a'));
CREATE SCHEMA AUTHORIZATION postgres;

---- a search path decides
CREATE SCHEMA a;
CREATE SCHEMA b;
SET search_path = a, b;
CREATE TABLE t (id int);
SET search_path = b, a;
CREATE TABLE t (id int, only_b int);
ALTER TABLE t ADD x int;
DROP TABLE t;
ALTER TABLE t ADD y int;
SET search_path = '';
CREATE TABLE nowhere (id int);
ALTER TABLE t ADD z int;
SET LOCAL search_path = a;
SELECT y FROM a.t;
RESET search_path;
CREATE TYPE a.mood AS ENUM ('x');
CREATE TABLE u (m mood);
SET search_path TO public, a;
CREATE TABLE u (m mood);
CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE w (n int DEFAULT f());
SHOW search_path;
SELECT set_config('search_path', 'b', false);
CREATE TABLE in_b (id int);
SELECT * FROM b.in_b;

---- the same name of several kinds
CREATE TABLE x (id int);
CREATE VIEW x AS SELECT 1 AS a;
CREATE SEQUENCE x;
CREATE INDEX x ON x (id);
CREATE TYPE x AS ENUM ('a');
CREATE DOMAIN x AS int;
CREATE MATERIALIZED VIEW x AS SELECT 1 AS a;
CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE y (id int, CONSTRAINT x CHECK (id > 0));
CREATE TABLE z (id int, CONSTRAINT x UNIQUE (id));
CREATE TYPE e AS ENUM ('a');
CREATE TABLE e (id int);
CREATE TYPE _e AS ENUM ('a');
CREATE TABLE _x (id int);

---- long names are cut
CREATE TABLE a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_the_server (id serial PRIMARY KEY, another_rather_long_column_name int UNIQUE);
ALTER TABLE a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_the_server ADD x int;
CREATE INDEX ON a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_t (another_rather_long_column_name, x);
ALTER TABLE a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_t ADD CHECK (x > 0);
ALTER TABLE a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_t ADD CHECK (another_rather_long_column_name > x);
CREATE TABLE r (another_rather_long_column_name_that_refers int REFERENCES a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_t);
ALTER TABLE r RENAME TO another_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_too;
SELECT x FROM a_name_that_is_longer_than_sixty_three_bytes_and_so_is_cut_by_the_server_whatever_comes_here;

---- names in quotes
CREATE TABLE "Select" ("From" int PRIMARY KEY, "a""b" text, "Ünï" int, "" int);
CREATE TABLE "Select" ("From" int PRIMARY KEY, "a""b" text, "Ünï" int);
CREATE INDEX ON "Select" ("Ünï");
ALTER TABLE Select ADD x int;
ALTER TABLE "select" ADD x int;
ALTER TABLE "Select" ADD CHECK ("a""b" <> '"');
ALTER TABLE "Select" RENAME "a""b" TO ab;
ALTER TABLE "Select" RENAME AB TO Ab;
ALTER TABLE "Select" RENAME "Ünï" TO "from";
CREATE VIEW "V" AS SELECT "From", "from" FROM "Select";
CREATE TABLE U&"d\0061t\+000061" (id int);
SELECT * FROM data;
COMMENT ON COLUMN "Select"."From" IS 'it''s';
DROP TABLE "Select" CASCADE;
