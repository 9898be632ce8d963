ALTER TABLE "job_files" ADD COLUMN "checksum" text;--> statement-breakpoint
CREATE UNIQUE INDEX "job_files_checksum_idx" ON "job_files" USING btree ("checksum");
