-- Every project that has lists gets the variant that they name. Each batch commits by itself.

DO $$
DECLARE
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        SELECT array_agg(id ORDER BY id) INTO batch
        FROM (SELECT id FROM projects WHERE id > last_id ORDER BY id LIMIT 2000) AS next;
        EXIT WHEN batch IS NULL;

        INSERT INTO project_variants (project_id, key, title, is_default)
        SELECT p.id, 'default', 'As planned', true
        FROM projects p
        WHERE p.id = ANY (batch)
        ON CONFLICT (project_id, key) DO NOTHING;

        last_id := batch[cardinality(batch)];
        COMMIT;
    END LOOP;
END $$;
