-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- create
CREATE SCHEMA app;

---- create twice
CREATE SCHEMA app;
CREATE SCHEMA app;
-- = error 42P06

---- create if not exists
CREATE SCHEMA app;
CREATE SCHEMA IF NOT EXISTS app;

---- drop missing
DROP SCHEMA app;
-- = error 3F000

---- drop full
CREATE SCHEMA app;
CREATE TABLE app.t (a int);
DROP SCHEMA app;
-- = error 2BP01

---- drop cascade
CREATE SCHEMA app;
CREATE TABLE app.t (a int);
DROP SCHEMA app CASCADE;
-- = lock app.t ACCESS EXCLUSIVE

---- create pg
CREATE SCHEMA pg_x;
-- = error 42939

---- table in missing
CREATE TABLE app.t (a int);
-- = error 3F000

---- extension twice
CREATE EXTENSION citext;
CREATE EXTENSION citext;
-- = error 42710

---- extension type
CREATE EXTENSION citext;
CREATE TABLE t (c citext);

---- type of missing extension
CREATE TABLE t (c citext);
-- = error 42704
