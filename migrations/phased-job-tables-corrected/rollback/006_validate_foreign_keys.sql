-- As they were: checked for new rows only.
SET lock_timeout = '3s';

BEGIN;
ALTER TABLE jobs DROP CONSTRAINT jobs_session_id_fkey;
ALTER TABLE jobs ADD CONSTRAINT jobs_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE SET NULL NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE jobs DROP CONSTRAINT jobs_old_version_id_fkey;
ALTER TABLE jobs ADD CONSTRAINT jobs_old_version_id_fkey
    FOREIGN KEY (old_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE jobs DROP CONSTRAINT jobs_new_version_id_fkey;
ALTER TABLE jobs ADD CONSTRAINT jobs_new_version_id_fkey
    FOREIGN KEY (new_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE NOT VALID;
COMMIT;
