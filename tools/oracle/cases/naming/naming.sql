-- Names that PostgreSQL makes up.

---- constraints
CREATE TABLE t (a int UNIQUE CHECK (a > 0) CHECK (a > 1), b int REFERENCES t (a) REFERENCES t (a), c int, UNIQUE (a, c), UNIQUE (c, a), CHECK (a > c), CHECK (c > a), CHECK (true));
CREATE TABLE abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz (abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz serial PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0));
CREATE TABLE u (a_really_quite_long_column_name int REFERENCES t (a), another_really_quite_long_column_name int, UNIQUE (a_really_quite_long_column_name, another_really_quite_long_column_name));
CREATE TABLE t_a_key1 (a int);
ALTER TABLE t ADD UNIQUE (a);
ALTER TABLE t ADD CHECK (b > 0), ADD CHECK (b > 1);
CREATE TABLE "Straße_mit_einem_sehr_langen_Namen_der_nicht_passt" ("Spalte_mit_ä_ö_ü_und_noch_mehr_Zeichen_darin" int UNIQUE REFERENCES t (a));
CREATE TABLE x (a int, b int, c int, FOREIGN KEY (a, b) REFERENCES t (a, c), FOREIGN KEY (b, c) REFERENCES t (a, c));
CREATE INDEX x_pkey ON x (a);
ALTER TABLE x ADD PRIMARY KEY (a);
CREATE TABLE y (id serial, id2 serial);
CREATE SEQUENCE z_id_seq;
CREATE TABLE z (id serial, "ID" serial);
ALTER TABLE y RENAME TO y2;
CREATE TABLE y (id serial PRIMARY KEY);
ALTER TABLE y2 ADD PRIMARY KEY (id);
ALTER TABLE y2 ADD COLUMN more serial;

---- not null names (18)
CREATE TABLE t (a int NOT NULL, b int PRIMARY KEY, c int CONSTRAINT t_a_not_null NOT NULL);
CREATE TABLE u (a int NOT NULL, u_a_not_null int CHECK (u_a_not_null > 0), CONSTRAINT u_a_not_null CHECK (a > 0));
ALTER TABLE t RENAME TO t2;
ALTER TABLE t2 RENAME COLUMN b TO b2;
ALTER TABLE t2 ADD COLUMN d int NOT NULL;
ALTER TABLE t2 DROP CONSTRAINT t_b_not_null;
