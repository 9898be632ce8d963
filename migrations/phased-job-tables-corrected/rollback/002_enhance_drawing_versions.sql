SET lock_timeout = '3s';

ALTER TABLE drawing_versions
    DROP COLUMN ocr_status,
    DROP COLUMN ocr_result_path,
    DROP COLUMN ocr_completed_at,
    DROP COLUMN file_hash,
    DROP COLUMN file_size;
