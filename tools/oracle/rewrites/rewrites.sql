-- Rewrites that have to be offered, and to hold on servers. A case is a paste of files; the first is deployed.

---- index-concurrently: a plain index
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
INSERT INTO orders SELECT n, 'c' || n FROM generate_series(1, 20) AS n;
-- file: 002_index.sql
CREATE INDEX orders_code_idx ON orders (lower(code)) WHERE code <> '';

---- drop-index-concurrently: a plain index
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
CREATE INDEX orders_code_idx ON orders (code);
-- file: 002_drop.sql
DROP INDEX orders_code_idx;

---- reindex-concurrently: a table
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
CREATE INDEX orders_code_idx ON orders (code);
-- file: 002_reindex.sql
REINDEX TABLE orders;

---- refresh-concurrently: a view with a key
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);
INSERT INTO orders SELECT n, n % 3 FROM generate_series(1, 20) AS n;
CREATE MATERIALIZED VIEW totals AS SELECT customer, count(*) FROM orders GROUP BY customer;
CREATE UNIQUE INDEX totals_customer_key ON totals (customer);
-- file: 002_refresh.sql
REFRESH MATERIALIZED VIEW totals;

---- set-not-null: a column
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
INSERT INTO orders SELECT n, 'c' || n FROM generate_series(1, 20) AS n;
-- file: 002_not_null.sql
ALTER TABLE orders ALTER COLUMN code SET NOT NULL;

---- foreign-key-not-valid: without a name
-- file: 001_shop.sql
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
INSERT INTO customers VALUES (1), (2);
INSERT INTO orders VALUES (1, 1), (2, 2), (3, NULL);
-- file: 002_key.sql
ALTER TABLE orders ADD COLUMN note text, ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE SET NULL;

---- check-not-valid: a condition
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
INSERT INTO orders VALUES (1, 5);
-- file: 002_check.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);

---- unique-using-index: deferrable
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
INSERT INTO orders SELECT n, 'c' || n FROM generate_series(1, 20) AS n;
-- file: 002_unique.sql
ALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE (code) DEFERRABLE INITIALLY DEFERRED;

---- primary-key-using-index: over a column that may be NULL
-- file: 001_shop.sql
CREATE TABLE orders (id bigint, day date NOT NULL);
INSERT INTO orders SELECT n, '2025-01-01' FROM generate_series(1, 20) AS n;
-- file: 002_key.sql
ALTER TABLE orders ADD PRIMARY KEY (day, id);

---- add-column-in-steps: a volatile default
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY);
INSERT INTO orders SELECT n FROM generate_series(1, 20) AS n;
-- file: 002_column.sql
ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();

---- add-column-in-steps: serial
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY);
INSERT INTO orders SELECT n FROM generate_series(1, 20) AS n;
-- file: 002_column.sql
ALTER TABLE orders ADD COLUMN number serial;

---- backfill-in-batches: more rows than a batch holds
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text, total int);
INSERT INTO orders SELECT n * 3, NULLIF(n % 7, 0), n FROM generate_series(1, 12000) AS n;
-- file: 002_fill.sql
UPDATE orders SET total = total + 1, code = 'none' WHERE code IS NULL;

---- backfill-in-batches: a key of two columns
-- file: 001_shop.sql
CREATE TABLE orders (day date, number int, done boolean, PRIMARY KEY (day, number));
INSERT INTO orders SELECT '2025-01-01'::date + n % 9, n, n % 2 = 0 FROM generate_series(1, 12000) AS n;
-- file: 002_delete.sql
DELETE FROM orders AS o WHERE o.done;

---- change-type-beside: an indexed column with a default
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL DEFAULT 0, note text);
CREATE INDEX orders_number_idx ON orders (number DESC, note);
INSERT INTO orders SELECT n, n % 5, 'n' FROM generate_series(1, 20) AS n;
-- file: 002_wider.sql
ALTER TABLE orders ALTER COLUMN number TYPE bigint;

---- change-type-beside: a serial primary key
-- file: 001_shop.sql
CREATE TABLE orders (id serial PRIMARY KEY, note text);
INSERT INTO orders (note) SELECT 'n' FROM generate_series(1, 20) AS n;
-- file: 002_wider.sql
ALTER TABLE orders ALTER COLUMN id TYPE bigint;

---- change-type-beside: by an expression
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, cents int, tax int);
INSERT INTO orders SELECT n, n * 100, 7 FROM generate_series(1, 20) AS n;
-- file: 002_numeric.sql
ALTER TABLE orders ALTER COLUMN cents TYPE numeric USING (orders.cents + tax) / 100.0;

