-- Each batch commits by itself, so drizzle-kit's transaction is left first.
COMMIT;--> statement-breakpoint
DO $$
DECLARE
	last_id uuid := '00000000-0000-0000-0000-000000000000';
	batch uuid[];
BEGIN
	LOOP
		SELECT array_agg("id" ORDER BY "id") INTO batch
		FROM (SELECT "id" FROM "orders" WHERE "id" > last_id ORDER BY "id" LIMIT 1000) AS next;
		EXIT WHEN batch IS NULL;

		UPDATE "orders"
		SET "due_at" = coalesce("due_at", "created_at" + interval '14 days'),
			"total_amount" = coalesce("total_amount", round("total_value"::numeric, 2))
		WHERE "id" = ANY (batch);

		INSERT INTO "job_timeline" ("order_id", "event", "occurred_at")
		SELECT o."id", 'created', o."created_at"
		FROM "orders" o
		WHERE o."id" = ANY (batch)
			AND NOT EXISTS (SELECT FROM "job_timeline" t WHERE t."order_id" = o."id" AND t."event" = 'created');

		last_id := batch[cardinality(batch)];
		COMMIT;
	END LOOP;
END $$;--> statement-breakpoint
DO $$
DECLARE
	last_tag uuid := '00000000-0000-0000-0000-000000000000';
	batch uuid[];
BEGIN
	LOOP
		SELECT array_agg("tag_id" ORDER BY "tag_id") INTO batch
		FROM (SELECT DISTINCT "tag_id" FROM "order_tags" WHERE "tag_id" > last_tag ORDER BY "tag_id" LIMIT 50) AS next;
		EXIT WHEN batch IS NULL;

		UPDATE "order_tags" SET "assignee" = "assigned_to"
		WHERE "tag_id" = ANY (batch) AND "assignee" IS NULL AND "assigned_to" IS NOT NULL;

		last_tag := batch[cardinality(batch)];
		COMMIT;
	END LOOP;
END $$;
