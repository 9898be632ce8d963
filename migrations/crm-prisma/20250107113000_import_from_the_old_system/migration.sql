-- The nightly export of the old system has been loaded into the schema "legacy".
INSERT INTO "users" ("id", "email", "name", "role")
SELECT 'u' || u.id, lower(u.email), u.display_name, CASE WHEN u.is_admin THEN 'ADMIN' ELSE 'TECHNICIAN' END::"UserRole"
FROM legacy.staff AS u;

INSERT INTO "customers" ("id", "name", "phone", "email", "createdAt", "updatedAt")
SELECT 'c' || c.id, c.name, c.phone, c.email, c.created, c.created
FROM legacy.clients AS c;

INSERT INTO "jobs" ("id", "customerId", "assignedToId", "title", "status", "createdAt", "updatedAt")
SELECT 'j' || o.id, 'c' || o.client_id, 'u' || o.staff_id, o.subject, CASE WHEN o.closed THEN 'DONE'::"JobStatus" END, o.created, o.created
FROM legacy.work_orders AS o;
