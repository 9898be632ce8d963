-- Jobs from the old system have no status. In batches, so as not to overwhelm the database.
DO $$
DECLARE
    batch_size CONSTANT integer := 1000;
    batch_start integer := 0;
    touched integer;
BEGIN
    LOOP
        UPDATE "jobs"
        SET "status" = 'OPEN', "updatedAt" = CURRENT_TIMESTAMP
        WHERE "id" IN (
            SELECT "id" FROM "jobs"
            WHERE "status" IS NULL
            ORDER BY "createdAt"
            LIMIT batch_size OFFSET batch_start
        );

        GET DIAGNOSTICS touched = ROW_COUNT;
        EXIT WHEN touched = 0;

        batch_start := batch_start + batch_size;
        PERFORM pg_sleep(0.1);
    END LOOP;
END $$;

-- AlterTable
ALTER TABLE "jobs" ALTER COLUMN "status" SET DEFAULT 'OPEN',
ALTER COLUMN "status" SET NOT NULL;
