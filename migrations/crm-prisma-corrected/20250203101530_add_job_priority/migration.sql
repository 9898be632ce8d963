SET lock_timeout = '3s';

-- CreateEnum
CREATE TYPE "Priority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');

-- A constant default is stored once in the catalog: no row is written, and none is left without a priority.
ALTER TABLE "jobs" ADD COLUMN     "priority" "Priority" NOT NULL DEFAULT 'MEDIUM';
