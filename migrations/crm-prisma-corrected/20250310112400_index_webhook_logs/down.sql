DROP INDEX CONCURRENTLY "webhook_logs_status_createdAt_idx";
