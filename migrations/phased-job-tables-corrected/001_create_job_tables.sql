BEGIN;

CREATE TYPE job_state AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled');

CREATE TABLE jobs (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id      uuid,
    old_version_id  uuid NOT NULL,
    new_version_id  uuid NOT NULL,
    state           job_state NOT NULL DEFAULT 'queued',
    created_by      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz
);

CREATE TABLE job_stages (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id      uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    stage       text NOT NULL CHECK (stage IN ('ocr', 'diff', 'summary')),
    state       job_state NOT NULL DEFAULT 'queued',
    attempts    integer NOT NULL DEFAULT 0,
    error       text,
    started_at  timestamptz,
    finished_at timestamptz,
    UNIQUE (job_id, stage)
);

CREATE TABLE diff_results (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id       uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    alignment    jsonb NOT NULL,
    overlay_path text NOT NULL,
    change_count integer NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE manual_overlays (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    diff_result_id uuid NOT NULL REFERENCES diff_results (id) ON DELETE CASCADE,
    overlay_path   text NOT NULL,
    edited_by      uuid,
    edited_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE change_summaries (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    diff_result_id uuid NOT NULL REFERENCES diff_results (id) ON DELETE CASCADE,
    version        integer NOT NULL DEFAULT 1,
    summary        text NOT NULL,
    is_current     boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE audit_logs (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor       uuid,
    action      text NOT NULL,
    subject     text NOT NULL,
    happened_at timestamptz NOT NULL DEFAULT now()
);

-- Nobody uses these tables yet, so their indexes are built at once.
CREATE INDEX jobs_state_created_at_idx ON jobs (state, created_at);
CREATE INDEX jobs_session_id_idx ON jobs (session_id);
CREATE INDEX jobs_old_version_id_idx ON jobs (old_version_id);
CREATE INDEX jobs_new_version_id_idx ON jobs (new_version_id);
CREATE INDEX diff_results_job_id_idx ON diff_results (job_id);
CREATE INDEX manual_overlays_diff_result_id_idx ON manual_overlays (diff_result_id);
CREATE UNIQUE INDEX change_summaries_current_idx ON change_summaries (diff_result_id) WHERE is_current;
CREATE INDEX audit_logs_subject_idx ON audit_logs (subject, happened_at);

COMMIT;
