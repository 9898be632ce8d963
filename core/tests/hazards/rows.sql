---- every row
UPDATE orders SET status = 'new';
-- = danger update-without-where

---- every row, in disguise
UPDATE public.orders AS o SET note = '' WHERE 1 = 1;
-- = danger update-without-where

---- every row, alone | alone
DELETE FROM sessions;
-- = danger delete-without-where

---- every row of a large table | stats public.orders,80000000
UPDATE orders SET status = 'new';
-- = danger update-without-where

---- a backfill
UPDATE orders SET code = upper(code) WHERE code IS NOT NULL;
-- = warning unbatched-backfill

---- one row by its key
UPDATE orders SET code = 'x' WHERE id = 42;
DELETE FROM settings WHERE key = 'old';

---- rows of a small table | stats public.settings,12
UPDATE settings SET value = '';

---- rows of a table that this script made | transaction single
CREATE TABLE kinds (id int PRIMARY KEY, name text);
INSERT INTO kinds (id, name) VALUES (1, 'a'), (2, 'b');
UPDATE kinds SET name = upper(name);

---- seed rows
INSERT INTO settings (key, value) VALUES ('a', '1'), ('b', '2') ON CONFLICT (key) DO NOTHING;

---- a copy of a table
CREATE TABLE orders_copy AS SELECT * FROM orders;

---- rows from a large table
INSERT INTO settings (key, value) SELECT code, note FROM orders;
-- = warning unbatched-backfill

---- a loop that never commits
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE orders SET code = '' WHERE id IN (SELECT id FROM orders WHERE code IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
  END LOOP;
END $$;
-- = warning loop-without-commit
-- = warning batch-without-index

---- a loop that commits, by the key | transaction none
DO $$
DECLARE last bigint := 0; top bigint;
BEGIN
  SELECT max(id) INTO top FROM orders;
  WHILE last < top LOOP
    UPDATE orders SET code = '' WHERE id > last AND id <= last + 5000 AND code IS NULL;
    last := last + 5000;
    COMMIT;
  END LOOP;
END $$;

---- = NULL
DELETE FROM orders WHERE note = NULL;
-- = warning comparison-with-null

---- NOT IN over what may be NULL
DELETE FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);
-- = warning not-in-nullable
-- = warning unbatched-backfill

---- UPDATE FROM that nothing ties
UPDATE orders SET note = 'twice' FROM orders o WHERE o.code IS NULL;
-- = warning unbatched-backfill
-- = warning update-from-without-join

---- UPDATE FROM that is tied
UPDATE orders o SET note = c.name FROM customers c WHERE c.id = o.customer_id AND o.id = 7;

---- numbers that the sequence does not know
INSERT INTO tickets (id, owner) VALUES (1, 'a'), (2, 'b');
-- = warning sequence-behind-rows

---- a target by its schema in a subquery
UPDATE public.orders SET note = (SELECT name FROM customers c WHERE c.id = public.orders.customer_id) WHERE public.orders.id = 3;

---- MERGE over a table
MERGE INTO orders o USING customers c ON c.id = o.customer_id WHEN MATCHED THEN UPDATE SET note = c.name;
-- = warning unbatched-backfill

---- DELETE USING
DELETE FROM order_lines USING orders WHERE orders.id = order_lines.order_id AND orders.status = 'void';
-- = warning unbatched-backfill

---- in batches by ctid
DELETE FROM orders WHERE ctid IN (SELECT ctid FROM orders WHERE status = 'void' LIMIT 1000);

---- every row in a WITH
WITH gone AS (DELETE FROM order_lines RETURNING id) SELECT count(*) FROM gone;
-- = danger delete-without-where

---- a setting by its key, in a block
DO $$ BEGIN UPDATE settings SET value = 'on' WHERE key = 'feature'; END $$;

---- a sequence of which nothing is known begins anew | alone
ALTER SEQUENCE invoices_id_seq RESTART WITH 1;
-- = warning sequence-behind-rows

---- a sequence is moved ahead | alone
ALTER SEQUENCE invoice_number RESTART WITH 500000;

---- rows that the files write out are no risk for a unique key
-- file: 001.sql
CREATE TABLE plans (id int PRIMARY KEY, name text);
INSERT INTO plans (id, name) VALUES (1, 'free'), (2, 'pro');
-- file: 002.sql
SET lock_timeout = '1s';
ALTER TABLE plans ADD CONSTRAINT plans_name_key UNIQUE (name);

---- a runner's own table | alone
UPDATE alembic_version SET version_num = '91bc' WHERE alembic_version.version_num = '3f2a';
DELETE FROM schema_migrations WHERE version = '20240101';

---- MERGE before 15 | pg 14
MERGE INTO orders o USING customers c ON c.id = o.customer_id WHEN MATCHED THEN UPDATE SET note = c.name;
-- = danger statement-fails
