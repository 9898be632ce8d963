-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work scan public.orders

---- check not valid
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0) NOT VALID;
-- = lock public.orders ACCESS EXCLUSIVE

---- unique
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT u UNIQUE (code);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders

---- unique unknown column
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT u UNIQUE (nope);
-- = error 42703

---- second primary key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD PRIMARY KEY (code);
-- = error 42P16

---- exclude
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT e EXCLUDE USING gist (at WITH =);
-- = error 42704

---- exclude btree
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT e EXCLUDE (code WITH =);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders

---- check not enforced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0) NOT ENFORCED;
-- = lock public.orders ACCESS EXCLUSIVE

---- check name taken
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT orders_pkey CHECK (amount > 0);
-- = error 42710

---- drop primary key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
-- = lock public.orders ACCESS EXCLUSIVE

---- drop missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP CONSTRAINT nope;
-- = error 42704

---- drop if exists missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders DROP CONSTRAINT IF EXISTS nope;
-- = lock public.orders ACCESS EXCLUSIVE

---- validate missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders VALIDATE CONSTRAINT nope;
-- = error 42704

---- check subquery
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CHECK (amount > (SELECT 1));
-- = error 0A000

---- unique on nullable
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (note);
-- = lock public.orders ACCESS EXCLUSIVE
-- = work build-index public.orders

---- primary key on nullable
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
ALTER TABLE plain ADD PRIMARY KEY (a);
-- = lock public.plain ACCESS EXCLUSIVE
-- = work build-index public.plain
-- = work scan public.plain

---- primary key on not null
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
ALTER TABLE plain ADD PRIMARY KEY (b);
-- = lock public.plain ACCESS EXCLUSIVE
-- = work build-index public.plain

---- unique using index
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain (a);
ALTER TABLE plain ADD CONSTRAINT u UNIQUE USING INDEX i;
-- = lock public.plain ACCESS EXCLUSIVE

---- primary key using index nullable
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain (a);
ALTER TABLE plain ADD CONSTRAINT u PRIMARY KEY USING INDEX i;
-- = lock public.plain ACCESS EXCLUSIVE
-- = work scan public.plain

---- primary key using index not null
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain (b);
ALTER TABLE plain ADD CONSTRAINT u PRIMARY KEY USING INDEX i;
-- = lock public.plain ACCESS EXCLUSIVE

---- using non-unique index
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE INDEX i ON plain (a);
ALTER TABLE plain ADD CONSTRAINT u UNIQUE USING INDEX i;
-- = error 42809

---- using partial index
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain (a) WHERE b > 0;
ALTER TABLE plain ADD CONSTRAINT u UNIQUE USING INDEX i;
-- = error 42809

---- using expression index
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain ((a + 1));
ALTER TABLE plain ADD CONSTRAINT u UNIQUE USING INDEX i;
-- = error 42809

---- using descending index
CREATE TABLE plain (a bigint, b bigint NOT NULL, c text);
CREATE UNIQUE INDEX i ON plain (a DESC);
ALTER TABLE plain ADD CONSTRAINT u UNIQUE USING INDEX i;
-- = error 42809

---- foreign key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders SHARE ROW EXCLUSIVE
-- = work validate-foreign-key public.orders

---- foreign key not valid
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders SHARE ROW EXCLUSIVE

---- foreign key not enforced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT ENFORCED;
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders SHARE ROW EXCLUSIVE

---- foreign key to missing table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES nope (id);
-- = error 42P01

---- foreign key to column without key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (name);
-- = error 42830

---- foreign key type mismatch
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE k (id uuid PRIMARY KEY);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES k (id);
-- = error 42804

---- foreign key int to bigint
CREATE TABLE k (id bigint PRIMARY KEY);
CREATE TABLE o (k int);
ALTER TABLE o ADD FOREIGN KEY (k) REFERENCES k (id);
-- = lock public.k SHARE ROW EXCLUSIVE
-- = lock public.o SHARE ROW EXCLUSIVE
-- = work validate-foreign-key public.o

---- foreign key without key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE k (id bigint);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES k;
-- = error 42704

---- foreign key on itself
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES orders (id);
-- = lock public.orders SHARE ROW EXCLUSIVE
-- = work validate-foreign-key public.orders

---- foreign key on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE k (id bigint PRIMARY KEY);
ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES k (id);
-- = lock public.events SHARE ROW EXCLUSIVE
-- = lock public.events_2024 SHARE ROW EXCLUSIVE
-- = lock public.events_2025 SHARE ROW EXCLUSIVE
-- = lock public.k SHARE ROW EXCLUSIVE
-- = work validate-foreign-key public.events_2024
-- = work validate-foreign-key public.events_2025

---- validate foreign key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
-- = lock public.customers ROW SHARE
-- = lock public.orders SHARE UPDATE EXCLUSIVE
-- = work validate-foreign-key public.orders

---- validate check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT c;
-- = lock public.orders SHARE UPDATE EXCLUSIVE
-- = work scan public.orders

---- validate valid check
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0);
ALTER TABLE orders VALIDATE CONSTRAINT c;
-- = lock public.orders SHARE UPDATE EXCLUSIVE

---- validate unique
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT u UNIQUE (code);
ALTER TABLE orders VALIDATE CONSTRAINT u;
-- = error 42809

---- drop foreign key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders DROP CONSTRAINT orders_customer_fk;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- drop referenced key
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE customers DROP CONSTRAINT customers_pkey;
-- = error 2BP01

---- drop referenced key cascade
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- rename
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk;
-- = lock public.orders ACCESS EXCLUSIVE

---- rename missing
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders RENAME CONSTRAINT nope TO pk;
-- = error 42704

---- alter deferrable
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders ALTER CONSTRAINT orders_customer_fk DEFERRABLE;
-- = lock public.orders ACCESS EXCLUSIVE

---- alter check deferrable
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0);
ALTER TABLE orders ALTER CONSTRAINT c DEFERRABLE;
-- = error 42809

---- alter not enforced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders ALTER CONSTRAINT orders_customer_fk NOT ENFORCED;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE

---- alter enforced
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, amount numeric(10,2), code varchar(10), at timestamp, flag boolean NOT NULL DEFAULT false);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email varchar(50));
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT ENFORCED;
ALTER TABLE orders ALTER CONSTRAINT orders_customer_fk ENFORCED;
-- = lock public.customers SHARE ROW EXCLUSIVE
-- = lock public.orders ACCESS EXCLUSIVE
-- = work validate-foreign-key public.orders

---- unique on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD UNIQUE (id, at);
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE
-- = work build-index public.events_2024
-- = work build-index public.events_2025

---- unique on partitioned without key
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD UNIQUE (id);
-- = error 0A000

---- check on partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD CHECK (id > 0);
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE
-- = work scan public.events_2024
-- = work scan public.events_2025

---- check on parent
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ADD CHECK (a > 0);
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent ACCESS EXCLUSIVE
-- = work scan public.child
-- = work scan public.parent

---- check no inherit on parent
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ADD CHECK (a > 0) NO INHERIT;
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent ACCESS EXCLUSIVE
-- = work scan public.parent

---- drop inherited check
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT c CHECK (a > 0);
ALTER TABLE child DROP CONSTRAINT c;
-- = error 42P16
