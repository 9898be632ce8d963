DROP TABLE IF EXISTS security_events;
ALTER TABLE users DROP COLUMN IF EXISTS last_login_at;
