---- a foreign key, several words
ALTER TABLE ONLY public.order_lines ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;
-- = danger foreign-key-validates

---- a foreign key not valid | transaction single
SET LOCAL lock_timeout = '2s';
ALTER TABLE order_lines ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders NOT VALID;

---- not valid, then validated in another migration
-- file: 001_add.sql
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE order_lines ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
COMMIT;
-- file: 002_validate.sql
ALTER TABLE order_lines VALIDATE CONSTRAINT fk_order;

---- not valid and validated in one transaction | transaction single
ALTER TABLE order_lines ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
ALTER TABLE order_lines VALIDATE CONSTRAINT fk_order;
-- = danger validate-in-same-transaction

---- not valid and validated in one statement
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID, VALIDATE CONSTRAINT total_positive;
-- = danger validate-in-same-transaction

---- a column with REFERENCES and no default is not checked
SET lock_timeout = '1s';
ALTER TABLE order_lines ADD COLUMN refund_of bigint REFERENCES order_lines;

---- a column with REFERENCES and a default is checked
ALTER TABLE order_lines ADD COLUMN customer_id bigint DEFAULT 1 REFERENCES customers (id);
-- = danger foreign-key-validates

---- a new table that refers to one in use | transaction single
SET LOCAL lock_timeout = '1s';
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders);

---- a narrower key
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id integer NOT NULL REFERENCES orders);
-- = warning foreign-key-type-mismatch

---- a foreign key to a column that is not unique
ALTER TABLE order_lines ADD FOREIGN KEY (sku) REFERENCES orders (code) NOT VALID;
-- = danger statement-fails

---- not valid on a partitioned table, older | pg 16
ALTER TABLE events ADD CONSTRAINT e FOREIGN KEY (id) REFERENCES orders NOT VALID;
-- = danger statement-fails

---- not valid on a partitioned table, 18 | transaction single
SET LOCAL lock_timeout = '1s';
ALTER TABLE events ADD CONSTRAINT e FOREIGN KEY (id) REFERENCES orders NOT VALID;

---- set null on a column that may not be
ALTER TABLE order_lines ADD CONSTRAINT f FOREIGN KEY (order_id) REFERENCES orders ON DELETE SET NULL NOT VALID;
-- = warning foreign-key-action

---- a check
ALTER TABLE "orders" ADD CONSTRAINT "total_positive" CHECK ("total" >= 0);
-- = danger check-validates

---- a check beside a column
ALTER TABLE orders ADD COLUMN rating int CONSTRAINT rating_range CHECK (rating BETWEEN 1 AND 5);
-- = danger check-validates

---- a check not valid
SET lock_timeout = '500ms';
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID;

---- validated alone
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;
COMMIT;

---- a check that does not stay true
ALTER TABLE orders ADD CONSTRAINT upcoming CHECK (placed_at > now()) NOT VALID;
-- = warning volatile-check

---- what is past stays past
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT not_future CHECK (placed_at < now()) NOT VALID;

---- SET NOT NULL
ALTER TABLE IF EXISTS public.orders ALTER note SET NOT NULL;
-- = danger set-not-null-scans

---- SET NOT NULL, alone | alone
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
-- = danger set-not-null-scans

---- SET NOT NULL of what is not null already
SET lock_timeout = '1s';
ALTER TABLE orders ALTER COLUMN status SET NOT NULL;

---- SET NOT NULL that a validated check proves
-- file: 001_check.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_there CHECK (note IS NOT NULL) NOT VALID;
-- file: 002_validate.sql
ALTER TABLE orders VALIDATE CONSTRAINT note_there;
-- file: 003_set.sql
SET lock_timeout = '1s';
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT note_there;

---- the check is there but not validated
-- file: 001_check.sql
ALTER TABLE orders ADD CONSTRAINT note_there CHECK (note IS NOT NULL) NOT VALID;
-- file: 002_set.sql
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = danger set-not-null-scans

---- a named NOT NULL that is not valid
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_there NOT NULL note NOT VALID;

---- a named NOT NULL before 18 | pg 17
ALTER TABLE orders ADD CONSTRAINT note_there NOT NULL note NOT VALID;
-- = danger statement-fails

---- unique
ALTER TABLE orders ADD CONSTRAINT orders_code_uq UNIQUE (code);
-- = danger unique-constraint-builds-index
-- = warning unique-over-existing-rows

---- unique beside a column
ALTER TABLE orders ADD COLUMN token text UNIQUE;
-- = danger unique-constraint-builds-index

---- unique by an index that was built before
-- file: 001_index.sql
-- lockstep: no-transaction
CREATE UNIQUE INDEX CONCURRENTLY orders_code_uq ON orders (code);
-- file: 002_constraint.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT orders_code_uq UNIQUE USING INDEX orders_code_uq;

---- a primary key
ALTER TABLE events_2025 ADD PRIMARY KEY (id);
-- = danger primary-key-builds-index

---- an exclusion constraint
ALTER TABLE orders ADD CONSTRAINT one_each EXCLUDE USING gist (id WITH =);
-- = danger statement-fails

