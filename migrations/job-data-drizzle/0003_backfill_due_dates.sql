-- Custom SQL migration file, put your code below! --

UPDATE "orders"
SET "due_at" = "created_at" + interval '14 days'
WHERE "due_at" IS NULL;
--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "due_at" SET NOT NULL;
--> statement-breakpoint
-- Every order gets its first timeline entry, a thousand at a time.
DO $$
DECLARE
	inserted integer;
BEGIN
	LOOP
		INSERT INTO "job_timeline" ("order_id", "event", "occurred_at")
		SELECT o."id", 'created', o."created_at"
		FROM "orders" o
		WHERE NOT EXISTS (SELECT FROM "job_timeline" t WHERE t."order_id" = o."id")
		LIMIT 1000;

		GET DIAGNOSTICS inserted = ROW_COUNT;
		EXIT WHEN inserted = 0;
		PERFORM pg_sleep(0.1);
	END LOOP;
END $$;
