-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- add nullable
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int;
-- = lock public.orders ACCESS EXCLUSIVE

---- add constant default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int DEFAULT 1;
-- = lock public.orders ACCESS EXCLUSIVE

---- add constant default not null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 1;
-- = lock public.orders ACCESS EXCLUSIVE

---- add now()
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a timestamptz DEFAULT now();
-- = lock public.orders ACCESS EXCLUSIVE

---- add volatile default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid();
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add clock_timestamp
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a timestamptz DEFAULT clock_timestamp();
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add not null without default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- add serial
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a serial;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add identity
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int GENERATED ALWAYS AS IDENTITY;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add stored
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a numeric GENERATED ALWAYS AS (amount * 2) STORED;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add virtual
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a numeric GENERATED ALWAYS AS (amount * 2) VIRTUAL;
-- = lock public.orders ACCESS EXCLUSIVE

---- add inline check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int CHECK (a > 0);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- add inline unique
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int UNIQUE;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders

---- add default null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int DEFAULT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- add default null not null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- add twice
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN note text;
-- = error 42701

---- add if not exists
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
-- = lock public.orders ACCESS EXCLUSIVE

---- add unknown type
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a nosuch;
-- = error 42704

---- add array
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a text[] DEFAULT '{}';
-- = lock public.orders ACCESS EXCLUSIVE

---- add jsonb default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a jsonb NOT NULL DEFAULT '{}'::jsonb;
-- = lock public.orders ACCESS EXCLUSIVE

---- add two
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b uuid DEFAULT gen_random_uuid();
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add inline check and volatile
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid() CHECK (a IS NOT NULL);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add references
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers (id);
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- add references default null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD COLUMN c bigint DEFAULT NULL REFERENCES customers (id);
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE
-- = work validate-foreign-key public.orders

---- add references default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers (id);
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE
-- = work validate-foreign-key public.orders

---- add domain with check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE DOMAIN posint AS int CHECK (VALUE > 0);
ALTER TABLE orders ADD COLUMN a posint;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders
-- = work rewrite public.orders

---- add domain plain
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE DOMAIN anyint AS int;
ALTER TABLE orders ADD COLUMN a anyint DEFAULT 3;
-- = lock public.orders ACCESS EXCLUSIVE

---- add on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD COLUMN a int;
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE

---- add volatile on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD COLUMN a uuid DEFAULT gen_random_uuid();
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE
-- = work rewrite public.events_2024
-- = work rewrite public.events_2025

---- drop plain
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP COLUMN note;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP COLUMN nope;
-- = error 42703

---- drop if exists missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP COLUMN IF EXISTS nope;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop indexed
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP COLUMN id;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop used by view
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
ALTER TABLE orders DROP COLUMN note;
-- = error 2BP01

---- drop used by view cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
ALTER TABLE orders DROP COLUMN note CASCADE;
-- = lock public.order_notes ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop foreign key's
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders DROP COLUMN customer_id;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop referenced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE customers DROP COLUMN id;
-- = error 2BP01

---- drop referenced cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE customers DROP COLUMN id CASCADE;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop partition key
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events DROP COLUMN at;
-- = error 42P16

---- drop on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events DROP COLUMN kind;
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE

---- rename
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME COLUMN note TO remark;
-- = lock public.orders ACCESS EXCLUSIVE

---- rename missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME COLUMN nope TO remark;
-- = error 42703

---- rename taken
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME COLUMN note TO code;
-- = error 42701

---- set default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x';
-- = lock public.orders ACCESS EXCLUSIVE

---- drop default
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN flag DROP DEFAULT;
-- = lock public.orders ACCESS EXCLUSIVE

---- set not null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- set not null again
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN flag SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop not null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN flag DROP NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop not null of key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN id DROP NOT NULL;
-- = error 42P16

---- statistics
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500;
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- storage
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL;
-- = lock public.orders ACCESS EXCLUSIVE

---- compression
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET COMPRESSION pglz;
-- = lock public.orders ACCESS EXCLUSIVE

---- options
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 5);
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- default of column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ALTER COLUMN note SET DEFAULT code;
-- = error 0A000

---- identity of text
CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY);
-- = error 22023

---- identity that may be null
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY NULL);
-- = error 42601

---- serial and identity
CREATE TABLE t (a serial GENERATED ALWAYS AS IDENTITY);
-- = error 42601

---- serial with default
CREATE TABLE t (a serial DEFAULT 1);
-- = error 42601

---- null and not null
CREATE TABLE t (a int NULL NOT NULL);
-- = error 42601

---- identity of a partition
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p (b WITH OPTIONS GENERATED ALWAYS AS IDENTITY) FOR VALUES IN (1);
-- = error 0A000

---- identity becomes text
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER COLUMN a TYPE text;
-- = error 22023

---- identity and not null dropped together
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER COLUMN a DROP NOT NULL, ALTER COLUMN a DROP IDENTITY;
-- = error 42601

---- drop expression of a plain column
CREATE TABLE t (a int);
ALTER TABLE t ALTER COLUMN a DROP EXPRESSION IF EXISTS;
-- = lock public.t ACCESS EXCLUSIVE

---- foreign key sets a generated column
CREATE TABLE k (id int PRIMARY KEY);
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED);
ALTER TABLE t ADD FOREIGN KEY (g) REFERENCES k (id) ON DELETE SET NULL;
-- = error 42601
