DROP TABLE "comment_mentions";
DROP TABLE "comment_files";
DROP TABLE "job_comments";
DROP TABLE "job_timeline";
DROP TYPE "public"."timeline_event";
