SET lock_timeout = '3s';

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "lineUserId" TEXT,
ADD COLUMN     "preferredChannel" TEXT NOT NULL DEFAULT 'PHONE';
