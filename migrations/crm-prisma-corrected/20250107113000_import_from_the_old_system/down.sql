-- Only what came from the old system: its keys are numbers behind a letter.
DELETE FROM "jobs" WHERE "id" ~ '^j[0-9]+$';
DELETE FROM "customers" WHERE "id" ~ '^c[0-9]+$';
DELETE FROM "users" WHERE "id" ~ '^u[0-9]+$';
