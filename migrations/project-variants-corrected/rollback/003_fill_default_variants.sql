-- Variants that were added since then stay; they go with the table in 001.
DO $$
DECLARE
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        SELECT array_agg(id ORDER BY id) INTO batch
        FROM (SELECT id FROM project_variants WHERE id > last_id ORDER BY id LIMIT 2000) AS next;
        EXIT WHEN batch IS NULL;

        DELETE FROM project_variants WHERE id = ANY (batch) AND key = 'default';

        last_id := batch[cardinality(batch)];
        COMMIT;
    END LOOP;
END $$;
