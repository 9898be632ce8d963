ALTER TABLE "jobs" DROP COLUMN "priority";
DROP TYPE "Priority";
