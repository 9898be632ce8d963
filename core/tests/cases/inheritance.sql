-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- in a circle
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent INHERIT child;
-- = error 42P07

---- from itself
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
ALTER TABLE parent INHERIT parent;
-- = error 42P07

---- twice
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child INHERIT parent;
-- = error 42P07

---- missing column
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, CONSTRAINT id_positive CHECK (id > 0));
ALTER TABLE child INHERIT parent;
-- = error 42804

---- another type
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id bigint, note text, CONSTRAINT id_positive CHECK (id > 0));
ALTER TABLE child INHERIT parent;
-- = error 42804

---- missing check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, note text);
ALTER TABLE child INHERIT parent;
-- = error 42804

---- another check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, note text, CONSTRAINT id_positive CHECK (id > 1));
ALTER TABLE child INHERIT parent;
-- = error 42804

---- check not valid
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, note text);
ALTER TABLE child ADD CONSTRAINT id_positive CHECK (id > 0) NOT VALID;
ALTER TABLE child INHERIT parent;
-- = error 42P17

---- check not inherited
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, note text, CONSTRAINT id_positive CHECK (id > 0) NO INHERIT);
ALTER TABLE child INHERIT parent;
-- = error 42P17

---- not null missing
CREATE TABLE parent (id int NOT NULL);
CREATE TABLE child (id int);
ALTER TABLE child INHERIT parent;
-- = error 42804

---- fits
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
ALTER TABLE child INHERIT parent;
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent SHARE UPDATE EXCLUSIVE

---- no inherit leaves the columns to the child
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child NO INHERIT parent;
ALTER TABLE child DROP CONSTRAINT id_positive;
ALTER TABLE child DROP COLUMN note;
-- = lock public.child ACCESS EXCLUSIVE

---- drop inherited column
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child DROP COLUMN note;
-- = error 42P16

---- drop merged column of the parent
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (note text) INHERITS (parent);
ALTER TABLE parent DROP COLUMN note;
ALTER TABLE child DROP COLUMN note;
-- = lock public.child ACCESS EXCLUSIVE

---- drop column of one of two parents
CREATE TABLE one (a int);
CREATE TABLE two (a int);
CREATE TABLE child () INHERITS (one, two);
ALTER TABLE one DROP COLUMN a;
ALTER TABLE child DROP COLUMN a;
-- = error 42P16

---- drop column of the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent DROP COLUMN note;
ALTER TABLE child DROP COLUMN note;
-- = lock public.child ACCESS EXCLUSIVE

---- drop check of the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent DROP CONSTRAINT id_positive;
ALTER TABLE child DROP CONSTRAINT id_positive;
-- = lock public.child ACCESS EXCLUSIVE

---- add column to the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent ADD COLUMN a int;
-- = error 42P16

---- add column that the child has
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (a int) INHERITS (parent);
ALTER TABLE parent ADD COLUMN a int;
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent ACCESS EXCLUSIVE

---- add column that the child has otherwise
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (a bigint) INHERITS (parent);
ALTER TABLE parent ADD COLUMN a int;
-- = error 42804

---- add column with check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ADD COLUMN a int CHECK (a > 0);
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent ACCESS EXCLUSIVE
-- = work scan public.child
-- = work scan public.parent

---- add check to the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent ADD CHECK (note <> '');
-- = error 42P16

---- add check that the child has
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (CONSTRAINT filled CHECK (note <> '')) INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT filled CHECK (note <> '');
-- = lock public.child ACCESS EXCLUSIVE
-- = lock public.parent ACCESS EXCLUSIVE
-- = work scan public.parent

---- add check that the child has otherwise
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (CONSTRAINT filled CHECK (note <> 'x')) INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT filled CHECK (note <> '');
-- = error 42710

---- add check that the child has not valid
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child ADD CONSTRAINT filled CHECK (note <> '') NOT VALID;
ALTER TABLE parent ADD CONSTRAINT filled CHECK (note <> '');
-- = error 42P17

---- inherited check again
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child ADD CONSTRAINT id_positive CHECK (id > 0);
-- = lock public.child ACCESS EXCLUSIVE

---- set not null of the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent ALTER COLUMN note SET NOT NULL;
-- = lock public.parent ACCESS EXCLUSIVE
-- = work scan public.parent

---- not null of both
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ALTER COLUMN note SET NOT NULL;
ALTER TABLE child ALTER COLUMN note DROP NOT NULL;
-- = error 42P16

---- not null goes with the parent's
CREATE TABLE parent (note text NOT NULL);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent ALTER COLUMN note DROP NOT NULL;
INSERT INTO child VALUES (NULL);
-- = lock public.child ROW EXCLUSIVE

---- rename column of the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent RENAME COLUMN note TO remark;
-- = error 42P16

---- rename column from two parents
CREATE TABLE one (a int);
CREATE TABLE two (a int);
CREATE TABLE child () INHERITS (one, two);
ALTER TABLE one RENAME COLUMN a TO b;
-- = error 42P16

---- retype column from two parents
CREATE TABLE one (a int);
CREATE TABLE two (a int);
CREATE TABLE child () INHERITS (one, two);
ALTER TABLE one ALTER COLUMN a TYPE bigint;
-- = error 42P16

---- rename check of the parent only
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE ONLY parent RENAME CONSTRAINT id_positive TO positive;
-- = error 42P16

---- rename inherited check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child RENAME CONSTRAINT id_positive TO positive;
-- = error 42P16

---- create with another type
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (id bigint) INHERITS (parent);
-- = error 42804

---- create with another collation
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (note text COLLATE "C") INHERITS (parent);
-- = error 42P21

---- create with another check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (CONSTRAINT id_positive CHECK (id > 1)) INHERITS (parent);
-- = error 42710

---- create with the same check
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (CONSTRAINT id_positive CHECK (id > 0)) INHERITS (parent);
-- = lock public.parent SHARE UPDATE EXCLUSIVE

---- create under conflicting types
CREATE TABLE one (a int);
CREATE TABLE two (a text);
CREATE TABLE child () INHERITS (one, two);
-- = error 42804

---- create under conflicting defaults
CREATE TABLE one (a int DEFAULT 1);
CREATE TABLE two (a int DEFAULT 2);
CREATE TABLE child () INHERITS (one, two);
-- = error 42611

---- create with a default that settles the conflict
CREATE TABLE one (a int DEFAULT 1);
CREATE TABLE two (a int DEFAULT 2);
CREATE TABLE child (a int DEFAULT 3) INHERITS (one, two);
-- = lock public.one SHARE UPDATE EXCLUSIVE
-- = lock public.two SHARE UPDATE EXCLUSIVE

---- create under a partitioned table
CREATE TABLE parent (id int) PARTITION BY LIST (id);
CREATE TABLE child () INHERITS (parent);
-- = error 42809

---- create a permanent child of a temporary table
CREATE TEMPORARY TABLE parent (id int);
CREATE TABLE child () INHERITS (parent);
-- = error 42809

---- like and inherits
CREATE TABLE parent (id int, note text, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE child (LIKE parent) INHERITS (parent);
-- = lock public.parent SHARE UPDATE EXCLUSIVE

---- generated column specifies a default
CREATE TABLE parent (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE child (b int DEFAULT 1) INHERITS (parent);
-- = error 42611
