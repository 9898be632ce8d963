SET lock_timeout = '3s';

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "phoneDigits" TEXT;
