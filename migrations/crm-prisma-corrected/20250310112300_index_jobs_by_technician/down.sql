DROP INDEX CONCURRENTLY "jobs_assignedToId_status_idx";
