-- PostgreSQL cannot take a value out of an enum; 'IN_PROGRESS' stays, unused.
SELECT 1;
