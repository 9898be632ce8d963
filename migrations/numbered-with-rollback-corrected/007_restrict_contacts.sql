-- Agents see their own contacts only, administrators all of them.
-- The application says who it works for in the setting crm.user_id.

BEGIN;
SET LOCAL lock_timeout = '3s';

CREATE POLICY contacts_of_their_owner ON contacts
    USING (owner_id = nullif(current_setting('crm.user_id', true), '')::bigint);

CREATE POLICY contacts_for_administrators ON contacts
    USING (current_setting('crm.role', true) = 'admin');

ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
COMMIT;
