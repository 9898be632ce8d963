CREATE INDEX CONCURRENTLY "customers_status_idx" ON "customers"("status");
