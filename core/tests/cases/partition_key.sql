-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- no such column
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY LIST (b);
-- = error 42703

---- list of two
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY LIST (a, c);
-- = error 42P17

---- system column
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE (xmin);
-- = error 42P17

---- constant
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE ((42));
-- = error 42P17

---- volatile
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE ((a + random()));
-- = error 42P17

---- aggregate
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE ((sum(a)));
-- = error 42803

---- subquery
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE ((a + (SELECT 1)));
-- = error 0A000

---- row
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE (((a, c)));
-- = error 42P16

---- type without order
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE (p);
-- = error 42704

---- generated
CREATE TABLE t (a int, c text, p point, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE (g);
-- = error 42P17

---- storage options
CREATE TABLE t (a int) PARTITION BY LIST (a) WITH (fillfactor = 70);
-- = error 42809

---- no inherit check
CREATE TABLE t (a int, CHECK (a > 0) NO INHERIT) PARTITION BY LIST (a);
-- = error 42P16

---- unlogged
CREATE UNLOGGED TABLE t (a int) PARTITION BY LIST (a);
-- = error 0A000

---- sql function without a word on volatility
CREATE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
CREATE TABLE t (a int) PARTITION BY RANGE (plus_one(a));

---- drop from a sub-partition's key
CREATE TABLE t (a int, b int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (b);
ALTER TABLE t DROP COLUMN b;
-- = error 42P16

---- retype in a sub-partition's key
CREATE TABLE t (a int, b int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (b);
ALTER TABLE t ALTER COLUMN b TYPE bigint;
-- = error 42P16

---- sql function that is random
CREATE FUNCTION about(a int) RETURNS int LANGUAGE sql AS 'SELECT a + random()::int';
CREATE TABLE t (a int) PARTITION BY RANGE (about(a));
-- = error 42P17

---- drop a function of the key
CREATE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
CREATE TABLE t (a int) PARTITION BY RANGE (plus_one(a));
DROP FUNCTION plus_one(int);
-- = error 2BP01
