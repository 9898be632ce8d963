BEGIN;

ALTER TABLE drawing_versions ADD COLUMN ocr_status varchar(20) NOT NULL DEFAULT 'pending';
ALTER TABLE drawing_versions ADD COLUMN ocr_result_path text;
ALTER TABLE drawing_versions ADD COLUMN ocr_completed_at timestamptz;
ALTER TABLE drawing_versions ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE drawing_versions ADD COLUMN file_hash char(64);
ALTER TABLE drawing_versions ADD COLUMN file_size integer;

UPDATE drawing_versions
SET file_hash = encode(sha256(convert_to(storage_path, 'UTF8')), 'hex'),
    file_size = 0;

ALTER TABLE drawing_versions ALTER COLUMN file_hash SET NOT NULL;

ALTER TABLE drawing_versions
    ADD CONSTRAINT drawing_versions_ocr_status_known
    CHECK (ocr_status IN ('pending', 'running', 'done', 'failed'));

COMMIT;
