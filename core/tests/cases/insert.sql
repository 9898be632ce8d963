-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- null
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t VALUES (NULL, 'x', 1);
-- = error 23502

---- left out
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t (b) VALUES ('x');
-- = error 23502

---- default
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t (a) VALUES (1);
-- = lock public.t ROW EXCLUSIVE

---- explicit default
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t VALUES (1, DEFAULT, NULL);
-- = lock public.t ROW EXCLUSIVE

---- null beats the default
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t VALUES (1, NULL, 1);
-- = error 23502

---- default values
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t DEFAULT VALUES;
-- = error 23502

---- in the second row
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t VALUES (1, 'x', 1), (NULL, 'y', 2);
-- = error 23502

---- on conflict
CREATE TABLE t (a int NOT NULL, b text NOT NULL DEFAULT '', c int);
INSERT INTO t VALUES (NULL, 'x', 1) ON CONFLICT DO NOTHING;
-- = error 23502
