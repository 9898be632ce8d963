-- lockstep: no-transaction
DROP INDEX CONCURRENTLY IF EXISTS "job_files_order_id_category_idx";
DROP INDEX CONCURRENTLY IF EXISTS "order_items_order_id_idx";
DROP INDEX CONCURRENTLY IF EXISTS "orders_due_at_idx";
DROP INDEX CONCURRENTLY IF EXISTS "customers_email_unique";
