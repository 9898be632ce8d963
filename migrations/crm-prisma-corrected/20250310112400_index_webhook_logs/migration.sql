CREATE INDEX CONCURRENTLY "webhook_logs_status_createdAt_idx" ON "webhook_logs"("status", "createdAt");
