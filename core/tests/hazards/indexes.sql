---- quoted names and upper case
CREATE INDEX "Orders by note" ON "public"."orders" USING btree ("note" DESC NULLS LAST);
-- = danger index-not-concurrent

---- without a name, on an expression
create index on orders (lower(code));
-- = danger index-not-concurrent

---- IF NOT EXISTS does not help
CREATE INDEX IF NOT EXISTS orders_note_idx ON orders (note);
-- = danger index-not-concurrent

---- partial and covering
CREATE INDEX orders_open ON orders (customer_id) INCLUDE (total) WHERE status = 'open';
-- = danger index-not-concurrent

---- unique over rows that are there
CREATE UNIQUE INDEX orders_code_key ON orders (code);
-- = danger index-not-concurrent
-- = warning unique-over-existing-rows

---- unique, concurrently | transaction none
CREATE UNIQUE INDEX CONCURRENTLY orders_code_key ON orders (code);

---- on a materialized view
CREATE INDEX totals_total ON totals (total);
-- = warning index-not-concurrent

---- on a materialized view of the same script
CREATE MATERIALIZED VIEW order_counts AS SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id;
CREATE UNIQUE INDEX order_counts_customer ON order_counts (customer_id);

---- on a materialized view that waits for its first REFRESH
-- file: 001.sql
CREATE MATERIALIZED VIEW order_counts AS SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id WITH NO DATA;
-- file: 002.sql
CREATE UNIQUE INDEX order_counts_customer ON order_counts (customer_id);

---- on a table that the same script fills
CREATE TABLE orders_2023 AS SELECT * FROM orders WHERE placed_at < '2024-01-01';
CREATE INDEX orders_2023_customer ON orders_2023 (customer_id);

---- on a table that has taken the name of one in use
CREATE TABLE orders_new AS SELECT * FROM orders;
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;
CREATE INDEX orders_code ON orders (code);
-- = danger index-not-concurrent

---- with a lock_timeout it still blocks
SET lock_timeout TO '2s';
CREATE INDEX orders_note_idx ON orders (note);
-- = danger index-not-concurrent

---- pasted alone | alone
CREATE INDEX idx_users_last_login ON app.users (last_login);
-- = danger index-not-concurrent

---- gin on jsonb
CREATE INDEX orders_items_gin ON orders USING gin (items jsonb_path_ops);
-- = danger index-not-concurrent

---- on a partitioned table
CREATE INDEX events_body ON events (body);
-- = danger index-not-concurrent

---- only on the partitioned parent
CREATE INDEX events_body ON ONLY events (body);

---- concurrently by itself | transaction none
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);

---- concurrently with clean up before | transaction none
SET lock_timeout = '3s';
DROP INDEX CONCURRENTLY IF EXISTS public.orders_note_idx;
CREATE INDEX CONCURRENTLY orders_note_idx ON public.orders (note);

---- concurrently in the runner's transaction | transaction single
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- = danger statement-fails

---- concurrently between BEGIN and COMMIT
BEGIN;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
COMMIT;
-- = danger statement-fails

---- concurrently after START TRANSACTION
START TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET LOCAL lock_timeout = '1s';
DROP INDEX CONCURRENTLY orders_placed_at_idx;
COMMIT;
-- = danger statement-fails

---- concurrently in a DO block | transaction none
DO $do$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note)'; END $do$;
-- = danger statement-fails

---- concurrently on a partitioned table | transaction none
CREATE INDEX CONCURRENTLY events_at ON events (at);
-- = danger statement-fails

---- built inside of a DO block
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'orders_note_idx') THEN
    CREATE INDEX orders_note_idx ON orders (note);
  END IF;
END
$$;
-- = danger index-not-concurrent

---- an index on a table of the same script | transaction single
CREATE TABLE returns (id bigint PRIMARY KEY, order_id bigint);
CREATE INDEX returns_order_id_idx ON returns (order_id);

---- an index on a table of an earlier file that nothing filled
-- file: 001_returns.sql
CREATE TABLE returns (id bigint PRIMARY KEY, order_id bigint);
-- file: 002_index.sql
CREATE INDEX returns_order_id_idx ON returns (order_id);

---- an index on a temporary table | transaction single
CREATE TEMP TABLE batch (id bigint);
CREATE INDEX ON batch (id);

---- an index on a small table | stats public.settings,40
CREATE INDEX settings_value ON settings (value);

---- an index on a table that is large by its sizes | stats public.settings,40000000
CREATE INDEX settings_value ON settings (value);
-- = danger index-not-concurrent

---- dropped while all wait
DROP INDEX IF EXISTS "orders_placed_at_idx";
-- = warning drop-index-not-concurrent

---- dropped concurrently | transaction none
DROP INDEX CONCURRENTLY IF EXISTS orders_placed_at_idx;

---- two at once, concurrently | transaction none
DROP INDEX CONCURRENTLY orders_placed_at_idx, orders_customer_id_idx;
-- = danger statement-fails

---- the index of a primary key
DROP INDEX orders_pkey;
-- = danger statement-fails

---- dropped first, then built anew | transaction none
DROP INDEX CONCURRENTLY orders_placed_at_idx;
CREATE INDEX CONCURRENTLY orders_placed_idx ON orders (placed_at, id);
-- = warning index-drop-before-replacement

---- reindex of a table
REINDEX TABLE public.orders;
-- = danger reindex-not-concurrent

---- reindex of an index, in parentheses
REINDEX (VERBOSE) INDEX orders_placed_at_idx;
-- = danger reindex-not-concurrent

---- reindex concurrently | transaction none
REINDEX (CONCURRENTLY) TABLE orders;

---- reindex of a database in a transaction | transaction single
REINDEX SCHEMA public;
-- = danger statement-fails

---- a timeout cancels the build | transaction none
SET statement_timeout = '5s';
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- = warning statement-timeout-cancels

---- no timeout for the build | transaction none
SET statement_timeout = 0;
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
RESET statement_timeout;

---- reindex of a schema of which nothing is known | alone
REINDEX SCHEMA app;
-- = danger reindex-not-concurrent
