-- Short locks, one table after the other; the rows are checked in 006.
SET lock_timeout = '3s';

ALTER TABLE jobs ADD CONSTRAINT jobs_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE jobs ADD CONSTRAINT jobs_old_version_id_fkey
    FOREIGN KEY (old_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE jobs ADD CONSTRAINT jobs_new_version_id_fkey
    FOREIGN KEY (new_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE NOT VALID;
