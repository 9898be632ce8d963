-- ALTER TABLE … DROP COLUMN.

---- plain
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP c;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN IF EXISTS b;
ALTER TABLE t DROP COLUMN ctid;

---- numbers are not used again
CREATE TABLE t (a int, b int);
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t DROP COLUMN b, ADD COLUMN b text;

---- all of them
CREATE TABLE t (a int);
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t ADD COLUMN b int;

---- with its indexes
CREATE TABLE t (a int, b int, c int);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (c) INCLUDE (a);
CREATE INDEX ON t (c) WHERE a > 0;
CREATE INDEX ON t ((a + b));
ALTER TABLE t DROP COLUMN a;

---- with its constraints
CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0), CHECK (b > c), UNIQUE (b, c));
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN c;

---- that a foreign key references
CREATE TABLE p (id int PRIMARY KEY, a int);
CREATE TABLE t (p int REFERENCES p);
ALTER TABLE p DROP COLUMN id;
ALTER TABLE p DROP COLUMN id CASCADE;

---- that references
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, p int REFERENCES p);
ALTER TABLE t DROP COLUMN p;

---- that a view reads
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN a CASCADE;

---- that a generated column reads
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
ALTER TABLE t DROP COLUMN b;

---- that a generated column reads and is needed (15+)
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN a CASCADE;

---- that a policy reads
CREATE TABLE t (a int, b int);
CREATE POLICY p ON t USING (a > 0);
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN a CASCADE;

---- that a trigger names
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN a CASCADE;

---- with its sequence
CREATE TABLE t (a serial, b int);
ALTER TABLE t DROP COLUMN a;

---- whose sequence another default uses
CREATE TABLE t (a serial, b int);
CREATE TABLE u (a int DEFAULT nextval('t_a_seq'));
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN a CASCADE;

---- identity
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int);
ALTER TABLE t DROP COLUMN a;

---- with its comment and statistics
CREATE TABLE t (a int, b int, c int);
COMMENT ON COLUMN t.a IS 'a';
CREATE STATISTICS s ON a, b FROM t;
ALTER TABLE t DROP COLUMN a;

---- of a parent
CREATE TABLE p (a int, b int);
CREATE TABLE c (b int, d int) INHERITS (p);
ALTER TABLE c DROP COLUMN a;
ALTER TABLE p DROP COLUMN a;
ALTER TABLE p DROP COLUMN b;
ALTER TABLE c DROP COLUMN b;

---- of a parent only
CREATE TABLE p (a int, b int);
CREATE TABLE c () INHERITS (p);
ALTER TABLE ONLY p DROP COLUMN a;
ALTER TABLE c DROP COLUMN a;

---- of a partition key
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p DROP COLUMN a;
ALTER TABLE p1 DROP COLUMN b;
ALTER TABLE p DROP COLUMN b;
ALTER TABLE ONLY p DROP COLUMN a;

---- that a function has in its body
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT sum(a) FROM t';
ALTER TABLE t DROP COLUMN a;
