-- Lists of the deals page. psql runs each statement by itself, so the indexes can be built beside the traffic.

SET lock_timeout = '3s';

CREATE INDEX CONCURRENTLY deals_stage_closes_on_idx ON deals (stage, closes_on);
CREATE INDEX CONCURRENTLY contacts_email_idx ON contacts (lower(email));

ALTER TABLE deals ADD CONSTRAINT deals_stage_known
    CHECK (stage IN ('lead', 'offer', 'escrow', 'closed', 'lost')) NOT VALID;
ALTER TABLE deals VALIDATE CONSTRAINT deals_stage_known;
