BEGIN;
DROP TABLE security_events;
DROP FUNCTION note_login();
DROP TYPE security_event_kind;
ALTER TABLE users
    DROP COLUMN last_login_at,
    DROP COLUMN failed_logins;
COMMIT;
