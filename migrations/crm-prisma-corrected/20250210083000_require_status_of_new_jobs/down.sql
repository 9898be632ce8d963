ALTER TABLE "jobs" DROP CONSTRAINT "jobs_status_present";
ALTER TABLE "jobs" ALTER COLUMN "status" DROP DEFAULT;
