-- Nothing to undo: what was filled in goes with its columns and tables in 0002 and 0001.
SELECT 1;
