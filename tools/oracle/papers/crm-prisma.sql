CREATE SCHEMA legacy;
CREATE TABLE legacy.staff (id integer, email text, display_name text, is_admin boolean);
CREATE TABLE legacy.clients (id integer, name text, phone text, email text, created timestamp);
CREATE TABLE legacy.work_orders (id integer, client_id integer, staff_id integer, subject text, closed boolean, created timestamp);
INSERT INTO legacy.staff VALUES (1, 'Kim@example.com', 'Kim', true);
INSERT INTO legacy.clients VALUES (1, 'Corner shop', '+41 44 000 00 00', 'shop@example.com', now());
INSERT INTO legacy.work_orders VALUES (1, 1, 1, 'New lock', false, now()), (2, 1, 1, 'Broken lamp', false, now());
