-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- add value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'happy';

---- add value twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'ok';
-- = error 42710

---- add value if not exists
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';

---- add value after missing
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'x' AFTER 'nope';
-- = error 22023

---- rename value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';

---- rename missing value
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood RENAME VALUE 'nope' TO 'fine';
-- = error 22023

---- create twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE mood AS ENUM ('a');
-- = error 42710

---- drop
CREATE TYPE mood AS ENUM ('sad', 'ok');
DROP TYPE mood;

---- drop missing
CREATE TYPE mood AS ENUM ('sad', 'ok');
DROP TYPE nope;
-- = error 42704

---- create label twice
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE m2 AS ENUM ('a', 'a');
-- = error 23505

---- drop used
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (c mood);
DROP TYPE mood;
-- = error 2BP01

---- drop used cascade
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (a int, c mood);
DROP TYPE mood CASCADE;
-- = lock public.t ACCESS EXCLUSIVE

---- domain add check
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0);
-- = lock public.t SHARE
-- = work scan public.t

---- domain add check not valid
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID;

---- domain set not null
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d SET NOT NULL;
-- = lock public.t SHARE
-- = work scan public.t

---- domain drop
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
DROP DOMAIN d;
-- = error 2BP01

---- domain default
CREATE DOMAIN d AS int;
CREATE TABLE t (a int, c d);
ALTER DOMAIN d SET DEFAULT 1;
