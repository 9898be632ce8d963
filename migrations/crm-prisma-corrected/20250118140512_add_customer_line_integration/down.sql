ALTER TABLE "customers" DROP COLUMN "preferredChannel", DROP COLUMN "lineUserId";
