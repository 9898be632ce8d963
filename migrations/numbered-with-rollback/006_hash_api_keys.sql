-- Keys are kept as hashes only.

ALTER TABLE api_keys ADD COLUMN key_hash text;
UPDATE api_keys SET key_hash = encode(sha256(key::bytea), 'hex');
ALTER TABLE api_keys ALTER COLUMN key_hash SET NOT NULL;
CREATE UNIQUE INDEX api_keys_key_hash_idx ON api_keys (key_hash);
ALTER TABLE api_keys DROP COLUMN key;
