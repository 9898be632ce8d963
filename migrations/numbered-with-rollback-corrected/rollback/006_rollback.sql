SET lock_timeout = '3s';

ALTER TABLE api_keys DROP CONSTRAINT api_keys_key_hash_present;
DROP INDEX CONCURRENTLY api_keys_key_hash_idx;
ALTER TABLE api_keys DROP COLUMN key_hash;
