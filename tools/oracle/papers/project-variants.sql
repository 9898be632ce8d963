CREATE TABLE projects (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer_id uuid, title text, kind text, starts_on date);
CREATE TABLE gear_groups (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE, title text,
    position integer, price numeric);
CREATE UNIQUE INDEX gear_groups_project_title_idx ON gear_groups (project_id, title);
CREATE TABLE crew_slots (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE, role_id uuid,
    day_rate numeric, preferred_id uuid);
INSERT INTO projects VALUES ('00000000-0000-0000-0000-000000000001', NULL, 'Gala', 'show', '2026-03-01');
INSERT INTO gear_groups (project_id, title) VALUES ('00000000-0000-0000-0000-000000000001', 'Sound'), ('00000000-0000-0000-0000-000000000001', 'Light');
INSERT INTO crew_slots (project_id, role_id) VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002');
