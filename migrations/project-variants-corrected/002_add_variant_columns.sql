-- A constant default touches no row. The old unique index stays until 006, so the old release goes on working.

SET lock_timeout = '3s';

ALTER TABLE gear_groups ADD COLUMN variant text NOT NULL DEFAULT 'default';
ALTER TABLE crew_slots ADD COLUMN variant text NOT NULL DEFAULT 'default';
