-- By the key, so that no row is skipped, and with a COMMIT after each batch, so that none waits for all.
-- What refers to a drawing version that is gone cannot be a job; it stays in the old tables, which are the way back.
DO $$
DECLARE
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        SELECT array_agg(id ORDER BY id) INTO batch
        FROM (SELECT id FROM processing_jobs WHERE id > last_id ORDER BY id LIMIT 500) AS next;
        EXIT WHEN batch IS NULL;

        INSERT INTO jobs (id, session_id, old_version_id, new_version_id, state, created_at, finished_at)
        SELECT p.id, s.id, p.old_version_id, p.new_version_id,
               CASE p.status WHEN 'complete' THEN 'succeeded' WHEN 'error' THEN 'failed' ELSE 'queued' END::job_state,
               p.created_at, p.completed_at
        FROM processing_jobs p
        JOIN drawing_versions o ON o.id = p.old_version_id
        JOIN drawing_versions n ON n.id = p.new_version_id
        LEFT JOIN sessions s ON s.id = p.session_id
        WHERE p.id = ANY (batch)
        ON CONFLICT (id) DO NOTHING;

        INSERT INTO diff_results (id, job_id, alignment, overlay_path, change_count, created_at)
        SELECT c.id, c.processing_job_id, c.alignment, c.overlay_path, c.change_count, c.created_at
        FROM comparisons c
        JOIN jobs j ON j.id = c.processing_job_id
        WHERE c.processing_job_id = ANY (batch)
        ON CONFLICT (id) DO NOTHING;

        INSERT INTO change_summaries (id, diff_result_id, summary, created_at)
        SELECT DISTINCT ON (a.comparison_id) a.id, a.comparison_id, a.summary, a.created_at
        FROM analysis_results a
        JOIN diff_results d ON d.id = a.comparison_id
        WHERE d.job_id = ANY (batch)
        ORDER BY a.comparison_id, a.created_at DESC
        ON CONFLICT DO NOTHING;

        last_id := batch[cardinality(batch)];
        COMMIT;
    END LOOP;
END $$;
