CREATE INDEX IF NOT EXISTS idx_jobs_state_created_at ON jobs (state, created_at);
CREATE INDEX IF NOT EXISTS idx_jobs_session_id ON jobs (session_id);
CREATE INDEX IF NOT EXISTS idx_job_stages_job_id ON job_stages (job_id);
CREATE INDEX IF NOT EXISTS idx_diff_results_job_id ON diff_results (job_id);
CREATE INDEX IF NOT EXISTS idx_change_summaries_current ON change_summaries (diff_result_id) WHERE is_current;
CREATE INDEX IF NOT EXISTS idx_audit_logs_subject ON audit_logs (subject, happened_at);

CREATE INDEX IF NOT EXISTS idx_drawing_versions_ocr_status ON drawing_versions (ocr_status);
CREATE UNIQUE INDEX IF NOT EXISTS idx_drawing_versions_file_hash ON drawing_versions (file_hash);
