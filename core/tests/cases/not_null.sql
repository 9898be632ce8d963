-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- set with check is not null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- set with check and
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL AND code > 'a');
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- set with check or
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL OR code > 'a');
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- set with check not is null
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (NOT (note IS NULL));
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- set with check distinct
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS DISTINCT FROM NULL);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE

---- set with check greater
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note > '');
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- set with check not valid
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- set and drop check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL, DROP CONSTRAINT c;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- add constraint
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note;
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- add constraint not valid
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID;
-- = lock public.orders ACCESS EXCLUSIVE

---- validate
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT nn;
-- = lock public.orders SHARE UPDATE EXCLUSIVE
-- = work scan public.orders

---- on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ALTER COLUMN kind SET NOT NULL;
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE
-- = work scan public.events_2024
-- = work scan public.events_2025
