-- The wider index forbids no more than this one did; without it, two variants can have a group of the same title.

SET lock_timeout = '3s';

DROP INDEX CONCURRENTLY gear_groups_project_title_idx;
