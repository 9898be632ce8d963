SET lock_timeout = '3s';

ALTER TABLE jobs VALIDATE CONSTRAINT jobs_session_id_fkey;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_old_version_id_fkey;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_new_version_id_fkey;
