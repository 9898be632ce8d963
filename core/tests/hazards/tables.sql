---- a table goes
DROP TABLE IF EXISTS public."orders" CASCADE;
-- = danger drop-table
-- = warning cascade-drops

---- a table goes, alone | alone
drop table legacy_sessions;
-- = danger drop-table

---- a table that others refer to
DROP TABLE customers;
-- = danger statement-fails

---- a table of the same set that nothing filled
-- file: 001_a.sql
CREATE TABLE scratch (id bigint PRIMARY KEY);
-- file: 002_b.sql
DROP TABLE scratch;

---- a table is written anew beside itself | transaction single
CREATE TABLE settings_new (key text PRIMARY KEY, value text NOT NULL);
INSERT INTO settings_new (key, value) SELECT key, coalesce(value, '') FROM settings WHERE key < 'b';
DROP TABLE settings;
ALTER TABLE settings_new RENAME TO settings;

---- the same without its rows | transaction single
DROP TABLE settings;
CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL);
-- = danger drop-table

---- a temporary table | transaction single
CREATE TEMPORARY TABLE batch AS SELECT 1 AS id;
DROP TABLE batch;

---- a table gets another name
ALTER TABLE settings RENAME TO preferences;
-- = danger rename-table

---- a table gets another name, and a view takes the old one | transaction single
SET LOCAL lock_timeout = '1s';
ALTER TABLE settings RENAME TO preferences;
CREATE VIEW settings AS SELECT * FROM preferences;

---- a block renames what it has made
DO $$
BEGIN
  CREATE TABLE settings_next (key text PRIMARY KEY);
  ALTER TABLE settings_next RENAME TO settings_2;
END $$;

---- a table gets another schema
CREATE SCHEMA IF NOT EXISTS archive;
ALTER TABLE settings SET SCHEMA archive;
-- = danger rename-table

---- a schema goes with all that is in it | alone
DROP SCHEMA IF EXISTS reporting CASCADE;
-- = danger cascade-drops

---- truncate, several
TRUNCATE TABLE ONLY public.settings, order_lines RESTART IDENTITY;
-- = danger truncate-table

---- truncate with cascade
TRUNCATE customers CASCADE;
-- = danger truncate-table

---- truncate of what this script made | transaction single
CREATE TABLE load (id int);
INSERT INTO load VALUES (1);
TRUNCATE load;

---- vacuum full | transaction none
VACUUM (FULL, ANALYZE) orders;
-- = danger maintenance-rewrites

---- vacuum | transaction none
VACUUM (ANALYZE) orders;

---- vacuum in a transaction | transaction single
VACUUM orders;
-- = danger statement-fails

---- cluster
CLUSTER orders USING orders_placed_at_idx;
-- = danger maintenance-rewrites

---- another tablespace
ALTER TABLE orders SET TABLESPACE pg_default, SET UNLOGGED;
-- = danger maintenance-rewrites
-- = warning unlogged-table

---- refresh
REFRESH MATERIALIZED VIEW totals;
-- = warning refresh-not-concurrent

---- refresh concurrently without a unique index
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
-- = danger statement-fails

---- a view is replaced with a column more
CREATE OR REPLACE VIEW open_orders AS SELECT id, status, total FROM orders WHERE status <> 'done';

---- a view is replaced with other columns
CREATE OR REPLACE VIEW open_orders AS SELECT id, total FROM orders;
-- = danger statement-fails

---- a view is dropped and made anew without its grants
GRANT SELECT ON open_orders TO reader;
DROP VIEW open_orders;
CREATE VIEW open_orders AS SELECT id FROM orders;
-- = warning recreate-view-loses-grants

---- triggers are off
ALTER TABLE orders DISABLE TRIGGER ALL;
-- = danger triggers-disabled

---- a trigger is made
SET lock_timeout = '1s';
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();

---- autovacuum off
ALTER TABLE orders SET (autovacuum_enabled = off);
-- = warning autovacuum-off

---- LOCK
BEGIN;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
COMMIT;
-- = warning explicit-lock

---- created twice
CREATE TABLE settings (key text);
-- = danger statement-fails

---- IF NOT EXISTS over another shape
CREATE TABLE IF NOT EXISTS settings (key text PRIMARY KEY, value text, updated_at timestamptz);
-- = warning if-not-exists-keeps-old

---- IF NOT EXISTS over the same, in other words
CREATE TABLE IF NOT EXISTS tickets (id int, opened_at timestamp with time zone, owner text);
ALTER TABLE tickets ADD COLUMN IF NOT EXISTS opened_at TIMESTAMPTZ, ADD COLUMN IF NOT EXISTS id int4;

---- a comment and a grant
COMMENT ON TABLE orders IS 'what was sold';
GRANT SELECT, INSERT ON orders TO app;

---- a new table with all there is | alone | transaction single
CREATE TABLE public.audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_log_actor_idx ON public.audit_log (actor);
CREATE INDEX audit_log_at_idx ON public.audit_log USING brin (at);
ALTER TABLE public.audit_log ADD COLUMN note text;

---- a database goes | alone
DROP DATABASE analytics;
-- = danger server-wide-change

---- a system setting | alone
ALTER SYSTEM SET max_connections = 500;
-- = warning server-wide-change

---- a function is dropped | alone
DROP FUNCTION public.compute_price(bigint, text);
-- = warning drop-routine

---- a function is replaced
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := NEW.note; RETURN NEW; END $$;

---- a sequence is set back
ALTER SEQUENCE tickets_id_seq RESTART WITH 1;
-- = warning sequence-behind-rows

---- replica identity of a table that is not published
SET lock_timeout = '1s';
ALTER TABLE orders REPLICA IDENTITY NOTHING;

---- replica identity of a published table
CREATE PUBLICATION feed FOR TABLE orders;
ALTER TABLE orders REPLICA IDENTITY NOTHING;
-- = warning replica-identity

---- a block empties what it has made itself
DO $$ BEGIN
  FOR i IN 0..9 LOOP
    CREATE TEMP TABLE IF NOT EXISTS batch (id bigint) ON COMMIT DROP;
    TRUNCATE batch;
    INSERT INTO batch (id) SELECT id FROM orders WHERE id BETWEEN i * 1000 AND i * 1000 + 999;
    DELETE FROM order_lines WHERE order_id IN (SELECT id FROM batch LIMIT 1000);
  END LOOP;
  DROP TABLE batch;
END $$;
-- = warning loop-without-commit

---- pg_dump --clean makes way for what it creates | alone
--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
ALTER TABLE IF EXISTS ONLY public.tags DROP CONSTRAINT IF EXISTS tags_pkey;
DROP TABLE IF EXISTS public.tags;
CREATE TABLE public.tags (id bigint NOT NULL, name text);
ALTER TABLE ONLY public.tags ADD CONSTRAINT tags_pkey PRIMARY KEY (id);
