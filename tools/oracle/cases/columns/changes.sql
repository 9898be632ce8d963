-- What a change of a column's type does to what is on the column.

---- checks that still mean something
CREATE TABLE t (n int CHECK (n > 0), s text CHECK (s <> ''), d date CHECK (d > '2000-01-01'), b boolean CHECK (b));
ALTER TABLE t ALTER n TYPE bigint;
ALTER TABLE t ALTER n TYPE numeric(10,2);
ALTER TABLE t ALTER s TYPE varchar(20);
ALTER TABLE t ALTER s TYPE char(5);
ALTER TABLE t ALTER d TYPE timestamptz;
ALTER TABLE t ALTER b TYPE text;

---- checks that mean nothing any more
CREATE TABLE t (n int CHECK (n > 0), s text CHECK (s <> ''), d date CHECK (d > '2000-01-01'), l text CHECK (length(l) > 1), i text CHECK (i IN ('1', '2')));
ALTER TABLE t ALTER n TYPE text;
ALTER TABLE t ALTER s TYPE int USING s::int;
ALTER TABLE t ALTER d TYPE text;
ALTER TABLE t ALTER l TYPE int USING l::int;
ALTER TABLE t ALTER i TYPE int USING i::int;
ALTER TABLE t ALTER i TYPE varchar(1);
ALTER TABLE t DROP CONSTRAINT t_i_check, ALTER i TYPE int USING i::int, ADD CHECK (i IN (1, 2));

---- indexes that the new type does not have
CREATE TABLE t (a text, b text, c text, j text, p point);
CREATE INDEX i1 ON t (a text_pattern_ops);
CREATE INDEX i2 ON t (lower(b));
CREATE INDEX i3 ON t (c) WHERE c <> '';
CREATE INDEX i4 ON t (j);
CREATE INDEX i5 ON t USING gist (p);
ALTER TABLE t ALTER a TYPE int USING a::int;
ALTER TABLE t ALTER a TYPE varchar(5);
ALTER TABLE t ALTER b TYPE int USING b::int;
ALTER TABLE t ALTER c TYPE int USING c::int;
ALTER TABLE t ALTER j TYPE json USING j::json;
ALTER TABLE t ALTER j TYPE jsonb USING j::jsonb;
ALTER TABLE t ALTER p TYPE text USING p::text;

---- foreign keys of another type
CREATE TABLE r (id int PRIMARY KEY, u uuid UNIQUE, t text UNIQUE);
CREATE TABLE t (i int REFERENCES r, u uuid REFERENCES r (u), s text REFERENCES r (t));
ALTER TABLE t ALTER i TYPE bigint;
ALTER TABLE t ALTER i TYPE smallint;
ALTER TABLE t ALTER i TYPE numeric;
ALTER TABLE t ALTER i TYPE text;
ALTER TABLE r ALTER id TYPE bigint;
ALTER TABLE r ALTER id TYPE uuid USING gen_random_uuid();
ALTER TABLE t ALTER u TYPE text;
ALTER TABLE r ALTER u TYPE text;
ALTER TABLE t ALTER s TYPE varchar(10);
ALTER TABLE t ALTER s TYPE citext;

---- defaults that follow and such that do not
CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'x', c text DEFAULT '5', d timestamptz DEFAULT now(), e int DEFAULT NULL, f boolean DEFAULT true);
ALTER TABLE t ALTER a TYPE text;
ALTER TABLE t ALTER b TYPE int USING 1;
ALTER TABLE t ALTER c TYPE int USING c::int;
ALTER TABLE t ALTER c DROP DEFAULT, ALTER c TYPE int USING c::int, ALTER c SET DEFAULT 5;
ALTER TABLE t ALTER d TYPE date;
ALTER TABLE t ALTER e TYPE text;
ALTER TABLE t ALTER f TYPE int USING f::int;
ALTER TABLE t ALTER f DROP DEFAULT, ALTER f TYPE int USING f::int;

---- exclusion and statistics
CREATE EXTENSION btree_gist;
CREATE TABLE t (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE STATISTICS st ON room, during FROM t;
ALTER TABLE t ALTER room TYPE bigint;
ALTER TABLE t ALTER during TYPE daterange USING daterange(lower(during)::date, upper(during)::date);
ALTER TABLE t ALTER during TYPE text USING during::text;
ALTER TABLE t ALTER room TYPE json USING to_json(room);

---- in children and partitions
CREATE TABLE p (id int, k text CHECK (k <> '')) PARTITION BY LIST (id);
CREATE TABLE a PARTITION OF p FOR VALUES IN (1);
CREATE INDEX ON a (lower(k));
CREATE VIEW v AS SELECT k FROM a;
ALTER TABLE p ALTER k TYPE varchar(9);
DROP VIEW v;
ALTER TABLE p ALTER k TYPE varchar(9);
ALTER TABLE p ALTER k TYPE int USING 1;

---- arrays, domains and composites
CREATE DOMAIN name AS text CHECK (VALUE <> '');
CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (a int[], n name, p pair, i int, s text[] DEFAULT '{}');
ALTER TABLE t ALTER a TYPE bigint[];
ALTER TABLE t ALTER a TYPE text;
ALTER TABLE t ALTER a TYPE text USING array_to_string(a, ',');
ALTER TABLE t ALTER n TYPE text;
ALTER TABLE t ALTER n TYPE varchar(5);
ALTER TABLE t ALTER n TYPE name;
ALTER TABLE t ALTER i TYPE pos;
ALTER TABLE t ALTER p TYPE text;
ALTER TABLE t ALTER p TYPE jsonb USING to_jsonb(p);
ALTER TABLE t ALTER s TYPE varchar(5)[];
ALTER TABLE t ALTER s TYPE int[] USING s::int[];
ALTER TABLE t ALTER i TYPE pair USING ROW(i, 'x')::pair;

---- defaults that a function in SQL gives
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT one() + 1';
CREATE FUNCTION moment() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()';
CREATE FUNCTION chance() RETURNS double precision LANGUAGE sql AS 'SELECT random()';
CREATE FUNCTION many() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2';
CREATE FUNCTION safe() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION fixed() RETURNS int LANGUAGE sql SET work_mem = '1MB' AS 'SELECT 1';
CREATE FUNCTION block() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION stable() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END';
CREATE TABLE source (id int);
CREATE FUNCTION reads() RETURNS int LANGUAGE sql AS 'SELECT max(id) FROM source';
CREATE TABLE t (id int);
ALTER TABLE t ADD a int DEFAULT one();
ALTER TABLE t ADD b int DEFAULT two();
ALTER TABLE t ADD c timestamptz DEFAULT moment();
ALTER TABLE t ADD d double precision DEFAULT chance();
ALTER TABLE t ADD e int DEFAULT many();
ALTER TABLE t ADD f int DEFAULT safe();
ALTER TABLE t ADD g int DEFAULT fixed();
ALTER TABLE t ADD h int DEFAULT block();
ALTER TABLE t ADD i int DEFAULT stable();
ALTER TABLE t ADD j int DEFAULT reads();
ALTER TABLE t ADD k bigint DEFAULT one();
