-- The hazards of strong_migrations' README that are PostgreSQL's, as SQL: a line `---- bad HAZARD` or `---- good HAZARD`
-- and one migration as Rails would send it, in a transaction unless the migration turns that off.

---- bad remove_column: the application still reads it
BEGIN;
ALTER TABLE users DROP COLUMN nickname;
COMMIT;

---- bad change_column: rewrites the table
BEGIN;
ALTER TABLE users ALTER COLUMN visits TYPE bigint;
COMMIT;

---- good change_column: a new column beside the old one
BEGIN;
ALTER TABLE users ADD COLUMN visits_new bigint;
COMMIT;

---- good change_column: varchar to text
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, nickname varchar(40));
-- file: 002_widen.sql
BEGIN;
ALTER TABLE users ALTER COLUMN nickname TYPE text;
COMMIT;

---- good change_column: a longer limit
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, nickname varchar(40));
-- file: 002_widen.sql
BEGIN;
ALTER TABLE users ALTER COLUMN nickname TYPE varchar(80);
COMMIT;

---- good change_column: more digits at the same scale
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, balance numeric(10, 2));
-- file: 002_widen.sql
BEGIN;
ALTER TABLE users ALTER COLUMN balance TYPE numeric(14, 2);
COMMIT;

---- good change_column: cidr to inet
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, network cidr);
-- file: 002_widen.sql
BEGIN;
ALTER TABLE users ALTER COLUMN network TYPE inet;
COMMIT;

---- good change_column: a finer interval
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, online interval(3));
-- file: 002_widen.sql
BEGIN;
ALTER TABLE users ALTER COLUMN online TYPE interval(6);
COMMIT;

---- good change_column: to timestamptz in a session whose time zone is UTC
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, seen_at timestamp);
-- file: 002_widen.sql
BEGIN;
SET LOCAL timezone = 'UTC';
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamptz;
COMMIT;

---- bad rename_column
BEGIN;
ALTER TABLE users RENAME COLUMN nickname TO handle;
COMMIT;

---- good rename_column: a new column beside the old one
BEGIN;
ALTER TABLE users ADD COLUMN handle text;
COMMIT;

---- bad rename_table
BEGIN;
ALTER TABLE users RENAME TO customers;
COMMIT;

---- good rename_table: a new table beside the old one
BEGIN;
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
COMMIT;

---- bad create_table: force drops the table that is there
BEGIN;
DROP TABLE IF EXISTS users CASCADE;
CREATE TABLE users (id bigserial PRIMARY KEY, name text);
COMMIT;

---- good create_table
BEGIN;
CREATE TABLE users (id bigserial PRIMARY KEY, name text);
COMMIT;

---- bad add_column_auto_incrementing: rewrites the table
BEGIN;
ALTER TABLE cities_users ADD COLUMN id bigserial PRIMARY KEY;
COMMIT;

---- bad add_column_generated_stored: rewrites the table
BEGIN;
ALTER TABLE users ADD COLUMN initial text GENERATED ALWAYS AS (left(name, 1)) STORED;
COMMIT;

---- good add_column_generated_stored: a plain column
BEGIN;
ALTER TABLE users ADD COLUMN initial text;
COMMIT;

---- bad add_foreign_key: checks every row while writes to both tables wait
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
COMMIT;

---- bad add_foreign_key: with its column, as a reference
BEGIN;
ALTER TABLE users ADD COLUMN order_id bigint;
CREATE INDEX index_users_on_order_id ON users (order_id);
ALTER TABLE users ADD CONSTRAINT users_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
COMMIT;

---- good add_foreign_key: not valid
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_order_fk FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
COMMIT;

---- good add_foreign_key: validated in a migration of its own
BEGIN;
ALTER TABLE users VALIDATE CONSTRAINT users_order_fk;
COMMIT;

---- bad add_check_constraint: checks every row while all wait
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0);
COMMIT;

---- good add_check_constraint: not valid
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;
COMMIT;

---- good add_check_constraint: validated in a migration of its own
BEGIN;
ALTER TABLE users VALIDATE CONSTRAINT users_age;
COMMIT;

---- bad backfilling_data: in the transaction that holds the table
BEGIN;
ALTER TABLE users ADD COLUMN plan text;
UPDATE users SET plan = 'free';
COMMIT;

---- good backfilling_data: in batches that commit, with pauses
DO $$
DECLARE
    changed bigint;
BEGIN
    LOOP
        UPDATE users SET plan = 'free'
        WHERE id IN (SELECT id FROM users WHERE plan IS NULL LIMIT 10000);
        GET DIAGNOSTICS changed = ROW_COUNT;
        COMMIT;
        EXIT WHEN changed = 0;
        PERFORM pg_sleep(0.01);
    END LOOP;
END $$;

---- bad add_index: writes wait until it is built
BEGIN;
CREATE INDEX index_users_on_email ON users (email);
COMMIT;

---- good add_index: concurrently, without a transaction
CREATE INDEX CONCURRENTLY index_users_on_email ON users (email);

---- bad add_reference: the index of the new column is built under the transaction's locks
BEGIN;
ALTER TABLE users ADD COLUMN city_id bigint;
CREATE INDEX index_users_on_city_id ON users (city_id);
COMMIT;

---- good add_reference: the index concurrently
ALTER TABLE users ADD COLUMN city_id bigint;
CREATE INDEX CONCURRENTLY index_users_on_city_id ON users (city_id);

---- bad add_unique_constraint: builds its index while all wait
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
COMMIT;

---- good add_unique_constraint: from an index built concurrently
CREATE UNIQUE INDEX CONCURRENTLY index_users_on_email ON users (email);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX index_users_on_email;

---- bad add_exclusion_constraint: checks every row while all wait
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_number_excl EXCLUDE USING gist (number WITH =);
COMMIT;

---- bad add_column_json: no equality
BEGIN;
ALTER TABLE users ADD COLUMN properties json;
COMMIT;

---- good add_column_json: jsonb
BEGIN;
ALTER TABLE users ADD COLUMN properties jsonb;
COMMIT;

---- bad add_column_default: one that differs from row to row
BEGIN;
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
COMMIT;

---- good add_column_default: for rows to come
BEGIN;
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
COMMIT;

---- bad change_column_null: reads every row while all wait
BEGIN;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
COMMIT;

---- good change_column_null: a check first
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_email_null CHECK (email IS NOT NULL) NOT VALID;
COMMIT;

---- good change_column_null: once the check is valid
-- file: 001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ADD CONSTRAINT users_email_null CHECK (email IS NOT NULL) NOT VALID;
-- file: 002_not_null.sql
BEGIN;
ALTER TABLE users VALIDATE CONSTRAINT users_email_null;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_null;
COMMIT;

---- bad rename_enum_value
BEGIN;
ALTER TYPE status RENAME VALUE 'done' TO 'completed';
COMMIT;

---- good rename_enum_value: a new value beside the old one
ALTER TYPE status ADD VALUE 'completed' AFTER 'done';

---- bad rename_schema
BEGIN;
ALTER SCHEMA users RENAME TO customers;
COMMIT;

---- good rename_schema: a new schema beside the old one
BEGIN;
CREATE SCHEMA customers;
COMMIT;

---- bad add_index_columns: many columns, seldom all used
CREATE INDEX CONCURRENTLY index_users_on_many ON users (a, b, c, d);

---- good add_index_columns: at most three
CREATE INDEX CONCURRENTLY index_users_on_two ON users (a, b);
