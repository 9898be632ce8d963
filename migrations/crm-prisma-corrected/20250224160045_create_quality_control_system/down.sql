ALTER TABLE "jobs" DROP COLUMN "qualityCheckedAt";
DROP TABLE "quality_checks";
DROP TABLE "quality_checklists";
DROP TYPE "QCStatus";
