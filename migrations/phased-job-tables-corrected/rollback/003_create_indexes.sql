SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY drawing_versions_file_hash_idx;
DROP INDEX CONCURRENTLY drawing_versions_ocr_pending_idx;
