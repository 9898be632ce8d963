SET lock_timeout = '3s';
ALTER TABLE "jobs" VALIDATE CONSTRAINT "jobs_status_present";
