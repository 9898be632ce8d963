-- The new release reads both names; renaming a value changes no row.
ALTER TYPE "JobStatus" RENAME VALUE 'DONE' TO 'COMPLETED';
