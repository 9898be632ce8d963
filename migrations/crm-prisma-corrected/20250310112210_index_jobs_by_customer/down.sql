DROP INDEX CONCURRENTLY "jobs_customerId_status_idx";
