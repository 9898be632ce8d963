DROP INDEX CONCURRENTLY "customers_lineUserId_key";
