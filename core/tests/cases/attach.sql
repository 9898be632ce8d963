-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- missing check
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int NOT NULL, b text);
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42804

---- not null missing
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int, b text, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42804

---- another type
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int NOT NULL, b varchar, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42804

---- another collation
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int NOT NULL, b text COLLATE "C", CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42P21

---- a column too many
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int NOT NULL, b text, c int, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42804

---- identity
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int GENERATED ALWAYS AS IDENTITY, b text, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 55000

---- temporary
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TEMPORARY TABLE t_1 (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42809

---- child of another
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE p (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE t_1 () INHERITS (p);
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42809

---- parent of another
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE c () INHERITS (t_1);
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42809

---- add column to a partition
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t_1 ADD COLUMN c int;
-- = error 42809

---- drop not null of a partition
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t_1 ALTER COLUMN a DROP NOT NULL;
-- = error 42P16

---- drop check of a partition
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t_1 DROP CONSTRAINT positive;
-- = error 42P16

---- inherit from a partition
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE c (a int, b text);
ALTER TABLE c INHERIT t_1;
-- = error 42809

---- drop column only
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE ONLY t DROP COLUMN b;
-- = error 42P16

---- detach and drop check
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t DETACH PARTITION t_1;
ALTER TABLE t_1 DROP CONSTRAINT positive;
-- = lock public.t_1 ACCESS EXCLUSIVE

---- second primary key
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
ALTER TABLE t ADD PRIMARY KEY (a);
CREATE TABLE t_1 (a int NOT NULL, b text PRIMARY KEY, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
-- = error 42P16

---- own primary key serves
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
ALTER TABLE t ADD PRIMARY KEY (a);
CREATE TABLE t_1 (a int PRIMARY KEY, b text, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
ALTER TABLE t_1 DROP CONSTRAINT t_1_pkey;
-- = error 42P16

---- drop a partition's primary key
CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t ADD PRIMARY KEY (a);
ALTER TABLE t_1 DROP CONSTRAINT t_1_pkey;
-- = error 42P16
