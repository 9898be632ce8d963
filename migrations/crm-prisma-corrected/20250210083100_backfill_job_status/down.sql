-- Which jobs had no status is not recorded; 'OPEN' is what the application shows for none.
SELECT 1;
