-- PostgreSQL cannot take a value out of an enum: 'on_hold' stays, unused.
ALTER TABLE "order_tags" DROP COLUMN "assignee", DROP COLUMN "completed_at";
ALTER TABLE "tags" DROP COLUMN "priority", DROP COLUMN "estimated_minutes";
DROP TYPE "public"."tag_priority";
