DROP TABLE IF EXISTS "quality_checklists";
DROP TABLE IF EXISTS "quality_checks";
DROP TYPE IF EXISTS "QCStatus";
