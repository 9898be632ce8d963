-- New rows are checked from now on; validating then reads the old ones without stopping anyone.
-- A new project needs its default variant first: the release that goes with this script writes it.

SET lock_timeout = '3s';

ALTER TABLE gear_groups ADD CONSTRAINT gear_groups_variant_fkey
    FOREIGN KEY (project_id, variant) REFERENCES project_variants (project_id, key) ON UPDATE CASCADE NOT VALID;
ALTER TABLE gear_groups VALIDATE CONSTRAINT gear_groups_variant_fkey;

ALTER TABLE crew_slots ADD CONSTRAINT crew_slots_variant_fkey
    FOREIGN KEY (project_id, variant) REFERENCES project_variants (project_id, key) ON UPDATE CASCADE NOT VALID;
ALTER TABLE crew_slots VALIDATE CONSTRAINT crew_slots_variant_fkey;
