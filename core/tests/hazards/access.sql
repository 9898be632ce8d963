---- row level security without a policy
SET lock_timeout = '1s';
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- = danger row-security-without-policy

---- with policies | transaction single
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders FOR ALL TO app USING (customer_id = (SELECT current_setting('app.customer')::bigint));

---- a policy that is always true
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY everyone ON orders FOR ALL USING (true) WITH CHECK (true);
-- = warning policy-always-true

---- a policy without row level security
CREATE POLICY own ON orders USING (customer_id = 1);
-- = warning policy-without-row-security

---- row level security goes
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
-- = danger row-security-disabled

---- security definer
CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user::text';
-- = warning security-definer-without-search-path

---- security definer with its path
CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT current_user::text';

---- to everybody
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO PUBLIC;
-- = danger grant-to-public

---- a password
CREATE ROLE app LOGIN PASSWORD 'hunter2';
-- = danger password-in-sql

---- a superuser
ALTER ROLE app WITH SUPERUSER;
-- = warning role-with-power

---- rights for one role
GRANT USAGE ON SCHEMA public TO app;
REVOKE ALL ON orders FROM PUBLIC;
