ALTER TABLE "jobs" ADD CONSTRAINT "jobs_status_present" CHECK ("status" IS NOT NULL) NOT VALID;
ALTER TABLE "jobs" VALIDATE CONSTRAINT "jobs_status_present";
ALTER TABLE "jobs" ALTER COLUMN "status" DROP NOT NULL;
