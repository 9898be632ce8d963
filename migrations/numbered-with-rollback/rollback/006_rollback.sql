DROP INDEX IF EXISTS api_keys_key_hash_idx;
ALTER TABLE api_keys DROP COLUMN IF EXISTS key_hash;
ALTER TABLE api_keys ADD COLUMN key text NOT NULL;
CREATE UNIQUE INDEX api_keys_key_idx ON api_keys (key);
