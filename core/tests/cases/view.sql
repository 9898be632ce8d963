-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW v AS SELECT id FROM orders;
-- = lock public.orders ACCESS SHARE

---- create unknown
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW v AS SELECT id FROM nope;
-- = error 42P01

---- replace more
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE OR REPLACE VIEW order_notes AS SELECT id, note, code FROM orders;
-- = lock public.order_notes ACCESS EXCLUSIVE
-- = lock public.orders ACCESS SHARE

---- replace fewer
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE OR REPLACE VIEW order_notes AS SELECT id FROM orders;
-- = error 42P16

---- replace other name
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE OR REPLACE VIEW order_notes AS SELECT id, code FROM orders;
-- = error 42P16

---- drop
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
DROP VIEW order_notes;
-- = lock public.order_notes ACCESS EXCLUSIVE

---- drop as table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
DROP TABLE order_notes;
-- = error 42809

---- drop used
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE VIEW w AS SELECT id FROM order_notes;
DROP VIEW order_notes;
-- = error 2BP01

---- select
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
SELECT * FROM order_notes;
-- = lock public.order_notes ACCESS SHARE
-- = lock public.orders ACCESS SHARE

---- rename
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
ALTER VIEW order_notes RENAME TO v2;
-- = lock public.order_notes ACCESS EXCLUSIVE

---- refresh
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
REFRESH MATERIALIZED VIEW m;
-- = lock public.m ACCESS EXCLUSIVE
-- = lock public.orders ACCESS SHARE
-- = work rewrite public.m

---- refresh concurrently without index
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
-- = error 55000

---- refresh concurrently
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
CREATE UNIQUE INDEX mi ON m (id);
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
-- = lock public.m EXCLUSIVE
-- = lock public.orders ACCESS SHARE

---- drop materialized
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
DROP MATERIALIZED VIEW m;
-- = lock public.m ACCESS EXCLUSIVE

---- create materialized
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
-- = lock public.orders ACCESS SHARE

---- replace with other type
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id, note FROM t;
CREATE OR REPLACE VIEW v AS SELECT id::bigint, note FROM t;
-- = error 42P16

---- replace with the type written out
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id, note FROM t;
CREATE OR REPLACE VIEW v AS SELECT id::integer, note FROM t;
-- = lock public.t ACCESS SHARE
-- = lock public.v ACCESS EXCLUSIVE

---- more names than columns
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v (a, b) AS SELECT id FROM t;
-- = error 42601

---- column twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT * FROM t, u;
-- = error 42701

---- joined using
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT * FROM t JOIN u USING (id, note);
-- = lock public.t ACCESS SHARE
-- = lock public.u ACCESS SHARE

---- joined naturally
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT * FROM t NATURAL JOIN u;
-- = lock public.t ACCESS SHARE
-- = lock public.u ACCESS SHARE

---- unknown option
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v WITH (nope) AS SELECT id FROM t;
-- = error 22023

---- over a temporary table in a schema
CREATE TEMPORARY TABLE tt (a int);
CREATE VIEW public.v AS SELECT a FROM tt;
-- = error 42P16

---- materialized, more names than columns
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE MATERIALIZED VIEW m (a, b) AS SELECT id FROM t;
-- = error 42601

---- refresh concurrently without data
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
REFRESH MATERIALIZED VIEW CONCURRENTLY m WITH NO DATA;
-- = error 42601

---- replace a materialized view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
CREATE OR REPLACE VIEW m AS SELECT id FROM t;
-- = error 42809

---- drop a column of the star
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT * FROM t;
ALTER TABLE t DROP COLUMN n;
-- = error 2BP01

---- drop a column that is only counted
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT count(*) FROM t;
ALTER TABLE t DROP COLUMN n;
-- = lock public.t ACCESS EXCLUSIVE

---- drop a column named in a subquery over another table
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT t.id, (SELECT note FROM u WHERE u.id = t.id) FROM t;
ALTER TABLE t DROP COLUMN note;
-- = lock public.t ACCESS EXCLUSIVE

---- drop a column of an outer table
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT t.id, (SELECT m FROM u WHERE u.m = n) FROM t;
ALTER TABLE t DROP COLUMN n;
-- = error 2BP01

---- drop a column joined by
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE u (id int, note text, m int);
CREATE VIEW v AS SELECT m FROM t JOIN u USING (id);
ALTER TABLE u DROP COLUMN id;
-- = error 2BP01
