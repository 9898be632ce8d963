-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- drop
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP TABLE orders;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP TABLE nope;
-- = error 42P01

---- drop if exists
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP TABLE IF EXISTS nope;

---- create taken
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE orders (id int);
-- = error 42P07

---- create if not exists
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE IF NOT EXISTS orders (id int);

---- create references
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 (id int, o bigint REFERENCES orders (id));
-- = lock public.orders SHARE ROW EXCLUSIVE

---- create like
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 (LIKE orders INCLUDING ALL);
-- = lock public.orders ACCESS SHARE

---- create inherits
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 () INHERITS (orders);
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- create duplicate column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 (a int, a int);
-- = error 42701

---- create unknown type
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 (a nope);
-- = error 42704

---- create as
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE o2 AS SELECT * FROM orders;
-- = lock public.orders ACCESS SHARE

---- rename
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME TO o2;
-- = lock public.orders ACCESS EXCLUSIVE

---- set logged
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET LOGGED;
-- = lock public.orders ACCESS EXCLUSIVE

---- set unlogged
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET UNLOGGED;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- options
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET (fillfactor = 70);
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- autovacuum
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET (autovacuum_enabled = false);
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- replica identity
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders REPLICA IDENTITY FULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- owner
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders OWNER TO postgres;
-- = lock public.orders ACCESS EXCLUSIVE

---- rls
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- = lock public.orders ACCESS EXCLUSIVE

---- force rls
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
-- = lock public.orders ACCESS EXCLUSIVE

---- truncate
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
TRUNCATE orders;
-- = lock public.orders ACCESS EXCLUSIVE

---- lock
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
LOCK TABLE orders IN SHARE MODE;
-- = lock public.orders SHARE

---- comment
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
COMMENT ON TABLE orders IS 'x';
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- comment column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
COMMENT ON COLUMN orders.note IS 'x';
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- comment constraint
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
COMMENT ON CONSTRAINT orders_pkey ON orders IS 'x';
-- = lock public.orders ACCESS SHARE

---- disable trigger
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DISABLE TRIGGER ALL;
-- = lock public.orders SHARE ROW EXCLUSIVE

---- disable missing trigger
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DISABLE TRIGGER nope;
-- = error 42704

---- alter missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE nope ADD COLUMN a int;
-- = error 42P01

---- alter if exists missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE IF EXISTS nope ADD COLUMN a int;

---- grant
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
GRANT SELECT ON orders TO PUBLIC;
-- = lock public.orders ACCESS SHARE

---- statistics
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE STATISTICS s ON customer_id, code FROM orders;
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- set schema
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET SCHEMA nope;
-- = error 3F000

---- access method
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET ACCESS METHOD heap;
-- = lock public.orders ACCESS EXCLUSIVE

---- policy
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE POLICY p ON orders USING (true);
-- = lock public.orders ACCESS EXCLUSIVE

---- drop missing policy
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP POLICY p ON orders;
-- = error 42704

---- without cluster
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders SET WITHOUT CLUSTER;
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- drop referencing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
DROP TABLE orders;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop referenced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
DROP TABLE customers;
-- = error 2BP01

---- drop referenced cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
DROP TABLE customers CASCADE;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop both
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
DROP TABLE customers, orders;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- truncate referenced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
TRUNCATE customers;
-- = error 0A000

---- truncate cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
TRUNCATE customers CASCADE;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- truncate both
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
TRUNCATE customers, orders;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop with view
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
DROP TABLE orders;
-- = error 2BP01

---- drop with view cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
DROP TABLE orders CASCADE;
-- = lock public.order_notes ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- set schema
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SCHEMA app;
ALTER TABLE orders SET SCHEMA app;
-- = lock public.orders ACCESS EXCLUSIVE

---- create trigger
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- = lock public.orders SHARE ROW EXCLUSIVE

---- create trigger missing function
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION nope();
-- = error 42883

---- create trigger twice
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- = error 42710

---- drop trigger
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
DROP TRIGGER t ON orders;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop function of trigger
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
DROP FUNCTION touch();
-- = error 2BP01

---- drop missing function
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP FUNCTION nope();
-- = error 42883

---- create function twice
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- = error 42723

---- replace function other type
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE OR REPLACE FUNCTION touch() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- = error 42P13

---- statistics on a materialized view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE MATERIALIZED VIEW m AS SELECT note, n FROM t;
CREATE STATISTICS s ON note, n FROM m;
-- = lock public.m SHARE UPDATE EXCLUSIVE

---- statistics on a view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT note, n FROM t;
CREATE STATISTICS s ON note, n FROM v;
-- = error 42809

---- statistics on one column
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s ON note FROM t;
-- = error 42P17

---- statistics on a column twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s ON note, note FROM t;
-- = error 42701

---- statistics of an unknown kind
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s (nope) ON note, n FROM t;
-- = error 42601

---- statistics twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s ON note, n FROM t;
CREATE STATISTICS s ON id, n FROM t;
-- = error 42710

---- rename statistics
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s ON note, n FROM t;
ALTER STATISTICS s RENAME TO s2;

---- move statistics to a missing schema
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE STATISTICS s ON note, n FROM t;
ALTER STATISTICS s SET SCHEMA nope;
-- = error 3F000

---- index on an expression of a materialized view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE MATERIALIZED VIEW m AS SELECT note, n FROM t;
CREATE INDEX i ON m ((n + 1));
-- = lock public.m SHARE
-- = work build-index public.m

---- grant what a table has not
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
GRANT EXECUTE ON t TO PUBLIC;
-- = error 0LP01

---- grant on an unknown column
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
GRANT SELECT (nope) ON t TO PUBLIC;
-- = error 42703

---- grant all on a column
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
GRANT ALL (n) ON t TO PUBLIC;
-- = lock public.t ACCESS SHARE

---- grant what a function has not
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
GRANT USAGE ON FUNCTION f() TO PUBLIC;
-- = error 0LP01

---- comment on a missing attribute
CREATE TYPE pair AS (a int);
COMMENT ON COLUMN pair.nope IS 'x';
-- = error 42703

---- comment on a view's missing rule
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
COMMENT ON RULE nope ON v IS 'x';
-- = error 42704
