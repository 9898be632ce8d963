CREATE INDEX CONCURRENTLY "jobs_customerId_status_idx" ON "jobs"("customerId", "status");
