-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- plain
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
-- = lock public.orders SHARE
-- = work build-index public.orders

---- unique
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE UNIQUE INDEX i ON orders (customer_id);
-- = lock public.orders SHARE
-- = work build-index public.orders

---- expression
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (lower(note));
-- = lock public.orders SHARE
-- = work build-index public.orders

---- partial
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (id) WHERE flag;
-- = lock public.orders SHARE
-- = work build-index public.orders

---- include
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id) INCLUDE (note);
-- = lock public.orders SHARE
-- = work build-index public.orders

---- unknown column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (nope);
-- = error 42703

---- name taken
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX orders ON orders (id);
-- = error 42P07

---- if not exists taken
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX IF NOT EXISTS orders_pkey ON orders (id);
-- = lock public.orders SHARE

---- volatile
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders ((random()));
-- = error 42P17

---- stable
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders ((at::timestamptz));
-- = error 42P17

---- now predicate
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (id) WHERE at > now();
-- = error 42P17

---- missing table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON nope (id);
-- = error 42P01

---- drop key's
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP INDEX orders_pkey;
-- = error 2BP01

---- drop missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP INDEX nope;
-- = error 42704

---- drop if exists
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
DROP INDEX IF EXISTS nope;

---- reindex table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
REINDEX TABLE orders;
-- = lock public.orders SHARE
-- = work build-index public.orders

---- reindex index
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
REINDEX INDEX orders_pkey;
-- = lock public.orders SHARE
-- = work build-index public.orders

---- drop
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
DROP INDEX i;
-- = lock public.orders ACCESS EXCLUSIVE

---- rename
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
ALTER INDEX i RENAME TO j;

---- options
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
ALTER INDEX i SET (fillfactor = 70);

---- rename table by alter index
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER INDEX orders RENAME TO o2;
-- = lock public.orders ACCESS EXCLUSIVE

---- on view
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE INDEX i ON order_notes (id);
-- = error 42809

---- on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX i ON events (id);
-- = lock public.events SHARE
-- = lock public.events_2024 SHARE
-- = lock public.events_2025 SHARE
-- = work build-index public.events_2024
-- = work build-index public.events_2025

---- on only partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX i ON ONLY events (id);
-- = lock public.events SHARE

---- unique on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE UNIQUE INDEX i ON events (id);
-- = error 0A000

---- materialized view
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE MATERIALIZED VIEW m AS SELECT id FROM orders;
CREATE INDEX i ON m (id);
-- = lock public.m SHARE
-- = work build-index public.m

---- cluster
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
CLUSTER orders USING i;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- cluster without
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CLUSTER orders;
-- = error 42704

---- cluster on
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE INDEX i ON orders (customer_id);
ALTER TABLE orders CLUSTER ON i;
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- reindex partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX i ON events (id);
REINDEX INDEX events_2024_id_idx;
-- = lock public.events_2024 SHARE
-- = work build-index public.events_2024
