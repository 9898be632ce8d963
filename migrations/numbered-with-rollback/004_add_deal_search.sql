-- Lists of the deals page.

CREATE INDEX deals_stage_closes_on_idx ON deals (stage, closes_on);
CREATE INDEX contacts_email_idx ON contacts (lower(email));

ALTER TABLE deals ADD CONSTRAINT deals_stage_known
    CHECK (stage IN ('lead', 'offer', 'escrow', 'closed', 'lost'));

ALTER TABLE deals ALTER COLUMN price TYPE bigint USING (price * 100)::bigint;
ALTER TABLE deals RENAME COLUMN price TO price_cents;
