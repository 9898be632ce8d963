SET lock_timeout = '3s';

ALTER TABLE deals DROP CONSTRAINT deals_stage_known;

DROP INDEX CONCURRENTLY contacts_email_idx;
DROP INDEX CONCURRENTLY deals_stage_closes_on_idx;
