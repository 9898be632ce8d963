ALTER TYPE "public"."order_status" ADD VALUE 'on_hold' BEFORE 'shipped';--> statement-breakpoint
CREATE TYPE "public"."tag_priority" AS ENUM('low', 'normal', 'high');--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "priority" "tag_priority" DEFAULT 'normal' NOT NULL;--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "estimated_minutes" integer;--> statement-breakpoint
ALTER TABLE "tags" DROP COLUMN "estimate";--> statement-breakpoint
ALTER TABLE "order_tags" RENAME COLUMN "assigned_to" TO "assignee";--> statement-breakpoint
ALTER TABLE "order_tags" ADD COLUMN "completed_at" timestamp with time zone;--> statement-breakpoint
UPDATE "orders" SET "status" = 'on_hold'
WHERE "status" = 'in_production' AND "due_at" < now() - interval '90 days';
