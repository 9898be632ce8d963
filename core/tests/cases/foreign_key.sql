-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- number to a narrower kind
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (n numeric REFERENCES p (a));
-- = error 42804

---- number to a wider kind
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (n int REFERENCES p (b));
-- = lock public.p SHARE ROW EXCLUSIVE

---- system column
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (n int, FOREIGN KEY (tableoid) REFERENCES p (a));
-- = error 0A000

---- set null of another column
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (n int, m int, FOREIGN KEY (n) REFERENCES p (a) ON DELETE SET NULL (m));
-- = error 42P10

---- from a temporary table
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TEMPORARY TABLE t (n int REFERENCES p (a));
-- = error 42P16

---- to an unlogged table
CREATE UNLOGGED TABLE p (a int PRIMARY KEY);
CREATE TABLE t (n int REFERENCES p (a));
-- = error 42P16

---- set unlogged while referenced
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (n int REFERENCES p (a));
ALTER TABLE p SET UNLOGGED;
-- = error 42P16

---- only on a partitioned table
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE ONLY t ADD FOREIGN KEY (a) REFERENCES p (a);
-- = error 42809

---- drop that of a partition
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (a);
ALTER TABLE t_1 DROP CONSTRAINT t_a_fkey;
-- = error 42P16

---- alter that of a partition
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (a);
ALTER TABLE t_1 ALTER CONSTRAINT t_a_fkey DEFERRABLE;
-- = error 55000

---- a partition's own serves
CREATE TABLE p (a int PRIMARY KEY, b numeric UNIQUE);
CREATE TABLE t (a int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t (CONSTRAINT own FOREIGN KEY (a) REFERENCES p (a)) FOR VALUES IN (1);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (a);
ALTER TABLE t_1 DROP CONSTRAINT own;
-- = error 42P16

---- drop a referenced partition
CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a);
CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE t (n int REFERENCES p);
DROP TABLE p_1;
-- = error 2BP01
