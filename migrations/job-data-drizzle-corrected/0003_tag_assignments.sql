-- The columns that these replace are dropped in a later release. No statement here uses the new status.
SET LOCAL lock_timeout = '3s';--> statement-breakpoint
ALTER TYPE "public"."order_status" ADD VALUE IF NOT EXISTS 'on_hold' BEFORE 'shipped';--> statement-breakpoint
CREATE TYPE "public"."tag_priority" AS ENUM('low', 'normal', 'high');--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "priority" "tag_priority" DEFAULT 'normal' NOT NULL, ADD COLUMN "estimated_minutes" integer;--> statement-breakpoint
ALTER TABLE "order_tags" ADD COLUMN "assignee" text, ADD COLUMN "completed_at" timestamp with time zone;
