ALTER TABLE "orders" ALTER COLUMN "total_value" SET DATA TYPE numeric(12, 2);--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "contact_emails" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "currency" char(3) NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "contact_preference" text DEFAULT 'email' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "shipping_address" jsonb;--> statement-breakpoint
ALTER TABLE "order_items" ADD COLUMN "specification" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_due_at_idx" ON "orders" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "order_items_order_id_idx" ON "order_items" USING btree ("order_id");--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_email_unique" UNIQUE("email");
