---- one number twice
-- file: 001_a.sql
CREATE TABLE a (id bigint PRIMARY KEY);
-- file: 001_b.sql
CREATE TABLE b (id bigint PRIMARY KEY);
-- = danger duplicate-version

---- broken SQL
CREATE TABEL a (id bigint);
-- = danger syntax-error

---- conflict markers
<<<<<<< HEAD
CREATE TABLE a (id bigint PRIMARY KEY);
=======
CREATE TABLE b (id bigint PRIMARY KEY);
>>>>>>> other
-- = danger merge-conflict-markers

---- used before it is there
-- file: 001_a.sql
ALTER TABLE parcels ADD COLUMN weight int;
-- file: 002_b.sql
CREATE TABLE parcels (id bigint PRIMARY KEY);
-- = danger statement-fails

---- used after it is gone, alone | alone
DROP TABLE IF EXISTS parcels;
ALTER TABLE parcels ADD COLUMN weight int;
-- = danger drop-table
-- = danger statement-fails

---- a rollback that fails
-- file: 001_a.up.sql
CREATE TABLE parcels (id bigint PRIMARY KEY);
-- file: 001_a.down.sql
DROP TABLE parcel;
-- = danger rollback-fails

---- a rollback that leads back
-- file: 001_a.up.sql
CREATE TABLE parcels (id bigint PRIMARY KEY);
CREATE INDEX parcels_id ON parcels (id DESC);
-- file: 001_a.down.sql
DROP TABLE parcels;

---- a rollback that leaves something
-- file: 001_a.up.sql
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE parcels (id bigint PRIMARY KEY, size size);
-- file: 001_a.down.sql
DROP TABLE parcels;
-- = warning rollback-breaks-redo
-- = warning rollback-incomplete

---- a rollback that loses values
-- file: 001_a.up.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN weight int;
-- file: 001_a.down.sql
SET lock_timeout = '1s';
ALTER TABLE orders DROP COLUMN weight;

---- Prisma knows its migrations by their whole names
-- file: prisma/migrations/20240404_a/migration.sql
CREATE TABLE a (id bigint PRIMARY KEY);
-- file: prisma/migrations/20240404085536_b/migration.sql
CREATE TABLE b (id bigint PRIMARY KEY);
-- file: prisma/migrations/20240404085536_c/migration.sql
CREATE TABLE c (id bigint PRIMARY KEY);
-- file: prisma/migrations/migration_lock.toml
provider = "postgresql"

---- Flyway mixes what can run in a transaction with what cannot
-- file: V1__codes.sql
ALTER TABLE orders ADD COLUMN origin text;
CREATE INDEX CONCURRENTLY orders_origin ON orders (origin);
-- = warning concurrently-with-others

---- Flyway runs what cannot run in a transaction without one
-- file: V1__codes.sql
DROP INDEX CONCURRENTLY IF EXISTS orders_code;
CREATE INDEX CONCURRENTLY orders_code ON orders (code);

---- Supabase runs a single statement without a transaction
-- file: supabase/migrations/20240101000000_index.sql
CREATE INDEX CONCURRENTLY orders_code ON orders (code);

---- Supabase runs several statements in one
-- file: supabase/migrations/20240101000000_index.sql
SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY orders_code ON orders (code);
-- = danger statement-fails

---- a block puts statements together from a list of tables
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['orders', 'order_lines'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I (note)', t || '_note', t);
  END LOOP;
EXCEPTION WHEN undefined_column THEN NULL;
END $$;
-- = danger index-not-concurrent

---- a block adds a column to a list of tables
SET lock_timeout = '1s';
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT unnest(ARRAY['settings', 'tickets']) LOOP
    EXECUTE 'ALTER TABLE ' || quote_ident(t) || ' ADD COLUMN tenant uuid DEFAULT gen_random_uuid()';
  END LOOP;
END $$;
-- = danger add-column-rewrites

---- graphile-migrate clears first what it makes | alone
-- file: migrations/committed/000001.sql
--! Previous: -
--! Hash: sha1:0
drop table if exists app.posts cascade;
create table app.posts (id int primary key generated always as identity, body text);
drop function if exists app.title(app.posts) cascade;
create function app.title(p app.posts) returns text language sql stable as $$ select left(p.body, 20) $$;

---- graphile-migrate clears a table that was there | alone
-- file: migrations/committed/000001.sql
--! Previous: -
--! Hash: sha1:0
alter table app.posts add column note text;
-- file: migrations/committed/000002.sql
--! Previous: sha1:0
--! Hash: sha1:1
drop table if exists app.posts;
create table app.posts (id int primary key generated always as identity, body text);
-- = danger drop-table
