-- Every key has its hash by now; the validated check proves it, so no row is read.
-- The plain keys go a release later, when nothing can want them back.

BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE api_keys ALTER COLUMN key_hash SET NOT NULL;
ALTER TABLE api_keys DROP CONSTRAINT api_keys_key_hash_present;
COMMIT;
