SET lock_timeout = '3s';

ALTER TABLE users DROP COLUMN team_id;
DROP TABLE teams;
