-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- default of a column
CREATE TABLE t (b int, a int DEFAULT b);
-- = error 0A000

---- default by subquery
CREATE TABLE t (b int, a int DEFAULT (SELECT 1));
-- = error 0A000

---- default by aggregate
CREATE TABLE t (b int, a int DEFAULT sum(1));
-- = error 42803

---- default returns a set
CREATE TABLE t (b int, a int DEFAULT generate_series(1, 3));
-- = error 0A000

---- default of another type
CREATE TABLE t (b int, a int DEFAULT true);
-- = error 42804

---- default is no number
CREATE TABLE t (b int, a int DEFAULT 'many');
-- = error 22P02

---- default current time
CREATE TABLE t (b int, a int DEFAULT CURRENT_TIMESTAMP);
-- = error 42804

---- default text that is a number
CREATE TABLE t (b int, a int DEFAULT '12');

---- check by subquery
CREATE TABLE t (a int CHECK (a > (SELECT 1)), b int);
-- = error 0A000

---- check by aggregate
CREATE TABLE t (a int CHECK (sum(a) > 1), b int);
-- = error 42803

---- check of a system column
CREATE TABLE t (a int CHECK (ctid IS NOT NULL), b int);
-- = error 42P10

---- generated of a later column
CREATE TABLE t (a int GENERATED ALWAYS AS (b * 2) STORED, b int);

---- generated of itself
CREATE TABLE t (a int GENERATED ALWAYS AS (a * 2) STORED, b int);
-- = error 42P17

---- named like a system column
CREATE TABLE t (xmin int);
-- = error 42701

---- pseudo-type
CREATE TABLE t (a record);
-- = error 42P16

---- collation of a number
CREATE TABLE t (a int COLLATE "C");
-- = error 42804

---- identity of text
CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY);
-- = error 22023

---- storage of a number
CREATE TABLE t (a int STORAGE extended);
-- = error 0A000

---- compression of a number
CREATE TABLE t (a int COMPRESSION pglz);
-- = error 0A000

---- unknown compression
CREATE TABLE t (a text COMPRESSION zip);
-- = error 22023

---- default and identity
CREATE TABLE t (a int DEFAULT 1 GENERATED ALWAYS AS IDENTITY);
-- = error 42601

---- row of itself
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN b t;
-- = error 42P16

---- array of rows of itself
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN b t[];
-- = error 42P16

---- index on a system column
CREATE TABLE t (a int);
CREATE INDEX ON t ((ctid IS NULL));
-- = error 0A000

---- index by subquery
CREATE TABLE t (a int);
CREATE INDEX ON t ((a + (SELECT 1)));
-- = error 0A000

---- retype while the row type is used
CREATE TABLE t (a int);
CREATE TABLE u (b t);
ALTER TABLE t ALTER COLUMN a TYPE bigint;
-- = error 0A000

---- text as cstring
CREATE TABLE keys (id int PRIMARY KEY, name text NOT NULL DEFAULT uuid_in(md5(random()::text)::cstring));

---- a number as cstring
CREATE TABLE keys (id int PRIMARY KEY, name text NOT NULL DEFAULT 1::cstring::text);
-- = error 42846
