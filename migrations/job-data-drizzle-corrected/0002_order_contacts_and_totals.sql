-- Only what needs a short lock: new columns, filled by a constant or left empty.
-- total_amount takes the place of total_value, which keeps its type until nobody reads it any more.
SET LOCAL lock_timeout = '3s';--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "contact_emails" text[] DEFAULT '{}' NOT NULL, ADD COLUMN "due_at" timestamp with time zone, ADD COLUMN "total_amount" numeric(12, 2), ADD COLUMN "currency" text DEFAULT 'EUR' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "due_at" SET DEFAULT now() + interval '14 days';--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_due_at_present" CHECK ("due_at" IS NOT NULL) NOT VALID;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "contact_preference" text DEFAULT 'email' NOT NULL, ADD COLUMN "shipping_address" jsonb;--> statement-breakpoint
ALTER TABLE "order_items" ADD COLUMN "specification" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "job_files" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;
