-- The lists of the dispatch board; built concurrently, as the board is open all day.
CREATE INDEX CONCURRENTLY "jobs_customerId_status_idx" ON "jobs"("customerId", "status");
CREATE INDEX CONCURRENTLY "jobs_assignedToId_status_idx" ON "jobs"("assignedToId", "status");
CREATE INDEX CONCURRENTLY "webhook_logs_status_createdAt_idx" ON "webhook_logs"("status", "createdAt");
