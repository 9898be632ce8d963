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
