SET lock_timeout = '3s';

ALTER TABLE api_keys ADD CONSTRAINT api_keys_key_hash_present CHECK (key_hash IS NOT NULL) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_key_hash_present;
ALTER TABLE api_keys ALTER COLUMN key_hash DROP NOT NULL;
