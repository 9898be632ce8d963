BEGIN;

ALTER TABLE jobs ADD CONSTRAINT fk_jobs_session
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE SET NULL;
ALTER TABLE jobs ADD CONSTRAINT fk_jobs_old_version
    FOREIGN KEY (old_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE;
ALTER TABLE jobs ADD CONSTRAINT fk_jobs_new_version
    FOREIGN KEY (new_version_id) REFERENCES drawing_versions (id) ON DELETE CASCADE;
ALTER TABLE job_stages ADD CONSTRAINT fk_job_stages_job
    FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
ALTER TABLE diff_results ADD CONSTRAINT fk_diff_results_job
    FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
ALTER TABLE manual_overlays ADD CONSTRAINT fk_manual_overlays_diff_result
    FOREIGN KEY (diff_result_id) REFERENCES diff_results (id) ON DELETE CASCADE;
ALTER TABLE change_summaries ADD CONSTRAINT fk_change_summaries_diff_result
    FOREIGN KEY (diff_result_id) REFERENCES diff_results (id) ON DELETE CASCADE;
ALTER TABLE comparisons ADD CONSTRAINT fk_comparisons_session
    FOREIGN KEY (session_id) REFERENCES sessions (id);

COMMIT;
