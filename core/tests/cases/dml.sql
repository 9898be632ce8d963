-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- insert
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
INSERT INTO orders (id) VALUES (1);
-- = lock public.orders ROW EXCLUSIVE

---- insert unknown column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
INSERT INTO orders (nope) VALUES (1);
-- = error 42703

---- insert too many
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
INSERT INTO orders (id) VALUES (1, 2);
-- = error 42601

---- insert too few
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
INSERT INTO orders (id, note) VALUES (1);
-- = error 42601

---- insert twice
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
INSERT INTO orders (id, id) VALUES (1, 2);
-- = error 42701

---- update
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
UPDATE orders SET note = 'x';
-- = lock public.orders ROW EXCLUSIVE

---- update unknown column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
UPDATE orders SET nope = 1;
-- = error 42703

---- update twice
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
UPDATE orders SET note = 'a', note = 'b';
-- = error 42601

---- delete
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DELETE FROM orders;
-- = lock public.orders ROW EXCLUSIVE

---- delete missing table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DELETE FROM nope;
-- = error 42P01

---- select
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
SELECT * FROM orders;
-- = lock public.orders ACCESS SHARE

---- select for update
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
SELECT * FROM orders FOR UPDATE;
-- = lock public.orders ROW SHARE

---- with
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
WITH x AS (SELECT id FROM orders) SELECT * FROM x;
-- = lock public.orders ACCESS SHARE

---- with dml
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x;
-- = lock public.orders ROW EXCLUSIVE

---- update from
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
UPDATE orders o SET note = c.name FROM customers c WHERE c.id = o.customer_id;
-- = lock public.customers ACCESS SHARE
-- = lock public.orders ROW EXCLUSIVE

---- insert select
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
INSERT INTO customers (id, name) SELECT id, note FROM orders WHERE note IS NOT NULL;
-- = lock public.customers ROW EXCLUSIVE
-- = lock public.orders ACCESS SHARE

---- insert with foreign key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
INSERT INTO orders (id) VALUES (1);
-- = lock public.orders ROW EXCLUSIVE

---- do block
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DO $$ BEGIN ALTER TABLE orders ADD COLUMN a int; END $$;
-- = lock public.orders ACCESS EXCLUSIVE

---- do block caught
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DO $$ BEGIN ALTER TABLE orders ADD COLUMN note int; EXCEPTION WHEN duplicate_column THEN NULL; END $$;
-- = lock public.orders ACCESS EXCLUSIVE

---- do block fails
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DO $$ BEGIN ALTER TABLE orders ADD COLUMN note int; END $$;
-- = error 42701

---- insert an identity
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (id, n) VALUES (1, 2);
-- = error 428C9

---- insert an identity overriding
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (id, n) OVERRIDING SYSTEM VALUE VALUES (1, 2);
-- = lock public.t ROW EXCLUSIVE

---- insert an identity's default
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (id, n) VALUES (DEFAULT, 2);
-- = lock public.t ROW EXCLUSIVE

---- insert an identity by query
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (id, n) SELECT 1, 2;
-- = error 428C9

---- insert an identity by place
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t VALUES (1, 2);
-- = error 428C9

---- insert an identity that may be written
CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY);
INSERT INTO t VALUES (1);
-- = lock public.t ROW EXCLUSIVE

---- insert a generated column
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (n, twice) VALUES (1, 2);
-- = error 428C9

---- insert a generated column's default
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO t (n, twice) VALUES (1, DEFAULT);
-- = lock public.t ROW EXCLUSIVE

---- update an identity
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
UPDATE t SET id = 5;
-- = error 428C9

---- update an identity to its default
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
UPDATE t SET id = DEFAULT;
-- = lock public.t ROW EXCLUSIVE

---- update parts of an array
CREATE TABLE t (a int[]);
UPDATE t SET a[1] = 1, a[2] = 2;
-- = lock public.t ROW EXCLUSIVE
