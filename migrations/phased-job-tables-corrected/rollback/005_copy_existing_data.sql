-- What was copied is still in the old tables. Jobs that are new since then are not, and stay.
DO $$
DECLARE
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        SELECT array_agg(id ORDER BY id) INTO batch
        FROM (SELECT id FROM processing_jobs WHERE id > last_id ORDER BY id LIMIT 500) AS next;
        EXIT WHEN batch IS NULL;

        DELETE FROM jobs WHERE id = ANY (batch);

        last_id := batch[cardinality(batch)];
        COMMIT;
    END LOOP;
END $$;
