-- Accounts, contacts and deals of the CRM.

BEGIN;

CREATE TABLE users (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email      varchar(255) NOT NULL UNIQUE,
    full_name  text NOT NULL,
    password   text NOT NULL,
    role       text NOT NULL DEFAULT 'agent',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE contacts (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id   bigint NOT NULL REFERENCES users (id),
    full_name  text NOT NULL,
    email      text,
    phone      text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE deals (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id bigint NOT NULL REFERENCES contacts (id),
    stage      text NOT NULL DEFAULT 'lead',
    price      numeric(12, 2),
    closes_on  date,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX contacts_owner_id_idx ON contacts (owner_id);
CREATE INDEX deals_contact_id_idx ON deals (contact_id);

-- The account that invites all others, and the desk that takes what nobody owns.
INSERT INTO users (email, full_name, password, role) VALUES
    ('admin@example.com', 'Administrator', '!', 'admin'),
    ('desk@example.com', 'Front desk', '!', 'agent');

INSERT INTO contacts (owner_id, full_name, email)
SELECT id, 'Sample contact', 'sample@example.com' FROM users WHERE role = 'agent';

INSERT INTO deals (contact_id, stage, price)
SELECT id, 'lead', 350000 FROM contacts;

COMMIT;
