-- A type change in its surroundings: constraints, generated columns, identity, partitions, children.

---- with a check on the column
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) CHECK (a <> ''), b int CHECK (b > 0));
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE bigint;
ALTER TABLE t ALTER COLUMN a TYPE text, DROP CONSTRAINT t_a_check;

---- with a check that is not valid
CREATE TABLE t (id int PRIMARY KEY, a varchar(10));
ALTER TABLE t ADD CONSTRAINT filled CHECK (a <> '') NOT VALID;
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);

---- with a check on another column
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b int CHECK (b > 0));
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);

---- with not null
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) NOT NULL);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20), ALTER COLUMN a DROP NOT NULL;
ALTER TABLE t ALTER COLUMN a TYPE varchar(30), ALTER COLUMN a SET NOT NULL;

---- with a default
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) DEFAULT 'x', b int DEFAULT 1);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b DROP DEFAULT, ALTER COLUMN b TYPE text, ALTER COLUMN b SET DEFAULT 'one';
ALTER TABLE t ALTER COLUMN a DROP DEFAULT, ALTER COLUMN a TYPE text;

---- serial
CREATE TABLE t (id serial PRIMARY KEY, a smallserial);
ALTER TABLE t ALTER COLUMN id TYPE bigint;
ALTER TABLE t ALTER COLUMN a TYPE int;

---- identity
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
ALTER TABLE t ALTER COLUMN id TYPE bigint;

---- generated
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED, c varchar(10) GENERATED ALWAYS AS (a::text) STORED);
ALTER TABLE t ALTER COLUMN b TYPE bigint;
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);

---- generated, virtual (18+)
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a) VIRTUAL CHECK (c > 0));
ALTER TABLE t ALTER COLUMN b TYPE bigint;
ALTER TABLE t ALTER COLUMN c TYPE bigint;

---- several columns
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(10), c int);
CREATE INDEX ON t (b);
ALTER TABLE t ALTER COLUMN a TYPE varchar(20), ALTER COLUMN b TYPE text;
ALTER TABLE t ALTER COLUMN a TYPE text, ALTER COLUMN c TYPE bigint;

---- to the same type
CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(10), c numeric(10,2), d timestamptz);
CREATE INDEX ON t (a);
CREATE INDEX ON t (b, c, d);
ALTER TABLE t ALTER COLUMN a TYPE int;
ALTER TABLE t ALTER COLUMN b TYPE varchar(10);
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,2);
ALTER TABLE t ALTER COLUMN d TYPE timestamptz;
ALTER TABLE t ALTER COLUMN a SET DATA TYPE integer USING a;

---- of a partitioned table
CREATE TABLE p (id int, a varchar(10), b int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
CREATE TABLE p2a PARTITION OF p2 FOR VALUES FROM (10) TO (15);
CREATE INDEX ON p (a);
ALTER TABLE p ALTER COLUMN a TYPE varchar(20);
ALTER TABLE p ALTER COLUMN b TYPE bigint;
ALTER TABLE p ALTER COLUMN a TYPE text;

---- of a partitioned table with a key
CREATE TABLE p (id int, a varchar(10), PRIMARY KEY (id, a)) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
ALTER TABLE p ALTER COLUMN a TYPE varchar(20);

---- of a parent
CREATE TABLE p (id int, a varchar(10), b int);
CREATE TABLE c () INHERITS (p);
CREATE TABLE g () INHERITS (c);
CREATE INDEX ON c (a);
ALTER TABLE p ALTER COLUMN a TYPE varchar(20);
ALTER TABLE p ALTER COLUMN b TYPE bigint;

---- that a function or a trigger reads
CREATE TABLE t (id int PRIMARY KEY, a varchar(10));
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN a TYPE int USING 1;

---- of a typed table
CREATE TYPE pair AS (a int, b varchar(10));
CREATE TABLE t OF pair;
ALTER TYPE pair ALTER ATTRIBUTE b TYPE varchar(20) CASCADE;
ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint CASCADE;
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
ALTER TYPE pair RENAME ATTRIBUTE c TO d CASCADE;
ALTER TYPE pair DROP ATTRIBUTE d CASCADE;

---- rename of types that columns have
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN word AS text;
CREATE TABLE t (id int PRIMARY KEY, m mood, w word);
ALTER TYPE mood ADD VALUE 'c';
ALTER TYPE mood RENAME VALUE 'c' TO 'd';
ALTER TYPE mood RENAME TO feeling;
ALTER DOMAIN word RENAME TO term;
DROP DOMAIN term CASCADE;
DROP TYPE feeling CASCADE;
