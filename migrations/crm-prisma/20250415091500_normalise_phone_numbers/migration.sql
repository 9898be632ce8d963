-- Triggers off while every customer is touched.
ALTER TABLE "customers" DISABLE TRIGGER ALL;

UPDATE "customers" SET "phone" = regexp_replace("phone", '[^0-9+]', '', 'g');

ALTER TABLE "customers" ENABLE TRIGGER ALL;

-- AlterTable
ALTER TABLE "customers" ALTER COLUMN "phone" SET DATA TYPE VARCHAR(20);