---- enum-value-removal: the usual four statements
-- file: 001_shop.sql
CREATE TYPE status AS ENUM ('new', 'paid', 'lost');
CREATE TABLE orders (id bigint PRIMARY KEY, state status NOT NULL);
INSERT INTO orders SELECT n, 'paid' FROM generate_series(1, 20) AS n;
-- file: 002_enum.sql
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('new', 'paid');
ALTER TABLE orders ALTER COLUMN state TYPE status USING state::text::status;
DROP TYPE status_old;

---- rename-column-beside: NOT NULL, with an index and a default
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX orders_number_idx ON orders (number, id);
INSERT INTO orders SELECT n, n % 5 FROM generate_series(1, 20) AS n;
-- file: 002_rename.sql
ALTER TABLE orders RENAME COLUMN number TO position;

---- drop-column-in-steps: one that has to be filled
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL);
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n;
-- file: 002_drop.sql
ALTER TABLE orders DROP COLUMN number;

---- detach-concurrently: a partition
-- file: 001_shop.sql
CREATE TABLE events (day date NOT NULL, id bigint) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- file: 002_detach.sql
ALTER TABLE events DETACH PARTITION events_2024;

---- attach-proven: a range
-- file: 001_shop.sql
CREATE TABLE events (day date NOT NULL, id bigint) PARTITION BY RANGE (day);
CREATE TABLE events_2024 (day date NOT NULL, id bigint);
INSERT INTO events_2024 SELECT '2024-01-01'::date + n, n FROM generate_series(1, 20) AS n;
-- file: 002_attach.sql
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

---- attach-proven: a list
-- file: 001_shop.sql
CREATE TABLE events (kind text NOT NULL, id bigint) PARTITION BY LIST (kind);
CREATE TABLE events_ab (kind text NOT NULL, id bigint);
INSERT INTO events_ab VALUES ('a', 1), ('b', 2);
-- file: 002_attach.sql
ALTER TABLE events ATTACH PARTITION events_ab FOR VALUES IN ('a', 'b');

---- index-by-partition: two partitions
-- file: 001_shop.sql
CREATE TABLE events (day date NOT NULL, id bigint) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO events SELECT '2024-06-01'::date + n * 20, n FROM generate_series(1, 20) AS n;
-- file: 002_index.sql
CREATE INDEX events_id_idx ON events (id);

---- lock-timeout: a column
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY);
-- file: 002_column.sql
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;

---- change-type-beside: with a way back
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL DEFAULT 7, code int UNIQUE);
CREATE INDEX orders_number_idx ON orders (number);
INSERT INTO orders SELECT n, n, n FROM generate_series(1, 20) AS n;
-- file: rollback/001_shop.sql
DROP TABLE orders;
-- file: 002_type.sql
ALTER TABLE orders ALTER COLUMN number TYPE bigint;
-- file: rollback/002_type.sql
ALTER TABLE orders ALTER COLUMN number TYPE int;

---- change-type-beside: a unique column, with a way back
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code int NOT NULL UNIQUE);
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n;
-- file: rollback/001_shop.sql
DROP TABLE orders;
-- file: 002_type.sql
ALTER TABLE orders ALTER COLUMN code TYPE bigint;
-- file: rollback/002_type.sql
ALTER TABLE orders ALTER COLUMN code TYPE int;

---- enum-value-removal: with a way back
-- file: 001_shop.sql
CREATE TYPE status AS ENUM ('new', 'paid', 'lost');
CREATE TABLE orders (id bigint PRIMARY KEY, state status NOT NULL DEFAULT 'new');
INSERT INTO orders SELECT n, CASE WHEN n % 2 = 0 THEN 'new' ELSE 'paid' END::status FROM generate_series(1, 20) AS n;
-- file: rollback/001_shop.sql
DROP TABLE orders;
DROP TYPE status;
-- file: 002_enum.sql
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('new', 'paid');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE status USING state::text::status;
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
DROP TYPE status_old;
-- file: rollback/002_enum.sql
ALTER TYPE status RENAME TO status_new;
CREATE TYPE status AS ENUM ('new', 'paid', 'lost');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE status USING state::text::status;
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
DROP TYPE status_new;

---- rename-column-beside: with a way back
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX orders_number_idx ON orders (number, id);
INSERT INTO orders SELECT n, n % 5 FROM generate_series(1, 20) AS n;
-- file: rollback/001_shop.sql
DROP TABLE orders;
-- file: 002_rename.sql
ALTER TABLE orders RENAME COLUMN number TO position;
-- file: rollback/002_rename.sql
ALTER TABLE orders RENAME COLUMN position TO number;

---- drop-column-in-steps: with a way back
-- file: 001_shop.sql
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL);
CREATE INDEX orders_number_idx ON orders (number);
-- file: rollback/001_shop.sql
DROP TABLE orders;
-- file: 002_drop.sql
ALTER TABLE orders DROP COLUMN number;
-- file: rollback/002_drop.sql
ALTER TABLE orders ADD COLUMN number int NOT NULL;
CREATE INDEX orders_number_idx ON orders (number);
