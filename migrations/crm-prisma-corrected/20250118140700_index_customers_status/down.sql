DROP INDEX CONCURRENTLY "customers_status_idx";
