BEGIN;

-- processing_jobs -> jobs, in batches to keep the load low
DO $$
DECLARE
    batch integer := 500;
    done  integer := 0;
    moved integer;
BEGIN
    LOOP
        INSERT INTO jobs (id, session_id, old_version_id, new_version_id, state, created_at, finished_at)
        SELECT p.id, p.session_id, p.old_version_id, p.new_version_id,
               CASE p.status WHEN 'complete' THEN 'succeeded' WHEN 'error' THEN 'failed' ELSE 'queued' END::job_state,
               p.created_at, p.completed_at
        FROM processing_jobs p
        ORDER BY p.created_at
        LIMIT batch OFFSET done
        ON CONFLICT (id) DO NOTHING;

        GET DIAGNOSTICS moved = ROW_COUNT;
        EXIT WHEN moved = 0;
        done := done + batch;
        PERFORM pg_sleep(0.05);
    END LOOP;
END $$;

-- comparisons -> diff_results
INSERT INTO diff_results (id, job_id, alignment, overlay_path, change_count, created_at)
SELECT c.id, c.processing_job_id, c.alignment, c.overlay_path, c.change_count, c.created_at
FROM comparisons c;

-- analysis_results -> change_summaries
INSERT INTO change_summaries (diff_result_id, summary, created_at)
SELECT a.comparison_id, a.summary, a.created_at
FROM analysis_results a;

DELETE FROM analysis_results;

COMMIT;
