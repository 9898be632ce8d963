BEGIN;

CREATE TYPE job_state AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled');

CREATE TABLE IF NOT EXISTS jobs (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id      uuid,
    old_version_id  uuid NOT NULL,
    new_version_id  uuid NOT NULL,
    state           job_state NOT NULL DEFAULT 'queued',
    created_by      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz
);

CREATE TABLE IF NOT EXISTS job_stages (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id      uuid NOT NULL,
    stage       text NOT NULL CHECK (stage IN ('ocr', 'diff', 'summary')),
    state       job_state NOT NULL DEFAULT 'queued',
    attempts    integer NOT NULL DEFAULT 0,
    error       text,
    started_at  timestamptz,
    finished_at timestamptz,
    UNIQUE (job_id, stage)
);

CREATE TABLE IF NOT EXISTS diff_results (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id       uuid NOT NULL,
    alignment    jsonb NOT NULL,
    overlay_path text NOT NULL,
    change_count integer NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS manual_overlays (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    diff_result_id uuid NOT NULL,
    overlay_path   text NOT NULL,
    edited_by      uuid,
    edited_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS change_summaries (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    diff_result_id uuid NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    summary        text NOT NULL,
    is_current     boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS audit_logs (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor       uuid,
    action      text NOT NULL,
    subject     text NOT NULL,
    happened_at timestamp NOT NULL DEFAULT now()
);

COMMIT;
