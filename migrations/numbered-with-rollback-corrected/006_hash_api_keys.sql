-- Hashes beside the keys. The application reads the hash first and the key as a last resort;
-- 008 follows once the access log shows no such resort.

SET lock_timeout = '3s';

ALTER TABLE api_keys ADD COLUMN key_hash text;

DO $$
DECLARE
    last_id bigint := 0;
    batch_end bigint;
BEGIN
    LOOP
        SELECT max(id) INTO batch_end
        FROM (SELECT id FROM api_keys WHERE id > last_id ORDER BY id LIMIT 1000) AS next;
        EXIT WHEN batch_end IS NULL;

        UPDATE api_keys
        SET key_hash = encode(sha256(convert_to(key, 'UTF8')), 'hex')
        WHERE id > last_id AND id <= batch_end AND key_hash IS NULL;

        last_id := batch_end;
        COMMIT;
    END LOOP;
END $$;

CREATE UNIQUE INDEX CONCURRENTLY api_keys_key_hash_idx ON api_keys (key_hash);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_key_hash_present CHECK (key_hash IS NOT NULL) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_key_hash_present;
