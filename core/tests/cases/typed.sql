-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- add column
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people ADD COLUMN note text;
-- = error 42809

---- drop column
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people DROP COLUMN name;
-- = error 42809

---- retype column
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people ALTER COLUMN name TYPE varchar;
-- = error 42809

---- rename column
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people RENAME COLUMN name TO title;
-- = error 42809

---- set not null
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people ALTER COLUMN name SET NOT NULL;
-- = lock public.people ACCESS EXCLUSIVE
-- = work scan public.people

---- not of
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people NOT OF;
-- = lock public.people ACCESS EXCLUSIVE

---- column after not of
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TABLE people NOT OF;
ALTER TABLE people ADD COLUMN note text;
-- = lock public.people ACCESS EXCLUSIVE

---- type gets an attribute
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TYPE person ADD ATTRIBUTE age int;
-- = error 2BP01

---- type gets an attribute cascade
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
ALTER TYPE person ADD ATTRIBUTE age int CASCADE;
ALTER TABLE people ALTER COLUMN age SET NOT NULL;
-- = lock public.people ACCESS EXCLUSIVE
-- = work scan public.people

---- drop the type
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person;
DROP TYPE person;
-- = error 2BP01

---- of a type that does not fit
CREATE TYPE person AS (id int, name text);
CREATE TABLE people (id int);
ALTER TABLE people OF person;
-- = error 42804

---- of a type that fits
CREATE TYPE person AS (id int, name text);
CREATE TABLE people (id int, name text);
ALTER TABLE people OF person;
-- = lock public.people ACCESS EXCLUSIVE
