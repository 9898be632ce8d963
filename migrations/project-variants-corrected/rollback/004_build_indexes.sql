SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY crew_slots_project_variant_idx;
DROP INDEX CONCURRENTLY gear_groups_project_variant_title_idx;
