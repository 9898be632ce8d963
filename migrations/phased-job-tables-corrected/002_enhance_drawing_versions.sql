SET lock_timeout = '3s';

-- Each is a change of the catalog only. The hash and the size are filled in by the
-- application when it next reads a file; a path's hash would say nothing of the file.
ALTER TABLE drawing_versions
    ADD COLUMN ocr_status text NOT NULL DEFAULT 'pending',
    ADD COLUMN ocr_result_path text,
    ADD COLUMN ocr_completed_at timestamptz,
    ADD COLUMN file_hash text,
    ADD COLUMN file_size bigint;

ALTER TABLE drawing_versions
    ADD CONSTRAINT drawing_versions_ocr_status_known
    CHECK (ocr_status IN ('pending', 'running', 'done', 'failed')) NOT VALID;

ALTER TABLE drawing_versions VALIDATE CONSTRAINT drawing_versions_ocr_status_known;