---- an exclusion constraint with the operator class
ALTER TABLE tickets ADD CONSTRAINT no_overlap EXCLUDE USING gist (tstzrange(opened_at, NULL) WITH &&);
-- = danger exclusion-constraint

---- a constraint goes
ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_customer_id_fkey;
-- = warning drop-constraint

---- a primary key goes
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
-- = warning drop-constraint

---- a constraint that is not enforced
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT ENFORCED;
-- = warning not-enforced

---- an unusable index for a constraint
CREATE UNIQUE INDEX CONCURRENTLY orders_code_part ON orders (code) WHERE code IS NOT NULL;
ALTER TABLE orders ADD UNIQUE USING INDEX orders_code_part;
-- = danger statement-fails

---- a domain's constraint
CREATE DOMAIN sku AS text;
ALTER TABLE order_lines ADD COLUMN code sku;
ALTER DOMAIN sku ADD CONSTRAINT short CHECK (length(VALUE) < 20);
-- = danger domain-constraint-scans

---- in a new table constraints cost nothing | transaction single
CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric CHECK (amount > 0), code text UNIQUE, EXCLUDE USING btree (code WITH =));
ALTER TABLE prices ADD CONSTRAINT a CHECK (amount < 1000);
ALTER TABLE prices ALTER COLUMN amount SET NOT NULL;

---- foreign keys to two tables in one transaction | transaction single
ALTER TABLE order_lines ADD CONSTRAINT a FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE orders ADD CONSTRAINT b FOREIGN KEY (customer_id) REFERENCES customers;
-- = danger foreign-key-validates

---- another primary key, by an index that was built before
CREATE UNIQUE INDEX CONCURRENTLY lines_sku ON order_lines (sku, order_id);
ALTER TABLE order_lines DROP CONSTRAINT order_lines_pkey, ADD PRIMARY KEY USING INDEX lines_sku;

---- NOT NULL in three steps on 18
-- file: 001_add.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_there NOT NULL note NOT VALID;
-- file: 002_validate.sql
SET lock_timeout = '1s';
ALTER TABLE orders VALIDATE CONSTRAINT note_there;

---- SET NOT NULL with a check that says more
-- file: 001_check.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_said CHECK (note IS NOT NULL AND note <> '') NOT VALID;
-- file: 002_validate.sql
ALTER TABLE orders VALIDATE CONSTRAINT note_said;
-- file: 003_set.sql
SET lock_timeout = '1s';
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;

---- SET NOT NULL with a check that says something else
-- file: 001_check.sql
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_said CHECK (note <> '') NOT VALID;
-- file: 002_validate.sql
ALTER TABLE orders VALIDATE CONSTRAINT note_said;
-- file: 003_set.sql
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = danger set-not-null-scans

---- only on the parent of partitions
ALTER TABLE ONLY events ALTER COLUMN body SET NOT NULL;
-- = danger statement-fails

---- on all partitions
ALTER TABLE events ALTER COLUMN body SET NOT NULL;
-- = danger set-not-null-scans

---- deferrable | transaction single
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ALTER CONSTRAINT orders_customer_id_fkey DEFERRABLE INITIALLY DEFERRED;

---- inside of a DO block with a guard
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'total_positive') THEN
    ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);
  END IF;
END $$;
-- = danger check-validates

---- inside of a DO block that catches what is there already
DO $$ BEGIN
  ALTER TABLE order_lines ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders (id);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
-- = danger foreign-key-validates

---- validated alone, in a transaction | transaction single
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;
-- = danger statement-fails

---- validated alone, of what is not here | alone
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;

---- a primary key goes, by its name | alone
ALTER TABLE invoices DROP CONSTRAINT invoices_pkey;
-- = warning drop-constraint

---- a foreign key goes, as Rails calls it | alone
ALTER TABLE "line_items" DROP CONSTRAINT "fk_rails_2dc2e5c22c";
-- = warning drop-constraint

---- a constraint of which its name says nothing | alone
SET lock_timeout = '1s';
ALTER TABLE invoices DROP CONSTRAINT invoices_total_check;

---- a time zone is tried out
SET lock_timeout = '1s';
ALTER TABLE settings ADD CONSTRAINT zone CHECK (now() AT TIME ZONE value IS NOT NULL) NOT VALID;

---- a check by a function that looks at nothing but its argument
CREATE FUNCTION are_tags(tags jsonb) RETURNS boolean LANGUAGE sql AS $$ SELECT bool_and(jsonb_typeof(value) = 'string') FROM jsonb_array_elements(tags) $$;
CREATE TABLE jobs (id bigint PRIMARY KEY, tags jsonb CHECK (are_tags(tags)));

---- a check by a function that looks at another table
CREATE FUNCTION is_known(wanted bigint) RETURNS boolean LANGUAGE sql AS $$ SELECT EXISTS (SELECT FROM customers WHERE id = wanted) $$;
CREATE TABLE jobs (id bigint PRIMARY KEY, customer_id bigint CHECK (is_known(customer_id)));
-- = warning volatile-check
