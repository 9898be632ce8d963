-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SEQUENCE s;

---- bounds
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SEQUENCE s MINVALUE 10 MAXVALUE 5;
-- = error 22023

---- zero
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SEQUENCE s INCREMENT 0;
-- = error 22023

---- owned by missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SEQUENCE s OWNED BY orders.nope;
-- = error 42703

---- owned by
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE SEQUENCE s OWNED BY orders.id;
-- = lock public.orders ACCESS SHARE

---- alter missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER SEQUENCE s RESTART;
-- = error 42P01

---- drop missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP SEQUENCE s;
-- = error 42P01

---- drop serial's
CREATE TABLE t (id serial);
DROP SEQUENCE t_id_seq;
-- = error 2BP01

---- drop serial's cascade
CREATE TABLE t (id serial);
DROP SEQUENCE t_id_seq CASCADE;
-- = lock public.t ACCESS EXCLUSIVE

---- drop identity's
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
DROP SEQUENCE t_id_seq;
-- = error 2BP01

---- restart
CREATE TABLE t (id serial);
ALTER SEQUENCE t_id_seq RESTART WITH 10;

---- add identity
CREATE TABLE t (id int NOT NULL);
ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
-- = lock public.t ACCESS EXCLUSIVE

---- add identity nullable
CREATE TABLE t (id int);
ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
-- = error 55000

---- drop identity
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER COLUMN id DROP IDENTITY;
-- = lock public.t ACCESS EXCLUSIVE
