ALTER TABLE "customers" DROP COLUMN "phoneDigits";
