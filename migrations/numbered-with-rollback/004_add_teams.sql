-- Every user belongs to a team.

CREATE TABLE teams (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

INSERT INTO teams (name) VALUES ('Unassigned');

ALTER TABLE users ADD COLUMN team_id bigint REFERENCES teams (id);
UPDATE users SET team_id = (SELECT id FROM teams WHERE name = 'Unassigned');
ALTER TABLE users ALTER COLUMN team_id SET NOT NULL;
