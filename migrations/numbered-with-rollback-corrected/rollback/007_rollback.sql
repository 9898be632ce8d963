BEGIN;
ALTER TABLE contacts DISABLE ROW LEVEL SECURITY;
DROP POLICY contacts_for_administrators ON contacts;
DROP POLICY contacts_of_their_owner ON contacts;
COMMIT;
