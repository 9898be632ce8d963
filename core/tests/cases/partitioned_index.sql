-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- drop a partition's index
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON t (b);
DROP INDEX t_1_b_idx;
-- = error 2BP01

---- attach another definition
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON ONLY t (b);
CREATE INDEX t_1_a ON t_1 (a);
ALTER INDEX t_b ATTACH PARTITION t_1_a;
-- = error 42P17

---- attach of another table
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON ONLY t (b);
CREATE TABLE u (b text);
CREATE INDEX u_b ON u (b);
ALTER INDEX t_b ATTACH PARTITION u_b;
-- = error 55000

---- attach what is no index
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON ONLY t (b);
ALTER INDEX t_b ATTACH PARTITION t_1;
-- = error 42P17

---- attach a second
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE INDEX t_b ON t (b);
CREATE INDEX t_1_b ON t_1 (b);
ALTER INDEX t_b ATTACH PARTITION t_1_b;
-- = error 55000

---- unique of a sub-partition lacks its key
CREATE TABLE t (a int, b int) PARTITION BY LIST (a);
ALTER TABLE t ADD UNIQUE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (b);
-- = error 0A000

---- primary key gets its name in the partition
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
ALTER TABLE t ADD PRIMARY KEY (a);
ALTER TABLE t_1 RENAME CONSTRAINT t_1_pkey TO t_1_key;
-- = lock public.t_1 ACCESS EXCLUSIVE

---- using index
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE UNIQUE INDEX t_a ON t (a);
ALTER TABLE t ADD UNIQUE USING INDEX t_a;
-- = error 0A000
