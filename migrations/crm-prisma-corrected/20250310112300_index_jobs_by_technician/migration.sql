CREATE INDEX CONCURRENTLY "jobs_assignedToId_status_idx" ON "jobs"("assignedToId", "status");
