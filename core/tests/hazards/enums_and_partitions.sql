---- a value is added and used in one transaction | transaction single
ALTER TYPE stage ADD VALUE IF NOT EXISTS 'waiting';
UPDATE tickets SET stage = 'waiting' WHERE owner IS NULL;
-- = danger enum-value-used-too-early

---- a value is added | transaction single
ALTER TYPE public.stage ADD VALUE 'waiting' BEFORE 'closed';

---- a value is there already
ALTER TYPE stage ADD VALUE 'open';
-- = danger statement-fails

---- a value gets another name
ALTER TYPE stage RENAME VALUE 'open' TO 'opened';
-- = danger rename-enum-value

---- a type is exchanged
ALTER TYPE stage RENAME TO stage_old;
CREATE TYPE stage AS ENUM ('open', 'done');
ALTER TABLE tickets ALTER COLUMN stage TYPE stage USING stage::text::stage;
DROP TYPE stage_old;
-- = danger type-change-rewrites

---- attach without a proof
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- = warning attach-partition-scans

---- attach with a proof
-- file: 001_check.sql
SET lock_timeout = '1s';
ALTER TABLE events_2025 ADD CONSTRAINT b CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID;
-- file: 002_validate.sql
ALTER TABLE events_2025 VALIDATE CONSTRAINT b;
-- file: 003_attach.sql
SET lock_timeout = '1s';
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

---- detach
ALTER TABLE events DETACH PARTITION events_2024;
-- = warning detach-not-concurrent

---- detach concurrently | transaction none
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;

---- detach concurrently in a transaction | transaction single
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;
-- = danger statement-fails

---- a partition of a table in use
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- = warning create-partition-locks-parent

---- bounds that overlap
CREATE TABLE events_x PARTITION OF events FOR VALUES FROM ('2024-06-01') TO ('2024-07-01');
-- = danger statement-fails

---- a key without the partition key
ALTER TABLE events ADD PRIMARY KEY (id);
-- = danger statement-fails

---- a partition is dropped
DROP TABLE events_2024;
-- = danger drop-table
-- = warning drop-partition

---- a partitioned table is made with its partitions | transaction single | alone
CREATE TABLE metrics (at timestamptz NOT NULL, value float8) PARTITION BY RANGE (at);
CREATE TABLE metrics_default PARTITION OF metrics DEFAULT;
CREATE INDEX metrics_at ON metrics (at);

---- a value is added and used in one transaction, alone | alone | transaction single
ALTER TYPE order_status ADD VALUE 'returned';
UPDATE orders SET status = 'returned' WHERE id = 17;
-- = danger enum-value-used-too-early
