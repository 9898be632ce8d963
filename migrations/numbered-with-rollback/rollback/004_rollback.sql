ALTER TABLE deals RENAME COLUMN price_cents TO price;
ALTER TABLE deals ALTER COLUMN price TYPE numeric(12, 2);

ALTER TABLE deals DROP CONSTRAINT IF EXISTS deals_stage_known;

DROP INDEX IF EXISTS contacts_email_idx;
DROP INDEX IF EXISTS deals_stage_closes_on_idx;
