-- Enums.

---- create and add
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE empty AS ENUM ();
CREATE TYPE mood AS ENUM ('x');
CREATE TYPE twice AS ENUM ('a', 'a');
CREATE TYPE "Odd Name" AS ENUM ('it''s', 'with "quotes"');
ALTER TYPE mood ADD VALUE 'ecstatic';
ALTER TYPE mood ADD VALUE 'bored' BEFORE 'ok';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
ALTER TYPE mood ADD VALUE 'ok';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';
ALTER TYPE mood ADD VALUE 'x' BEFORE 'nope';
ALTER TYPE nope ADD VALUE 'x';
ALTER TYPE mood RENAME VALUE 'sad' TO 'gloomy';
ALTER TYPE mood RENAME VALUE 'nope' TO 'x';
ALTER TYPE mood RENAME VALUE 'ok' TO 'happy';
ALTER TYPE mood ADD VALUE 'this label is longer than sixty-three bytes, which no identifier may be at all';
ALTER TYPE int4 ADD VALUE 'x';

---- in use
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok', n mood[] DEFAULT '{ok}', CHECK (m <> 'sad'));
CREATE TABLE u (m mood DEFAULT 'nope');
DROP TYPE mood;
ALTER TYPE mood RENAME TO feeling;
CREATE SCHEMA app;
ALTER TYPE feeling SET SCHEMA app;
CREATE VIEW v AS SELECT 'ok'::app.feeling AS f;
CREATE FUNCTION f(app.feeling) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP TYPE app.feeling;
DROP TYPE app.feeling CASCADE;
DROP TYPE app.feeling;
DROP TYPE IF EXISTS app.feeling;
ALTER TABLE t DROP COLUMN IF EXISTS m;

---- changed through a new type
CREATE TYPE status AS ENUM ('a', 'b');
CREATE TABLE t (s status NOT NULL DEFAULT 'a');
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('a', 'b', 'c');
ALTER TABLE t ALTER COLUMN s DROP DEFAULT;
ALTER TABLE t ALTER COLUMN s TYPE status USING s::text::status;
ALTER TABLE t ALTER COLUMN s SET DEFAULT 'a';
DROP TYPE status_old;
ALTER TABLE t ALTER COLUMN s TYPE text;

---- in a transaction
CREATE TYPE mood AS ENUM ('a');
BEGIN;
ALTER TYPE mood ADD VALUE 'b';
SELECT 'b'::mood;
ROLLBACK;
BEGIN;
ALTER TYPE mood ADD VALUE 'b';
COMMIT;
SELECT 'b'::mood;
CREATE TABLE t (m mood DEFAULT 'b');

---- a renamed value in defaults
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE t (a mood DEFAULT 'sad', b mood DEFAULT 'sad'::mood, c mood DEFAULT 'it''s ok', d text DEFAULT 'sad');
ALTER TYPE mood RENAME VALUE 'sad' TO 'Sad';
ALTER TYPE mood RENAME VALUE 'it''s ok' TO 'ok';
INSERT INTO t DEFAULT VALUES;

---- a system catalog in a statement is part of no schema
CREATE TABLE t (a int PRIMARY KEY);
UPDATE pg_index SET indisclustered = false WHERE indrelid = (SELECT oid FROM pg_class WHERE relname = 't');
DELETE FROM pg_catalog.pg_description WHERE objoid = 0;
