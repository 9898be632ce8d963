ALTER TABLE "jobs" DROP CONSTRAINT "jobs_status_present";
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_status_present" CHECK ("status" IS NOT NULL) NOT VALID;
