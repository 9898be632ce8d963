SET lock_timeout = '3s';

-- From here on no job is written without a status; the old ones follow.
ALTER TABLE "jobs" ALTER COLUMN "status" SET DEFAULT 'OPEN';
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_status_present" CHECK ("status" IS NOT NULL) NOT VALID;
