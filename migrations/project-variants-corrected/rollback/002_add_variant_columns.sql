SET lock_timeout = '3s';

ALTER TABLE crew_slots DROP COLUMN variant;
ALTER TABLE gear_groups DROP COLUMN variant;
