CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
CREATE TABLE drawing_versions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), storage_path text NOT NULL);
CREATE TABLE processing_jobs (id uuid PRIMARY KEY, session_id uuid REFERENCES sessions, old_version_id uuid NOT NULL, new_version_id uuid NOT NULL,
    status text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), completed_at timestamptz);
CREATE TABLE comparisons (id uuid PRIMARY KEY, session_id uuid, processing_job_id uuid NOT NULL, alignment jsonb NOT NULL, overlay_path text NOT NULL,
    change_count integer NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE analysis_results (id uuid PRIMARY KEY, comparison_id uuid NOT NULL, summary text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
INSERT INTO sessions VALUES ('00000000-0000-0000-0000-000000000001');
INSERT INTO drawing_versions VALUES ('00000000-0000-0000-0000-000000000011', 'a.pdf'), ('00000000-0000-0000-0000-000000000012', 'b.pdf');
INSERT INTO processing_jobs VALUES ('00000000-0000-0000-0000-000000000021', '00000000-0000-0000-0000-000000000001',
    '00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000012', 'complete');
INSERT INTO comparisons VALUES ('00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-000000000001',
    '00000000-0000-0000-0000-000000000021', '{}', 'a.png', 3);
INSERT INTO analysis_results VALUES ('00000000-0000-0000-0000-000000000041', '00000000-0000-0000-0000-000000000031', 'Three walls moved.');
