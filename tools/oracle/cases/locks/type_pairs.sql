-- What a column's change from one type to another does, without an index on the column and with one.

---- int2 to int4
CREATE TABLE t (id int, c int2);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c int2);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- int4 to int2
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int2;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int2;

---- int4 to int8
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int8;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8;

---- int8 to int4
CREATE TABLE t (id int, c int8);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c int8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- int4 to numeric
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric;

---- int4 to numeric(10,2)
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,2);
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(10,2);

---- int4 to real
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE real;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE real;

---- int4 to float8
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE float8;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE float8;

---- int4 to text
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- int4 to varchar(20)
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20);

---- int4 to oid
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE oid;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE oid;

---- oid to int4
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c oid);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- oid to int8
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE int8;
CREATE TABLE indexed (id int PRIMARY KEY, c oid);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8;

---- int8 to oid
CREATE TABLE t (id int, c int8);
ALTER TABLE t ALTER COLUMN c TYPE oid;
CREATE TABLE indexed (id int PRIMARY KEY, c int8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE oid;

---- oid to regclass
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE regclass;
CREATE TABLE indexed (id int PRIMARY KEY, c oid);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE regclass;

---- regclass to oid
CREATE TABLE t (id int, c regclass);
ALTER TABLE t ALTER COLUMN c TYPE oid;
CREATE TABLE indexed (id int PRIMARY KEY, c regclass);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE oid;

---- regclass to regtype, using c::oid::regtype
CREATE TABLE t (id int, c regclass);
ALTER TABLE t ALTER COLUMN c TYPE regtype USING c::oid::regtype;
CREATE TABLE indexed (id int PRIMARY KEY, c regclass);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE regtype USING c::oid::regtype;

---- oid to xid, using c::text::xid
CREATE TABLE t (id int, c oid);
ALTER TABLE t ALTER COLUMN c TYPE xid USING c::text::xid;

---- int4 to bool, using c::bool
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE bool USING c::bool;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bool USING c::bool;

---- bool to int4, using c::int
CREATE TABLE t (id int, c bool);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING c::int;
CREATE TABLE indexed (id int PRIMARY KEY, c bool);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING c::int;

---- bool to text
CREATE TABLE t (id int, c bool);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c bool);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to bool, using c::bool
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE bool USING c::bool;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bool USING c::bool;

---- real to float8
CREATE TABLE t (id int, c real);
ALTER TABLE t ALTER COLUMN c TYPE float8;
CREATE TABLE indexed (id int PRIMARY KEY, c real);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE float8;

---- float8 to real
CREATE TABLE t (id int, c float8);
ALTER TABLE t ALTER COLUMN c TYPE real;
CREATE TABLE indexed (id int PRIMARY KEY, c float8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE real;

---- float8 to numeric
CREATE TABLE t (id int, c float8);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
CREATE TABLE indexed (id int PRIMARY KEY, c float8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric;

---- numeric to float8
CREATE TABLE t (id int, c numeric);
ALTER TABLE t ALTER COLUMN c TYPE float8;
CREATE TABLE indexed (id int PRIMARY KEY, c numeric);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE float8;

---- numeric to int4
CREATE TABLE t (id int, c numeric);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c numeric);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- numeric to numeric(10,2)
CREATE TABLE t (id int, c numeric);
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,2);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(10,2);

---- numeric(10,2) to numeric
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric;
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric;

---- numeric(10,2) to numeric(12,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12,2);

---- numeric(10,2) to numeric(8,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(8,2);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(8,2);

---- numeric(10,2) to numeric(12,4)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,4);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12,4);

---- numeric(10,2) to numeric(10,4)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,4);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(10,4);

---- numeric(10,2) to numeric(12,1)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,1);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12,1);

---- numeric(10) to numeric(12)
CREATE TABLE t (id int, c numeric(10));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12);

---- numeric(10) to numeric(10,0)
CREATE TABLE t (id int, c numeric(10));
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,0);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(10,0);

---- numeric(10,2) to numeric(10,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(10,2);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(10,2);

---- numeric to money
CREATE TABLE t (id int, c numeric);
ALTER TABLE t ALTER COLUMN c TYPE money;
CREATE TABLE indexed (id int PRIMARY KEY, c numeric);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE money;

---- money to numeric
CREATE TABLE t (id int, c money);
ALTER TABLE t ALTER COLUMN c TYPE numeric;
CREATE TABLE indexed (id int PRIMARY KEY, c money);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric;

---- text to varchar
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- varchar to text
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to varchar(10)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- varchar(10) to text
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- varchar(10) to varchar
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- varchar to varchar(10)
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- varchar(10) to varchar(20)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20);

---- varchar(20) to varchar(10)
CREATE TABLE t (id int, c varchar(20));
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- varchar(10) to varchar(10)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- text to char(10)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE char(10);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(10);

