-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- unknown
CREATE TABLE t (a int) WITH (no_such_option = 1);
-- = error 22023

---- upper case
CREATE TABLE t (a int) WITH ("Fillfactor" = 70);
-- = error 22023

---- too small
CREATE TABLE t (a int) WITH (fillfactor = 2);
-- = error 22023

---- no number
CREATE TABLE t (a int) WITH (fillfactor = 'much');
-- = error 22023

---- no boolean
CREATE TABLE t (a int) WITH (autovacuum_enabled = 12);
-- = error 22023

---- twice
CREATE TABLE t (a int) WITH (fillfactor = 70, fillfactor = 80);
-- = error 22023

---- toast
CREATE TABLE t (a int) WITH (toast.autovacuum_enabled = off);

---- toast's own
CREATE TABLE t (a int) WITH (toast.fillfactor = 70);
-- = error 22023

---- of another namespace
CREATE TABLE t (a int) WITH (nowhere.fillfactor = 70);
-- = error 22023

---- oids
CREATE TABLE t (a int) WITH (oids = true);
-- = error 0A000

---- no oids
CREATE TABLE t (a int) WITH (oids = false);

---- several
CREATE TABLE t (a int) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);

---- of an index
CREATE TABLE t (a int);
CREATE INDEX ON t (a) WITH (fillfactor = 1);
-- = error 22023

---- of another method
CREATE TABLE t (a int);
CREATE INDEX ON t (a) WITH (fastupdate = off);
-- = error 22023

---- set unknown
CREATE TABLE t (a int);
ALTER TABLE t SET (no_such_option = 1);
-- = error 22023

---- reset with a value
CREATE TABLE t (a int);
ALTER TABLE t RESET (fillfactor = 70);
-- = error 42601

---- of a view
CREATE TABLE t (a int);
CREATE VIEW v WITH (fillfactor = 70) AS SELECT a FROM t;
-- = error 22023
