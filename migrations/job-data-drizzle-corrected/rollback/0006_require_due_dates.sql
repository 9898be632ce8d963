-- lockstep: no-transaction
SET lock_timeout = '3s';
ALTER TABLE "orders" ADD CONSTRAINT "orders_due_at_present" CHECK ("due_at" IS NOT NULL) NOT VALID;
ALTER TABLE "orders" ALTER COLUMN "due_at" DROP NOT NULL;
-- The constraint's index goes with it, so a second one is built first and then takes the name.
CREATE UNIQUE INDEX CONCURRENTLY "customers_email_unique_again" ON "customers" USING btree ("email");
ALTER TABLE "customers" DROP CONSTRAINT "customers_email_unique";
ALTER INDEX "customers_email_unique_again" RENAME TO "customers_email_unique";
