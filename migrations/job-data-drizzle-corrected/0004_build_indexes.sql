-- drizzle-kit has opened a transaction, in which no index can be built concurrently: leave it.
COMMIT;--> statement-breakpoint
SET lock_timeout = '3s';--> statement-breakpoint
DO $$
DECLARE
	shared integer;
BEGIN
	SELECT count(*) INTO shared
	FROM (SELECT "email" FROM "customers" WHERE "email" IS NOT NULL GROUP BY "email" HAVING count(*) > 1) AS duplicates;
	IF shared > 0 THEN
		RAISE EXCEPTION '% e-mail addresses belong to more than one customer', shared;
	END IF;
END $$;--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "customers_email_unique" ON "customers" USING btree ("email");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "orders_due_at_idx" ON "orders" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "order_items_order_id_idx" ON "order_items" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_files_order_id_category_idx" ON "job_files" USING btree ("order_id","category");
