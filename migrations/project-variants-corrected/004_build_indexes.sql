-- Beside the traffic, one after the other. The first serves the board too: it begins with project and variant.

SET lock_timeout = '3s';

CREATE UNIQUE INDEX CONCURRENTLY gear_groups_project_variant_title_idx ON gear_groups (project_id, variant, title);

-- A role may be wanted twice in one project, so this index does not forbid it.
CREATE INDEX CONCURRENTLY crew_slots_project_variant_idx ON crew_slots (project_id, variant) INCLUDE (role_id, day_rate);
