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

---- cache of none
CREATE SEQUENCE s CACHE 0;
-- = error 22023

---- bound out of the type's range
CREATE SEQUENCE s AS smallint MAXVALUE 100000;
-- = error 22023

---- type that is no integer
CREATE SEQUENCE s AS text;
-- = error 22023

---- type that there is not
CREATE SEQUENCE s AS nope;
-- = error 42704

---- narrower type keeps a written bound
CREATE SEQUENCE s MAXVALUE 100000;
ALTER SEQUENCE s AS smallint;
-- = error 22023

---- narrower type moves the type's bound
CREATE SEQUENCE s AS integer;
ALTER SEQUENCE s AS smallint;

---- wider type
CREATE SEQUENCE s AS smallint INCREMENT -1;
ALTER SEQUENCE s AS integer;

---- restart below the minimum
CREATE SEQUENCE s;
ALTER SEQUENCE s RESTART WITH 0;
-- = error 22023

---- owned by an index
CREATE TABLE t (id int PRIMARY KEY);
CREATE SEQUENCE s OWNED BY t_pkey.id;
-- = error 42809

---- owned by a table elsewhere
CREATE SCHEMA app;
CREATE TABLE app.t (id int);
CREATE SEQUENCE s OWNED BY app.t.id;
-- = error 55000

---- owner of an identity's
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
ALTER SEQUENCE t_id_seq OWNED BY NONE;
-- = error 0A000

---- drop drawn by a default
CREATE SEQUENCE s;
CREATE TABLE t (id int DEFAULT nextval('s'));
DROP SEQUENCE s;
-- = error 2BP01

---- drop named in text only
CREATE SEQUENCE s;
CREATE TABLE t (id int DEFAULT nextval('s'::text));
DROP SEQUENCE s;

---- drop after rename
CREATE SEQUENCE s;
CREATE TABLE t (id int DEFAULT nextval('s'));
ALTER SEQUENCE s RENAME TO s2;
DROP SEQUENCE s2;
-- = error 2BP01

---- drop after the move of its serial
CREATE SCHEMA app;
CREATE TABLE t (id serial);
ALTER TABLE t SET SCHEMA app;
DROP SEQUENCE app.t_id_seq;
-- = error 2BP01

---- drop the table whose sequence another draws
CREATE TABLE t (id serial);
CREATE TABLE u (id int DEFAULT nextval('t_id_seq'));
DROP TABLE t;
-- = error 2BP01
