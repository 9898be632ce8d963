---- work behind a strong lock | transaction single
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN channel text;
UPDATE orders SET channel = 'web' WHERE channel IS NULL;
-- = danger work-under-lock
-- = warning unbatched-backfill

---- the same, each for itself
-- file: 001_a.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN channel text;
-- file: 002_b.sql
UPDATE orders SET channel = 'web' WHERE id BETWEEN 1 AND 1000;

---- rows, then the table | transaction single
INSERT INTO settings VALUES ('a', 'b');
ALTER TABLE settings ADD COLUMN note text;
-- = warning lock-upgrade

---- two tables in one transaction | transaction single
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE customers ADD COLUMN a int;
-- = warning several-tables-locked

---- two tables, each for itself | transaction none
SET lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE customers ADD COLUMN a int;

---- a long lock_timeout
SET lock_timeout = '15min';
ALTER TABLE orders ADD COLUMN a int;
-- = warning lock-timeout-too-long

---- BEGIN without COMMIT
BEGIN;
CREATE TABLE a (id bigint PRIMARY KEY);
-- = danger unclosed-transaction

---- BEGIN in the runner's transaction | transaction single
BEGIN;
CREATE TABLE a (id bigint PRIMARY KEY);
COMMIT;
-- = warning nested-transaction

---- a pause with locks
BEGIN;
ALTER TABLE orders ADD COLUMN a int;
SELECT pg_sleep(10);
COMMIT;
-- = warning sleep-in-transaction

---- two changes that rewrite twice
ALTER TABLE orders ALTER COLUMN legacy TYPE bigint;
ALTER TABLE orders ALTER COLUMN discount TYPE numeric(12,4);
-- = danger type-change-rewrites
-- = warning alters-could-be-one

---- COMMIT in a block of a transaction | transaction single
DO $$ BEGIN UPDATE orders SET note = '' WHERE id = 1; COMMIT; END $$;
-- = danger commit-in-transaction-block

---- a setting for this transaction only | transaction single
SET LOCAL search_path = public;
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN a int;

---- CREATE DATABASE in a transaction | alone
BEGIN;
CREATE DATABASE reports;
COMMIT;
-- = danger statement-fails

---- CALL of a procedure that commits, in a transaction
CREATE PROCEDURE clean() LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..9 LOOP
    DELETE FROM orders WHERE id BETWEEN i * 1000 AND i * 1000 + 999 AND status = 'void';
    COMMIT;
  END LOOP;
END $$;
BEGIN;
CALL clean();
COMMIT;
-- = danger commit-in-transaction-block

---- CALL of a procedure that commits, outside of one
CREATE PROCEDURE clean() LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..9 LOOP
    DELETE FROM orders WHERE id BETWEEN i * 1000 AND i * 1000 + 999 AND status = 'void';
    COMMIT;
  END LOOP;
END $$;
CALL clean();

---- two tables go in one transaction | transaction single
ALTER TABLE tickets DROP CONSTRAINT tickets_pkey;
DROP TABLE tickets;
ALTER TABLE settings ADD COLUMN note text;
-- = danger drop-table
