SET lock_timeout = '3s';

ALTER TABLE jobs DROP CONSTRAINT jobs_new_version_id_fkey;
ALTER TABLE jobs DROP CONSTRAINT jobs_old_version_id_fkey;
ALTER TABLE jobs DROP CONSTRAINT jobs_session_id_fkey;
