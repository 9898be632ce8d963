CREATE UNIQUE INDEX CONCURRENTLY "customers_lineUserId_key" ON "customers"("lineUserId");
