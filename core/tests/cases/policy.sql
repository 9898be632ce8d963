-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE o (id int, t_id int);
CREATE POLICY pol ON t USING (id IN (SELECT t_id FROM o));
-- = lock public.o ACCESS SHARE
-- = lock public.t ACCESS EXCLUSIVE

---- twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE POLICY pol ON t USING (true);
CREATE POLICY pol ON t USING (true);
-- = error 42710

---- aggregate
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE POLICY pol ON t USING (max(n) > 1);
-- = error 42803

---- using for insert
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE POLICY pol ON t FOR INSERT USING (true);
-- = error 42601

---- check for select
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE POLICY pol ON t FOR SELECT WITH CHECK (true);
-- = error 42601

---- alter to using for insert
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE POLICY pol ON t FOR INSERT WITH CHECK (true);
ALTER POLICY pol ON t USING (true);
-- = error 42601

---- drop a table that a policy reads
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE o (id int, t_id int);
CREATE POLICY pol ON t USING (id IN (SELECT t_id FROM o));
DROP TABLE o;
-- = error 2BP01

---- drop a column that a policy reads
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE o (id int, t_id int);
CREATE POLICY pol ON t USING (id IN (SELECT t_id FROM o));
ALTER TABLE o DROP COLUMN t_id;
-- = error 2BP01

---- drop a column that no policy reads
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE o (id int, t_id int);
CREATE POLICY pol ON t USING (id IN (SELECT t_id FROM o));
ALTER TABLE o DROP COLUMN id;
-- = lock public.o ACCESS EXCLUSIVE

---- drop both tables
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE TABLE o (id int, t_id int);
CREATE POLICY pol ON t USING (id IN (SELECT t_id FROM o));
DROP TABLE o, t;
-- = lock public.o ACCESS EXCLUSIVE
-- = lock public.t ACCESS EXCLUSIVE

---- rule on a view
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
-- = lock public.v ACCESS EXCLUSIVE

---- rule twice
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
-- = error 42710

---- rename a view's rule
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
ALTER RULE r ON v RENAME TO r2;
-- = lock public.v ACCESS EXCLUSIVE

---- drop a view's rule
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
DROP RULE r ON v;
-- = lock public.v ACCESS EXCLUSIVE

---- drop a view's query
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE VIEW v AS SELECT id FROM t;
DROP RULE "_RETURN" ON v;
-- = error 2BP01

---- select rule on a table
CREATE TABLE t (id int PRIMARY KEY, note text, n int);
CREATE RULE "_RETURN" AS ON SELECT TO t DO INSTEAD SELECT 1;
-- = error 42809
