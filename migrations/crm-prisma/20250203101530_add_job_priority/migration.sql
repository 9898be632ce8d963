-- CreateEnum
CREATE TYPE "Priority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "priority" "Priority";

-- Existing jobs are of medium priority.
UPDATE "jobs" SET "priority" = 'MEDIUM' WHERE "priority" IS NULL;

-- AlterTable
ALTER TABLE "jobs" ALTER COLUMN "priority" SET NOT NULL;
