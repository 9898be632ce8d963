BEGIN;

DROP TABLE IF EXISTS jobs;
DROP TABLE IF EXISTS job_stages;
DROP TABLE IF EXISTS diff_results;
DROP TABLE IF EXISTS manual_overlays;
DROP TABLE IF EXISTS change_summaries;
DROP TABLE IF EXISTS audit_logs;

ALTER TABLE drawing_versions DROP COLUMN IF EXISTS ocr_status;
ALTER TABLE drawing_versions DROP COLUMN IF EXISTS ocr_result_path;
ALTER TABLE drawing_versions DROP COLUMN IF EXISTS ocr_completed_at;
ALTER TABLE drawing_versions DROP COLUMN IF EXISTS file_hash;
ALTER TABLE drawing_versions DROP COLUMN IF EXISTS file_size;

COMMIT;
