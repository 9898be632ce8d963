-- A log of logins and of changes to permissions.

SET lock_timeout = '3s';

CREATE TYPE security_event_kind AS ENUM ('login', 'login_failed', 'logout', 'permission_changed');

CREATE TABLE security_events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint REFERENCES users (id) ON DELETE SET NULL,
    kind        security_event_kind NOT NULL,
    address     inet,
    details     jsonb NOT NULL DEFAULT '{}',
    happened_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX security_events_user_id_idx ON security_events (user_id, happened_at DESC);

ALTER TABLE users
    ADD COLUMN last_login_at timestamptz,
    ADD COLUMN failed_logins integer NOT NULL DEFAULT 0;

CREATE FUNCTION note_login() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE users SET last_login_at = NEW.happened_at, failed_logins = 0 WHERE id = NEW.user_id;
    RETURN NEW;
END
$$;

CREATE TRIGGER security_events_note_login
    AFTER INSERT ON security_events
    FOR EACH ROW WHEN (NEW.kind = 'login')
    EXECUTE FUNCTION note_login();
