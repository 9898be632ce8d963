-- Possible only while no project has one title in two variants; if one has, the statement says so and leaves an invalid index.
SET lock_timeout = '3s';

CREATE UNIQUE INDEX CONCURRENTLY gear_groups_project_title_idx ON gear_groups (project_id, title);
