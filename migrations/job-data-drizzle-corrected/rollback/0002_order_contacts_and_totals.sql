ALTER TABLE "job_files" DROP COLUMN "metadata";
ALTER TABLE "order_items" DROP COLUMN "specification";
ALTER TABLE "customers" DROP COLUMN "contact_preference", DROP COLUMN "shipping_address";
ALTER TABLE "orders" DROP CONSTRAINT "orders_due_at_present";
ALTER TABLE "orders" DROP COLUMN "contact_emails", DROP COLUMN "due_at", DROP COLUMN "total_amount", DROP COLUMN "currency";
