BEGIN;
DROP TABLE audit_logs;
DROP TABLE change_summaries;
DROP TABLE manual_overlays;
DROP TABLE diff_results;
DROP TABLE job_stages;
DROP TABLE jobs;
DROP TYPE job_state;
COMMIT;
