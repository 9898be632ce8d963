-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- varchar(10) to varchar(20)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = lock public.t ACCESS EXCLUSIVE

---- varchar(10) to varchar(5)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(5);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- varchar(10) to varchar
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar;
-- = lock public.t ACCESS EXCLUSIVE

---- varchar(10) to text
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE

---- text to varchar
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
-- = lock public.t ACCESS EXCLUSIVE

---- text to varchar(10)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- char(5) to char(10)
CREATE TABLE t (id int, c char(5));
ALTER TABLE t ALTER COLUMN c TYPE char(10);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- char(5) to text
CREATE TABLE t (id int, c char(5));
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to bigint
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE bigint;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- bigint to int
CREATE TABLE t (id int, c bigint);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to numeric
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to text
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- smallint to int
CREATE TABLE t (id int, c smallint);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to oid
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE oid;
-- = lock public.t ACCESS EXCLUSIVE

---- oid to int
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = lock public.t ACCESS EXCLUSIVE

---- numeric(10,2) to numeric(12,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2);
-- = lock public.t ACCESS EXCLUSIVE

---- numeric(10,2) to numeric(12,3)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,3);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- numeric(10,2) to numeric
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric;
-- = lock public.t ACCESS EXCLUSIVE

---- numeric to numeric(10,2)
CREATE TABLE t (id int, c numeric);
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,2);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- numeric(10,2) to numeric(8,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(8,2);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamp to timestamptz
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamptz to timestamp
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamp(3) to timestamp(6)
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamp(6);
-- = lock public.t ACCESS EXCLUSIVE

---- timestamp(6) to timestamp(3)
CREATE TABLE t (id int, c timestamp(6));
ALTER TABLE t ALTER COLUMN c TYPE timestamp(3);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamp(3) to timestamp
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
-- = lock public.t ACCESS EXCLUSIVE

---- timestamp to timestamp(3)
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamp(3);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- time(3) to time
CREATE TABLE t (id int, c time(3));
ALTER TABLE t ALTER COLUMN c TYPE time;
-- = lock public.t ACCESS EXCLUSIVE

---- date to timestamp
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamp to date
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE date;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- interval(3) to interval
CREATE TABLE t (id int, c interval(3));
ALTER TABLE t ALTER COLUMN c TYPE interval;
-- = lock public.t ACCESS EXCLUSIVE

---- interval to interval(3)
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE interval(3);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- cidr to inet
CREATE TABLE t (id int, c cidr);
ALTER TABLE t ALTER COLUMN c TYPE inet;
-- = lock public.t ACCESS EXCLUSIVE

---- inet to cidr
CREATE TABLE t (id int, c inet);
ALTER TABLE t ALTER COLUMN c TYPE cidr;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- xml to text
CREATE TABLE t (id int, c xml);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE

---- json to jsonb
CREATE TABLE t (id int, c json);
ALTER TABLE t ALTER COLUMN c TYPE jsonb;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- jsonb to json
CREATE TABLE t (id int, c jsonb);
ALTER TABLE t ALTER COLUMN c TYPE json;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- float4 to float8
CREATE TABLE t (id int, c float4);
ALTER TABLE t ALTER COLUMN c TYPE float8;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- float8 to float4
CREATE TABLE t (id int, c float8);
ALTER TABLE t ALTER COLUMN c TYPE float4;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- real to numeric
CREATE TABLE t (id int, c real);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- varbit(5) to varbit(10)
CREATE TABLE t (id int, c varbit(5));
ALTER TABLE t ALTER COLUMN c TYPE varbit(10);
-- = lock public.t ACCESS EXCLUSIVE

---- varbit(5) to varbit
CREATE TABLE t (id int, c varbit(5));
ALTER TABLE t ALTER COLUMN c TYPE varbit;
-- = lock public.t ACCESS EXCLUSIVE

---- bit(5) to bit(10)
CREATE TABLE t (id int, c bit(5));
ALTER TABLE t ALTER COLUMN c TYPE bit(10);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- bit(5) to varbit(5)
CREATE TABLE t (id int, c bit(5));
ALTER TABLE t ALTER COLUMN c TYPE varbit(5);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- varchar(10)[] to varchar(20)[]
CREATE TABLE t (id int, c varchar(10)[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20)[];
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- text[] to varchar[]
CREATE TABLE t (id int, c text[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar[];
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int[] to bigint[]
CREATE TABLE t (id int, c int[]);
ALTER TABLE t ALTER COLUMN c TYPE bigint[];
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to boolean
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE boolean;
-- = error 42804

---- text to int
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = error 42804

---- text to uuid
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE uuid;
-- = error 42804

---- uuid to text
CREATE TABLE t (id int, c uuid);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- boolean to int
CREATE TABLE t (id int, c boolean);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = error 42804

---- date to text
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- text to date
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE date;
-- = error 42804

---- varchar(10) to char(10)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE char(10);
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- money to numeric
CREATE TABLE t (id int, c money);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- macaddr to macaddr8
CREATE TABLE t (id int, c macaddr);
ALTER TABLE t ALTER COLUMN c TYPE macaddr8;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- regclass to oid
CREATE TABLE t (id int, c regclass);
ALTER TABLE t ALTER COLUMN c TYPE oid;
-- = lock public.t ACCESS EXCLUSIVE

---- oid to regclass
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE regclass;
-- = lock public.t ACCESS EXCLUSIVE

---- name to text
CREATE TABLE t (id int, c name);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int to int
CREATE TABLE t (id int, c int);
ALTER TABLE t ALTER COLUMN c TYPE int;
-- = lock public.t ACCESS EXCLUSIVE

---- bytea to text
CREATE TABLE t (id int, c bytea);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- text to bytea
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE bytea;
-- = error 42804

---- text to json
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE json;
-- = error 42804

---- point to text
CREATE TABLE t (id int, c point);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- time to interval
CREATE TABLE t (id int, c time);
ALTER TABLE t ALTER COLUMN c TYPE interval;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- interval to time
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE time;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- timestamptz(3) to timestamptz
CREATE TABLE t (id int, c timestamptz(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
-- = lock public.t ACCESS EXCLUSIVE

---- timetz to time
CREATE TABLE t (id int, c timetz);
ALTER TABLE t ALTER COLUMN c TYPE time;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- int4range to text
CREATE TABLE t (id int, c int4range);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- varchar(10) to varchar(20) with index
CREATE TABLE t (id int, c varchar(10));
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = lock public.t ACCESS EXCLUSIVE

---- varchar(10) to text with index
CREATE TABLE t (id int, c varchar(10));
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE

---- text to varchar with index
CREATE TABLE t (id int, c text);
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
-- = lock public.t ACCESS EXCLUSIVE

---- timestamp(3) to timestamp with index
CREATE TABLE t (id int, c timestamp(3));
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
-- = lock public.t ACCESS EXCLUSIVE

---- int to bigint with index
CREATE TABLE t (id int, c int);
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE bigint;
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t
-- = work rewrite public.t

---- numeric(10,2) to numeric(12,2) with index
CREATE TABLE t (id int, c numeric(10,2));
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2);
-- = lock public.t ACCESS EXCLUSIVE

---- cidr to inet with index
CREATE TABLE t (id int, c cidr);
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE inet;
-- = lock public.t ACCESS EXCLUSIVE

---- int to oid with index
CREATE TABLE t (id int, c int);
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE oid;
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t

---- collation with index
CREATE TABLE t (c text);
CREATE INDEX i ON t (c);
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "POSIX";
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t

---- collation without index
CREATE TABLE t (c text);
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "POSIX";
-- = lock public.t ACCESS EXCLUSIVE

---- expression index
CREATE TABLE t (c varchar(10));
CREATE INDEX i ON t (lower(c));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t

---- partial index
CREATE TABLE t (a int, c varchar(10));
CREATE INDEX i ON t (a) WHERE c = 'x';
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t

---- check
CREATE TABLE t (c varchar(10) CHECK (c <> ''));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = lock public.t ACCESS EXCLUSIVE
-- = work scan public.t

---- view
CREATE TABLE t (c varchar(10));
CREATE VIEW v AS SELECT c FROM t;
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
-- = error 0A000

---- generated
CREATE TABLE t (c int, d int GENERATED ALWAYS AS (c * 2) STORED);
ALTER TABLE t ALTER COLUMN c TYPE bigint;
-- = error 0A000

---- using column
CREATE TABLE t (c int, d int);
ALTER TABLE t ALTER COLUMN c TYPE int USING d;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- using cast
CREATE TABLE t (c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text USING c::text;
-- = lock public.t ACCESS EXCLUSIVE

---- using same
CREATE TABLE t (c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text USING c;
-- = lock public.t ACCESS EXCLUSIVE

---- using text to int
CREATE TABLE t (c text);
ALTER TABLE t ALTER COLUMN c TYPE int USING c::int;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- enum to text
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (c mood);
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- enum to enum
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE mood2 AS ENUM ('ok');
CREATE TABLE t (c mood);
ALTER TABLE t ALTER COLUMN c TYPE mood2;
-- = error 42804

---- enum to enum using
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE mood2 AS ENUM ('ok');
CREATE TABLE t (c mood);
ALTER TABLE t ALTER COLUMN c TYPE mood2 USING c::text::mood2;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- enum default to text
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (c mood DEFAULT 'ok');
ALTER TABLE t ALTER COLUMN c TYPE text;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- text default to enum
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (c text DEFAULT 'ok');
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;
-- = error 42804

---- to domain
CREATE DOMAIN d AS text;
CREATE TABLE t (c text);
ALTER TABLE t ALTER COLUMN c TYPE d;
-- = lock public.t ACCESS EXCLUSIVE

---- to domain with check
CREATE DOMAIN d AS text CHECK (VALUE <> '');
CREATE TABLE t (c text);
ALTER TABLE t ALTER COLUMN c TYPE d;
-- = lock public.t ACCESS EXCLUSIVE
-- = work rewrite public.t

---- primary key
CREATE TABLE t (c int PRIMARY KEY);
ALTER TABLE t ALTER COLUMN c TYPE bigint;
-- = lock public.t ACCESS EXCLUSIVE
-- = work build-index public.t
-- = work rewrite public.t

---- referencing column
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, email varchar(50));
CREATE TABLE o (c int REFERENCES customers (id));
ALTER TABLE o ALTER COLUMN c TYPE bigint;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.o ACCESS EXCLUSIVE
-- = work rewrite public.o
-- = work validate-foreign-key public.o

---- referenced column
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, email varchar(50));
CREATE TABLE o (c int REFERENCES customers (id));
ALTER TABLE customers ALTER COLUMN id TYPE bigint;
-- = lock public.customers ACCESS EXCLUSIVE
-- = lock public.o ACCESS EXCLUSIVE
-- = work build-index public.customers
-- = work rewrite public.customers
-- = work validate-foreign-key public.o

---- partitioned
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ALTER COLUMN kind TYPE varchar(10);
-- = lock public.events ACCESS EXCLUSIVE
-- = lock public.events_2024 ACCESS EXCLUSIVE
-- = lock public.events_2025 ACCESS EXCLUSIVE
-- = work rewrite public.events_2024
-- = work rewrite public.events_2025

---- partition key
CREATE TABLE events (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ALTER COLUMN at TYPE timestamp;
-- = error 42P16
