-- Teams; who belongs to none yet has no team.

SET lock_timeout = '3s';

CREATE TABLE teams (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

ALTER TABLE users ADD COLUMN team_id bigint;
ALTER TABLE users ADD CONSTRAINT users_team_id_fkey
    FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_team_id_fkey;

CREATE INDEX CONCURRENTLY users_team_id_idx ON users (team_id);