---- char(10) to text
CREATE TABLE t (id int, c char(10));
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c char(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- char(10) to varchar(10)
CREATE TABLE t (id int, c char(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c char(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- char(10) to varchar
CREATE TABLE t (id int, c char(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c char(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- char(10) to char(20)
CREATE TABLE t (id int, c char(10));
ALTER TABLE t ALTER COLUMN c TYPE char(20);
CREATE TABLE indexed (id int PRIMARY KEY, c char(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(20);

---- char(20) to char(10)
CREATE TABLE t (id int, c char(20));
ALTER TABLE t ALTER COLUMN c TYPE char(10);
CREATE TABLE indexed (id int PRIMARY KEY, c char(20));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(10);

---- char to char(1)
CREATE TABLE t (id int, c char);
ALTER TABLE t ALTER COLUMN c TYPE char(1);
CREATE TABLE indexed (id int PRIMARY KEY, c char);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(1);

---- bpchar to char(3)
CREATE TABLE t (id int, c bpchar);
ALTER TABLE t ALTER COLUMN c TYPE char(3);
CREATE TABLE indexed (id int PRIMARY KEY, c bpchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(3);

---- char(3) to bpchar
CREATE TABLE t (id int, c char(3));
ALTER TABLE t ALTER COLUMN c TYPE bpchar;
CREATE TABLE indexed (id int PRIMARY KEY, c char(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bpchar;

---- bpchar to text
CREATE TABLE t (id int, c bpchar);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c bpchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to bpchar
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE bpchar;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bpchar;

---- varchar(10) to bpchar
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE bpchar;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bpchar;

---- varchar to char(10)
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE char(10);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE char(10);

---- text to name
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE name;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE name;

---- name to text
CREATE TABLE t (id int, c name);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c name);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- name to varchar
CREATE TABLE t (id int, c name);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c name);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- name to varchar(64)
CREATE TABLE t (id int, c name);
ALTER TABLE t ALTER COLUMN c TYPE varchar(64);
CREATE TABLE indexed (id int PRIMARY KEY, c name);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(64);

---- varchar(10) to name
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE name;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE name;

---- text to 'char'
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE "char";
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE "char";

---- 'char' to text
CREATE TABLE t (id int, c "char");
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c "char");
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to int4, using c::int
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING c::int;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING c::int;

---- text to int4, using length(c)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING length(c);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING length(c);

---- text to uuid, using c::uuid
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE uuid USING c::uuid;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE uuid USING c::uuid;

---- uuid to text
CREATE TABLE t (id int, c uuid);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c uuid);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to date, using c::date
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE date USING c::date;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE date USING c::date;

---- text to bytea, using c::bytea
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE bytea USING c::bytea;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bytea USING c::bytea;

---- bytea to text, using encode(c, 'hex')
CREATE TABLE t (id int, c bytea);
ALTER TABLE t ALTER COLUMN c TYPE text USING encode(c, 'hex');
CREATE TABLE indexed (id int PRIMARY KEY, c bytea);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING encode(c, 'hex');

---- text to json, using c::json
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE json USING c::json;

---- text to jsonb, using c::jsonb
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING c::jsonb;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE jsonb USING c::jsonb;

---- json to jsonb
CREATE TABLE t (id int, c json);
ALTER TABLE t ALTER COLUMN c TYPE jsonb;

---- jsonb to json
CREATE TABLE t (id int, c jsonb);
ALTER TABLE t ALTER COLUMN c TYPE json;

---- json to text
CREATE TABLE t (id int, c json);
ALTER TABLE t ALTER COLUMN c TYPE text;

---- jsonb to text
CREATE TABLE t (id int, c jsonb);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c jsonb);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- varchar to jsonb, using to_jsonb(c)
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING to_jsonb(c);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE jsonb USING to_jsonb(c);

---- xml to text
CREATE TABLE t (id int, c xml);
ALTER TABLE t ALTER COLUMN c TYPE text;

---- xml to varchar
CREATE TABLE t (id int, c xml);
ALTER TABLE t ALTER COLUMN c TYPE varchar;

---- xml to varchar(100)
CREATE TABLE t (id int, c xml);
ALTER TABLE t ALTER COLUMN c TYPE varchar(100);

---- text to xml, using c::xml
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE xml USING c::xml;

---- date to timestamp
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
CREATE TABLE indexed (id int PRIMARY KEY, c date);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp;

---- date to timestamptz
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c date);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to date
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE date;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE date;

---- timestamptz to date
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE date;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE date;

---- timestamp to timestamptz
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamptz to timestamp
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp;

---- timestamp to timestamptz, using c AT TIME ZONE 'UTC'
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';

---- timestamptz to timestamp, using c AT TIME ZONE 'UTC'
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamp USING c AT TIME ZONE 'UTC';
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp USING c AT TIME ZONE 'UTC';

---- timestamp to timestamp(3)
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamp(3);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp(3);

---- timestamp to timestamp(6)
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamp(6);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp(6);

---- timestamp(3) to timestamp
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp;

---- timestamp(3) to timestamp(6)
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamp(6);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp(6);

---- timestamp(6) to timestamp(3)
CREATE TABLE t (id int, c timestamp(6));
ALTER TABLE t ALTER COLUMN c TYPE timestamp(3);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(6));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp(3);

---- timestamp(3) to timestamptz
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamptz(3) to timestamptz
CREATE TABLE t (id int, c timestamptz(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamptz to timestamptz(6)
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(6);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(6);

---- timestamptz to timestamptz(0)
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(0);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(0);

---- timestamptz(6) to timestamp(3)
CREATE TABLE t (id int, c timestamptz(6));
ALTER TABLE t ALTER COLUMN c TYPE timestamp(3);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz(6));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp(3);

---- timestamp to text
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- timestamp to time
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE time;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time;

---- timestamptz to timetz
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timetz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timetz;

---- time to time(3)
CREATE TABLE t (id int, c time);
ALTER TABLE t ALTER COLUMN c TYPE time(3);
CREATE TABLE indexed (id int PRIMARY KEY, c time);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time(3);

---- time(3) to time
CREATE TABLE t (id int, c time(3));
ALTER TABLE t ALTER COLUMN c TYPE time;
CREATE TABLE indexed (id int PRIMARY KEY, c time(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time;

---- time(3) to time(6)
CREATE TABLE t (id int, c time(3));
ALTER TABLE t ALTER COLUMN c TYPE time(6);
CREATE TABLE indexed (id int PRIMARY KEY, c time(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time(6);

---- time to time(6)
CREATE TABLE t (id int, c time);
ALTER TABLE t ALTER COLUMN c TYPE time(6);
CREATE TABLE indexed (id int PRIMARY KEY, c time);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time(6);

---- time to timetz
CREATE TABLE t (id int, c time);
ALTER TABLE t ALTER COLUMN c TYPE timetz;
CREATE TABLE indexed (id int PRIMARY KEY, c time);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timetz;

---- timetz to time
CREATE TABLE t (id int, c timetz);
ALTER TABLE t ALTER COLUMN c TYPE time;
CREATE TABLE indexed (id int PRIMARY KEY, c timetz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time;

---- timetz(3) to timetz
CREATE TABLE t (id int, c timetz(3));
ALTER TABLE t ALTER COLUMN c TYPE timetz;
CREATE TABLE indexed (id int PRIMARY KEY, c timetz(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timetz;

---- time to interval
CREATE TABLE t (id int, c time);
ALTER TABLE t ALTER COLUMN c TYPE interval;
CREATE TABLE indexed (id int PRIMARY KEY, c time);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval;

---- interval to time
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE time;
CREATE TABLE indexed (id int PRIMARY KEY, c interval);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE time;

---- interval to interval(3)
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE interval(3);
CREATE TABLE indexed (id int PRIMARY KEY, c interval);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval(3);

---- interval(3) to interval
CREATE TABLE t (id int, c interval(3));
ALTER TABLE t ALTER COLUMN c TYPE interval;
CREATE TABLE indexed (id int PRIMARY KEY, c interval(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval;

---- interval(3) to interval(6)
CREATE TABLE t (id int, c interval(3));
ALTER TABLE t ALTER COLUMN c TYPE interval(6);
CREATE TABLE indexed (id int PRIMARY KEY, c interval(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval(6);

---- interval to interval(6)
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE interval(6);
CREATE TABLE indexed (id int PRIMARY KEY, c interval);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval(6);

---- interval(6) to interval(3)
CREATE TABLE t (id int, c interval(6));
ALTER TABLE t ALTER COLUMN c TYPE interval(3);
CREATE TABLE indexed (id int PRIMARY KEY, c interval(6));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval(3);

---- interval day to interval
CREATE TABLE t (id int, c interval day);
ALTER TABLE t ALTER COLUMN c TYPE interval;
CREATE TABLE indexed (id int PRIMARY KEY, c interval day);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval;

---- interval to interval day
CREATE TABLE t (id int, c interval);
ALTER TABLE t ALTER COLUMN c TYPE interval day;
CREATE TABLE indexed (id int PRIMARY KEY, c interval);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval day;

---- interval day to second(3) to interval
CREATE TABLE t (id int, c interval day to second(3));
ALTER TABLE t ALTER COLUMN c TYPE interval;
CREATE TABLE indexed (id int PRIMARY KEY, c interval day to second(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval;

---- interval hour to minute to interval day to second
CREATE TABLE t (id int, c interval hour to minute);
ALTER TABLE t ALTER COLUMN c TYPE interval day to second;
CREATE TABLE indexed (id int PRIMARY KEY, c interval hour to minute);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval day to second;

---- interval day to interval hour
CREATE TABLE t (id int, c interval day);
ALTER TABLE t ALTER COLUMN c TYPE interval hour;
CREATE TABLE indexed (id int PRIMARY KEY, c interval day);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval hour;

---- interval second(3) to interval second(6)
CREATE TABLE t (id int, c interval second(3));
ALTER TABLE t ALTER COLUMN c TYPE interval second(6);
CREATE TABLE indexed (id int PRIMARY KEY, c interval second(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval second(6);

---- int8 to timestamptz, using to_timestamp(c)
CREATE TABLE t (id int, c int8);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING to_timestamp(c);
CREATE TABLE indexed (id int PRIMARY KEY, c int8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING to_timestamp(c);

---- int4 to interval, using make_interval(secs => c)
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE interval USING make_interval(secs => c);
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE interval USING make_interval(secs => c);

---- inet to cidr
CREATE TABLE t (id int, c inet);
ALTER TABLE t ALTER COLUMN c TYPE cidr;
CREATE TABLE indexed (id int PRIMARY KEY, c inet);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE cidr;

---- cidr to inet
CREATE TABLE t (id int, c cidr);
ALTER TABLE t ALTER COLUMN c TYPE inet;
CREATE TABLE indexed (id int PRIMARY KEY, c cidr);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE inet;

---- inet to text
CREATE TABLE t (id int, c inet);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c inet);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- cidr to text
CREATE TABLE t (id int, c cidr);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c cidr);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to inet, using c::inet
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE inet USING c::inet;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE inet USING c::inet;

---- macaddr to macaddr8
CREATE TABLE t (id int, c macaddr);
ALTER TABLE t ALTER COLUMN c TYPE macaddr8;
CREATE TABLE indexed (id int PRIMARY KEY, c macaddr);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE macaddr8;

---- macaddr8 to macaddr
CREATE TABLE t (id int, c macaddr8);
ALTER TABLE t ALTER COLUMN c TYPE macaddr;
CREATE TABLE indexed (id int PRIMARY KEY, c macaddr8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE macaddr;

---- bit(8) to bit(16), using c::bit(16)
CREATE TABLE t (id int, c bit(8));
ALTER TABLE t ALTER COLUMN c TYPE bit(16) USING c::bit(16);
CREATE TABLE indexed (id int PRIMARY KEY, c bit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bit(16) USING c::bit(16);

---- bit(8) to bit(8)
CREATE TABLE t (id int, c bit(8));
ALTER TABLE t ALTER COLUMN c TYPE bit(8);
CREATE TABLE indexed (id int PRIMARY KEY, c bit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bit(8);

---- bit(8) to varbit
CREATE TABLE t (id int, c bit(8));
ALTER TABLE t ALTER COLUMN c TYPE varbit;
CREATE TABLE indexed (id int PRIMARY KEY, c bit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit;

---- varbit to bit(8)
CREATE TABLE t (id int, c varbit);
ALTER TABLE t ALTER COLUMN c TYPE bit(8);
CREATE TABLE indexed (id int PRIMARY KEY, c varbit);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bit(8);

---- varbit(8) to varbit
CREATE TABLE t (id int, c varbit(8));
ALTER TABLE t ALTER COLUMN c TYPE varbit;
CREATE TABLE indexed (id int PRIMARY KEY, c varbit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit;

---- varbit to varbit(8)
CREATE TABLE t (id int, c varbit);
ALTER TABLE t ALTER COLUMN c TYPE varbit(8);
CREATE TABLE indexed (id int PRIMARY KEY, c varbit);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit(8);

---- varbit(8) to varbit(16)
CREATE TABLE t (id int, c varbit(8));
ALTER TABLE t ALTER COLUMN c TYPE varbit(16);
CREATE TABLE indexed (id int PRIMARY KEY, c varbit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit(16);

---- varbit(16) to varbit(8)
CREATE TABLE t (id int, c varbit(16));
ALTER TABLE t ALTER COLUMN c TYPE varbit(8);
CREATE TABLE indexed (id int PRIMARY KEY, c varbit(16));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit(8);

---- bit(8) to varbit(8)
CREATE TABLE t (id int, c bit(8));
ALTER TABLE t ALTER COLUMN c TYPE varbit(8);
CREATE TABLE indexed (id int PRIMARY KEY, c bit(8));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varbit(8);

---- bit to bit varying(1)
CREATE TABLE t (id int, c bit);
ALTER TABLE t ALTER COLUMN c TYPE bit varying(1);
CREATE TABLE indexed (id int PRIMARY KEY, c bit);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bit varying(1);

---- int4 to bit(32), using c::bit(32)
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE bit(32) USING c::bit(32);
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE bit(32) USING c::bit(32);

---- int4[] to int8[]
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE int8[];
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8[];

---- int4[] to text[]
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE text[];
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text[];

---- text[] to varchar[]
CREATE TABLE t (id int, c text[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar[];
CREATE TABLE indexed (id int PRIMARY KEY, c text[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar[];

---- varchar[] to text[]
CREATE TABLE t (id int, c varchar[]);
ALTER TABLE t ALTER COLUMN c TYPE text[];
CREATE TABLE indexed (id int PRIMARY KEY, c varchar[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text[];

---- varchar(10)[] to varchar(20)[]
CREATE TABLE t (id int, c varchar(10)[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20)[];
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10)[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20)[];

---- varchar(10)[] to varchar[]
CREATE TABLE t (id int, c varchar(10)[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar[];
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10)[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar[];

---- varchar(10)[] to varchar(10)[]
CREATE TABLE t (id int, c varchar(10)[]);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10)[];
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10)[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10)[];

---- numeric(10,2)[] to numeric[]
CREATE TABLE t (id int, c numeric(10,2)[]);
ALTER TABLE t ALTER COLUMN c TYPE numeric[];
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2)[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric[];

---- timestamp[] to timestamptz[]
CREATE TABLE t (id int, c timestamp[]);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz[];
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz[];

---- text to text[], using ARRAY[c]
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text[] USING ARRAY[c];
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text[] USING ARRAY[c];

---- text[] to text, using array_to_string(c, ',')
CREATE TABLE t (id int, c text[]);
ALTER TABLE t ALTER COLUMN c TYPE text USING array_to_string(c, ',');
CREATE TABLE indexed (id int PRIMARY KEY, c text[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING array_to_string(c, ',');

---- int4[] to int4[]
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE int4[];
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4[];

---- int4 to int4[], using ARRAY[c]
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4[] USING ARRAY[c];
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4[] USING ARRAY[c];

---- text[] to jsonb, using to_jsonb(c)
CREATE TABLE t (id int, c text[]);
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING to_jsonb(c);
CREATE TABLE indexed (id int PRIMARY KEY, c text[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE jsonb USING to_jsonb(c);

---- mood to mood
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood);
ALTER TABLE t ALTER COLUMN c TYPE mood;
CREATE TABLE indexed (id int PRIMARY KEY, c mood);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE mood;

---- mood to text
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c mood);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- mood to varchar
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c mood);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- mood to varchar(10)
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c mood);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- text to mood, using c::mood
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE mood USING c::mood;

---- varchar(10) to mood, using c::mood
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE mood USING c::mood;

---- mood to feeling, using c::text::feeling
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE feeling AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood);
ALTER TABLE t ALTER COLUMN c TYPE feeling USING c::text::feeling;
CREATE TABLE indexed (id int PRIMARY KEY, c mood);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE feeling USING c::text::feeling;

---- mood[] to text[]
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id int, c mood[]);
ALTER TABLE t ALTER COLUMN c TYPE text[];
CREATE TABLE indexed (id int PRIMARY KEY, c mood[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text[];

---- pair to other, using ((c).a, (c).b)::other
CREATE TYPE pair AS (a int, b text);
CREATE TYPE other AS (a int, b text);
CREATE TABLE t (id int, c pair);
ALTER TABLE t ALTER COLUMN c TYPE other USING ((c).a, (c).b)::other;
CREATE TABLE indexed (id int PRIMARY KEY, c pair);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE other USING ((c).a, (c).b)::other;

---- pair to pair
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int, c pair);
ALTER TABLE t ALTER COLUMN c TYPE pair;
CREATE TABLE indexed (id int PRIMARY KEY, c pair);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE pair;

---- pair to text
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int, c pair);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c pair);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- pair[] to pair[]
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int, c pair[]);
ALTER TABLE t ALTER COLUMN c TYPE pair[];
CREATE TABLE indexed (id int PRIMARY KEY, c pair[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE pair[];

---- short to text
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- short to varchar(10)
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10);

---- short to varchar(20)
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20);

---- short to varchar
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- text to short
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE short;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE short;

---- varchar(10) to short
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE short;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE short;

---- varchar(20) to short
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c varchar(20));
ALTER TABLE t ALTER COLUMN c TYPE short;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE short;

---- short to short
CREATE DOMAIN short AS varchar(10);
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE short;
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE short;

---- short to word
CREATE DOMAIN short AS varchar(10);
CREATE DOMAIN word AS text;
CREATE TABLE t (id int, c short);
ALTER TABLE t ALTER COLUMN c TYPE word;
CREATE TABLE indexed (id int PRIMARY KEY, c short);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE word;

---- word to short
CREATE DOMAIN short AS varchar(10);
CREATE DOMAIN word AS text;
CREATE TABLE t (id int, c word);
ALTER TABLE t ALTER COLUMN c TYPE short;
CREATE TABLE indexed (id int PRIMARY KEY, c word);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE short;

---- word to text
CREATE DOMAIN word AS text;
CREATE TABLE t (id int, c word);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c word);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to word
CREATE DOMAIN word AS text;
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE word;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE word;

---- word to positive, using 1
CREATE DOMAIN word AS text;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c word);
ALTER TABLE t ALTER COLUMN c TYPE positive USING 1;
CREATE TABLE indexed (id int PRIMARY KEY, c word);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive USING 1;

---- int4 to plain
CREATE DOMAIN plain AS int;
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE plain;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE plain;

---- plain to int4
CREATE DOMAIN plain AS int;
CREATE TABLE t (id int, c plain);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c plain);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- plain to int8
CREATE DOMAIN plain AS int;
CREATE TABLE t (id int, c plain);
ALTER TABLE t ALTER COLUMN c TYPE int8;
CREATE TABLE indexed (id int PRIMARY KEY, c plain);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8;

---- int4 to positive
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE positive;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive;

---- positive to int4
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c positive);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c positive);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- positive to int8
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c positive);
ALTER TABLE t ALTER COLUMN c TYPE int8;
CREATE TABLE indexed (id int PRIMARY KEY, c positive);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8;

---- int8 to positive
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c int8);
ALTER TABLE t ALTER COLUMN c TYPE positive;
CREATE TABLE indexed (id int PRIMARY KEY, c int8);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive;

---- positive to plain
CREATE DOMAIN plain AS int;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c positive);
ALTER TABLE t ALTER COLUMN c TYPE plain;
CREATE TABLE indexed (id int PRIMARY KEY, c positive);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE plain;

---- plain to positive
CREATE DOMAIN plain AS int;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c plain);
ALTER TABLE t ALTER COLUMN c TYPE positive;
CREATE TABLE indexed (id int PRIMARY KEY, c plain);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive;

---- int4 to always
CREATE DOMAIN always AS int NOT NULL;
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE always;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE always;

---- always to int4
CREATE DOMAIN always AS int NOT NULL;
CREATE TABLE t (id int, c always);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c always);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- positive to smaller
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN smaller AS positive CHECK (VALUE < 100);
CREATE TABLE t (id int, c positive);
ALTER TABLE t ALTER COLUMN c TYPE smaller;
CREATE TABLE indexed (id int PRIMARY KEY, c positive);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE smaller;

---- smaller to positive
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN smaller AS positive CHECK (VALUE < 100);
CREATE TABLE t (id int, c smaller);
ALTER TABLE t ALTER COLUMN c TYPE positive;
CREATE TABLE indexed (id int PRIMARY KEY, c smaller);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive;

---- smaller to int4
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN smaller AS positive CHECK (VALUE < 100);
CREATE TABLE t (id int, c smaller);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c smaller);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- int4[] to numbers
CREATE DOMAIN numbers AS int[];
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE numbers;
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numbers;

---- numbers to int4[]
CREATE DOMAIN numbers AS int[];
CREATE TABLE t (id int, c numbers);
ALTER TABLE t ALTER COLUMN c TYPE int4[];
CREATE TABLE indexed (id int PRIMARY KEY, c numbers);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4[];

---- positive[] to int4[]
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c positive[]);
ALTER TABLE t ALTER COLUMN c TYPE int4[];
CREATE TABLE indexed (id int PRIMARY KEY, c positive[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4[];

---- int4[] to positive[]
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE positive[];
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE positive[];

---- plain[] to int4[]
CREATE DOMAIN plain AS int;
CREATE TABLE t (id int, c plain[]);
ALTER TABLE t ALTER COLUMN c TYPE int4[];
CREATE TABLE indexed (id int PRIMARY KEY, c plain[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4[];

---- int4[] to plain[]
CREATE DOMAIN plain AS int;
CREATE TABLE t (id int, c int4[]);
ALTER TABLE t ALTER COLUMN c TYPE plain[];
CREATE TABLE indexed (id int PRIMARY KEY, c int4[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE plain[];

---- citext to text
CREATE EXTENSION citext;
CREATE TABLE t (id int, c citext);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c citext);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to citext
CREATE EXTENSION citext;
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE citext;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE citext;

---- citext to varchar
CREATE EXTENSION citext;
CREATE TABLE t (id int, c citext);
ALTER TABLE t ALTER COLUMN c TYPE varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c citext);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar;

---- citext to varchar(20)
CREATE EXTENSION citext;
CREATE TABLE t (id int, c citext);
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);
CREATE TABLE indexed (id int PRIMARY KEY, c citext);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20);

---- varchar to citext
CREATE EXTENSION citext;
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE citext;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE citext;

---- varchar(20) to citext
CREATE EXTENSION citext;
CREATE TABLE t (id int, c varchar(20));
ALTER TABLE t ALTER COLUMN c TYPE citext;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE citext;

---- char(10) to citext
CREATE EXTENSION citext;
CREATE TABLE t (id int, c char(10));
ALTER TABLE t ALTER COLUMN c TYPE citext;
CREATE TABLE indexed (id int PRIMARY KEY, c char(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE citext;

---- citext[] to text[]
CREATE EXTENSION citext;
CREATE TABLE t (id int, c citext[]);
ALTER TABLE t ALTER COLUMN c TYPE text[];
CREATE TABLE indexed (id int PRIMARY KEY, c citext[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text[];

---- citext to name
CREATE EXTENSION citext;
CREATE TABLE t (id int, c citext);
ALTER TABLE t ALTER COLUMN c TYPE name;
CREATE TABLE indexed (id int PRIMARY KEY, c citext);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE name;

---- hstore to jsonb, using c::jsonb
CREATE EXTENSION hstore;
CREATE TABLE t (id int, c hstore);
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING c::jsonb;
CREATE TABLE indexed (id int PRIMARY KEY, c hstore);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE jsonb USING c::jsonb;

---- hstore to text
CREATE EXTENSION hstore;
CREATE TABLE t (id int, c hstore);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c hstore);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to hstore, using c::hstore
CREATE EXTENSION hstore;
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE hstore USING c::hstore;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE hstore USING c::hstore;

---- int4range to numrange, using numrange(lower(c), upper(c))
CREATE TABLE t (id int, c int4range);
ALTER TABLE t ALTER COLUMN c TYPE numrange USING numrange(lower(c), upper(c));
CREATE TABLE indexed (id int PRIMARY KEY, c int4range);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numrange USING numrange(lower(c), upper(c));

---- int4range to int4range
CREATE TABLE t (id int, c int4range);
ALTER TABLE t ALTER COLUMN c TYPE int4range;
CREATE TABLE indexed (id int PRIMARY KEY, c int4range);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4range;

---- tsrange to tstzrange, using tstzrange(lower(c), upper(c))
CREATE TABLE t (id int, c tsrange);
ALTER TABLE t ALTER COLUMN c TYPE tstzrange USING tstzrange(lower(c), upper(c));
CREATE TABLE indexed (id int PRIMARY KEY, c tsrange);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE tstzrange USING tstzrange(lower(c), upper(c));

---- int4range to int4multirange
CREATE TABLE t (id int, c int4range);
ALTER TABLE t ALTER COLUMN c TYPE int4multirange;
CREATE TABLE indexed (id int PRIMARY KEY, c int4range);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4multirange;

---- tsvector to text
CREATE TABLE t (id int, c tsvector);
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c tsvector);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text to tsvector, using to_tsvector('english', c)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE tsvector USING to_tsvector('english', c);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE tsvector USING to_tsvector('english', c);

---- point to text
CREATE TABLE t (id int, c point);
ALTER TABLE t ALTER COLUMN c TYPE text;

---- box to polygon
CREATE TABLE t (id int, c box);
ALTER TABLE t ALTER COLUMN c TYPE polygon;

---- polygon to box, using box(c)
CREATE TABLE t (id int, c polygon);
ALTER TABLE t ALTER COLUMN c TYPE box USING box(c);

---- lseg to point, using c::point
CREATE TABLE t (id int, c lseg);
ALTER TABLE t ALTER COLUMN c TYPE point USING c::point;

---- pg_lsn to numeric, using 0
CREATE TABLE t (id int, c pg_lsn);
ALTER TABLE t ALTER COLUMN c TYPE numeric USING 0;

---- xid to text
CREATE TABLE t (id int, c xid);
ALTER TABLE t ALTER COLUMN c TYPE text;

---- int4 to int4
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4;

---- int4 to int4, using c
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING c;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING c;

---- int4 to int4, using c + 1
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING c + 1;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING c + 1;

---- int4 to int4, using c::int4
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING c::int4;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING c::int4;

---- int4 to int8, using c
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int8 USING c;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8 USING c;

---- int4 to int8, using c::int8
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int8 USING c::int8;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8 USING c::int8;

---- int4 to int8, using id
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int8 USING id;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int8 USING id;

---- int4 to int4, using id
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING id;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING id;

---- int4 to int4, using 0
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING 0;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING 0;

---- int4 to int4, using NULL
CREATE TABLE t (id int, c int4);
ALTER TABLE t ALTER COLUMN c TYPE int4 USING NULL;
CREATE TABLE indexed (id int PRIMARY KEY, c int4);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE int4 USING NULL;

---- text to varchar(10), using c::varchar(10)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10) USING c::varchar(10);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10) USING c::varchar(10);

---- text to varchar(10), using left(c, 10)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE varchar(10) USING left(c, 10);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10) USING left(c, 10);

---- varchar(10) to text, using c::text
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text USING c::text;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING c::text;

---- varchar(10) to text, using lower(c)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text USING lower(c);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING lower(c);

---- varchar(10) to varchar(20), using c
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20) USING c;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20) USING c;

---- varchar(10) to varchar(20), using c::varchar(20)
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20) USING c::varchar(20);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20) USING c::varchar(20);

---- varchar(10) to varchar(20), using c::text
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20) USING c::text;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20) USING c::text;

---- varchar(10) to text, using c::varchar
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE text USING c::varchar;
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING c::varchar;

---- text to text, using trim(c)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text USING trim(c);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING trim(c);

---- text to text, using c::text::text
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text USING c::text::text;
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING c::text::text;

---- varchar to text, using (c)
CREATE TABLE t (id int, c varchar);
ALTER TABLE t ALTER COLUMN c TYPE text USING (c);
CREATE TABLE indexed (id int PRIMARY KEY, c varchar);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING (c);

---- text to text, using CAST(c AS text)
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text USING CAST(c AS text);
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING CAST(c AS text);

---- text to text, using coalesce(c, '')
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text USING coalesce(c, '');
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text USING coalesce(c, '');

---- text to text COLLATE 'C'
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "C";
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text COLLATE "C";

---- text to text COLLATE 'POSIX'
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "POSIX";
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text COLLATE "POSIX";

---- text COLLATE 'C' to text
CREATE TABLE t (id int, c text COLLATE "C");
ALTER TABLE t ALTER COLUMN c TYPE text;
CREATE TABLE indexed (id int PRIMARY KEY, c text COLLATE "C");
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text;

---- text COLLATE 'C' to text COLLATE 'C'
CREATE TABLE t (id int, c text COLLATE "C");
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "C";
CREATE TABLE indexed (id int PRIMARY KEY, c text COLLATE "C");
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text COLLATE "C";

---- text COLLATE 'C' to varchar(10) COLLATE 'C'
CREATE TABLE t (id int, c text COLLATE "C");
ALTER TABLE t ALTER COLUMN c TYPE varchar(10) COLLATE "C";
CREATE TABLE indexed (id int PRIMARY KEY, c text COLLATE "C");
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(10) COLLATE "C";

---- varchar(10) to varchar(20) COLLATE 'C'
CREATE TABLE t (id int, c varchar(10));
ALTER TABLE t ALTER COLUMN c TYPE varchar(20) COLLATE "C";
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE varchar(20) COLLATE "C";

---- varchar(10) COLLATE 'POSIX' to text COLLATE 'POSIX'
CREATE TABLE t (id int, c varchar(10) COLLATE "POSIX");
ALTER TABLE t ALTER COLUMN c TYPE text COLLATE "POSIX";
CREATE TABLE indexed (id int PRIMARY KEY, c varchar(10) COLLATE "POSIX");
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE text COLLATE "POSIX";

---- text to citext COLLATE 'C'
CREATE EXTENSION citext;
CREATE TABLE t (id int, c text);
ALTER TABLE t ALTER COLUMN c TYPE citext COLLATE "C";
CREATE TABLE indexed (id int PRIMARY KEY, c text);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE citext COLLATE "C";

---- numeric(10,2) to numeric(12,2), using c::numeric(12,2)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2) USING c::numeric(12,2);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12,2) USING c::numeric(12,2);

---- numeric(10,2) to numeric(12,2), using round(c, 1)
CREATE TABLE t (id int, c numeric(10,2));
ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2) USING round(c, 1);
CREATE TABLE indexed (id int PRIMARY KEY, c numeric(10,2));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE numeric(12,2) USING round(c, 1);

---- timestamp to timestamptz, using c::timestamptz
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c::timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c::timestamptz;

---- timestamp to timestamptz, using c
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c;

---- timestamptz to timestamptz, using c AT TIME ZONE 'UTC'
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';

---- timestamp to timestamptz, in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamptz to timestamp, in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp;

---- timestamp(3) to timestamptz, in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz(3), in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(3);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(3);

---- timestamp(3) to timestamptz(6), in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(6);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(6);

---- timestamp[] to timestamptz[], in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp[]);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz[];
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz[];

---- date to timestamptz, in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c date);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz, in Etc/UTC
SET timezone = 'Etc/UTC';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz, in GMT
SET timezone = 'GMT';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz, in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamptz to timestamp, in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamptz);
ALTER TABLE t ALTER COLUMN c TYPE timestamp;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamptz);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamp;

---- timestamp(3) to timestamptz, in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz(3), in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(3);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(3);

---- timestamp(3) to timestamptz(6), in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamp(3));
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(6);
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp(3));
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz(6);

---- timestamp[] to timestamptz[], in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c timestamp[]);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz[];
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp[]);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz[];

---- date to timestamptz, in Europe/Berlin
SET timezone = 'Europe/Berlin';
CREATE TABLE t (id int, c date);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c date);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz;

---- timestamp to timestamptz, using c::timestamptz, in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c::timestamptz;
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c::timestamptz;

---- timestamp to timestamptz, using c AT TIME ZONE 'UTC', in UTC
SET timezone = 'UTC';
CREATE TABLE t (id int, c timestamp);
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';
CREATE TABLE indexed (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON indexed (c);
ALTER TABLE indexed ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC';
