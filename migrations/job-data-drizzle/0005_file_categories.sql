CREATE TYPE "public"."file_category" AS ENUM('artwork', 'proof', 'invoice', 'photo', 'other');--> statement-breakpoint
ALTER TABLE "job_files" ALTER COLUMN "category" SET DATA TYPE "public"."file_category" USING "category"::"public"."file_category";--> statement-breakpoint
ALTER TABLE "job_files" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "job_files_order_id_category_idx" ON "job_files" USING btree ("order_id","category");
