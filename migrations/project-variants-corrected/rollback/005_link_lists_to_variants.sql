SET lock_timeout = '3s';

ALTER TABLE crew_slots DROP CONSTRAINT crew_slots_variant_fkey;
ALTER TABLE gear_groups DROP CONSTRAINT gear_groups_variant_fkey;
