-- The digits go with their column.
SELECT 1;
