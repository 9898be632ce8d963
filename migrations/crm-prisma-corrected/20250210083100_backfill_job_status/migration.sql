-- One statement, so that Prisma opens no transaction and every batch can commit by itself.
DO $$
DECLARE
    last_id text := '';
    batch text[];
BEGIN
    LOOP
        SELECT array_agg("id" ORDER BY "id") INTO batch
        FROM (SELECT "id" FROM "jobs" WHERE "id" > last_id ORDER BY "id" LIMIT 1000) AS next;
        EXIT WHEN batch IS NULL;

        UPDATE "jobs"
        SET "status" = 'OPEN', "updatedAt" = CURRENT_TIMESTAMP
        WHERE "id" = ANY (batch) AND "status" IS NULL;

        last_id := batch[cardinality(batch)];
        COMMIT;
        PERFORM pg_sleep(0.1);
    END LOOP;
END $$;
