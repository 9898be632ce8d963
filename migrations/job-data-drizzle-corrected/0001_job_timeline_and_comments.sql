SET LOCAL lock_timeout = '3s';--> statement-breakpoint
CREATE TYPE "public"."timeline_event" AS ENUM('created', 'status_changed', 'file_added', 'comment_added');--> statement-breakpoint
CREATE TABLE "job_timeline" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"event" "timeline_event" NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"author" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"comment_id" uuid NOT NULL,
	"job_file_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_mentions" (
	"comment_id" uuid NOT NULL,
	"mentioned" text NOT NULL,
	CONSTRAINT "comment_mentions_comment_id_mentioned_pk" PRIMARY KEY("comment_id","mentioned")
);
--> statement-breakpoint
ALTER TABLE "job_timeline" ADD CONSTRAINT "job_timeline_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_comments" ADD CONSTRAINT "job_comments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_files" ADD CONSTRAINT "comment_files_comment_id_job_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."job_comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_files" ADD CONSTRAINT "comment_files_job_file_id_job_files_id_fk" FOREIGN KEY ("job_file_id") REFERENCES "public"."job_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_comment_id_job_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."job_comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_timeline_order_id_occurred_at_idx" ON "job_timeline" USING btree ("order_id","occurred_at");--> statement-breakpoint
CREATE INDEX "job_comments_order_id_created_at_idx" ON "job_comments" USING btree ("order_id","created_at");--> statement-breakpoint
CREATE INDEX "comment_files_comment_id_idx" ON "comment_files" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "comment_files_job_file_id_idx" ON "comment_files" USING btree ("job_file_id");
