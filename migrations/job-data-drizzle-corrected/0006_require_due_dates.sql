-- Validating reads the table beside the traffic; after that, NOT NULL is proved without another look at the rows.
COMMIT;--> statement-breakpoint
SET lock_timeout = '3s';--> statement-breakpoint
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_due_at_present";--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "due_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_due_at_present";--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_email_unique" UNIQUE USING INDEX "customers_email_unique";
