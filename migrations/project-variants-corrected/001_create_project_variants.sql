-- A variant of a project: the same show in another size.

BEGIN;
SET LOCAL lock_timeout = '3s';

CREATE TABLE project_variants (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id  uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key         text NOT NULL CHECK (key ~ '^[a-z0-9_]+$'),
    title       text NOT NULL,
    is_default  boolean NOT NULL DEFAULT false,
    position    integer NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, key)
);

CREATE UNIQUE INDEX project_variants_default_idx ON project_variants (project_id) WHERE is_default;

-- Whoever sees a project sees its variants; the policies of projects decide.
CREATE POLICY project_variants_with_their_project ON project_variants
    USING (EXISTS (SELECT FROM projects p WHERE p.id = project_id));

ALTER TABLE project_variants ENABLE ROW LEVEL SECURITY;

COMMIT;
