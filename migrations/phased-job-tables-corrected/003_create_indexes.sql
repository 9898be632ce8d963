-- On a table in use: concurrently, and so outside of a transaction.
SET lock_timeout = '3s';

CREATE INDEX CONCURRENTLY drawing_versions_ocr_pending_idx ON drawing_versions (id) WHERE ocr_status = 'pending';

-- The same file may have been uploaded twice, so the hash finds duplicates and does not forbid them.
CREATE INDEX CONCURRENTLY drawing_versions_file_hash_idx ON drawing_versions (file_hash);
