//! Differences as people read them.

use super::super::testing::{schema_of, then};
use super::*;

fn change_lines(before: &str, script: &str) -> Vec<String> {
    let before = schema_of(before);
    diff(&before, &then(&before, script)).iter().map(Difference::change_line).collect()
}

const SHOP: &str = "
    CREATE TYPE status AS ENUM ('new', 'paid');
    CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE);
    CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, status status, total numeric(10, 2) NOT NULL);
    CREATE INDEX orders_total ON orders (total);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE VIEW open AS SELECT id, total FROM orders WHERE status = 'new';
    CREATE TABLE log (at timestamptz NOT NULL, note text) PARTITION BY RANGE (at);
    CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE log_2 PARTITION OF log DEFAULT;
    COMMENT ON TABLE orders IS 'old'; COMMENT ON COLUMN orders.total IS 'net';
    CREATE ROLE reader; GRANT SELECT ON orders TO reader;";

#[test]
fn every_kind_of_change_has_its_line() {
    let cases: &[(&str, &[&str])] = &[
        (
            "ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT ''",
            &["+ column public.orders.note text NOT NULL DEFAULT ''"],
        ),
        (
            "ALTER TABLE orders DROP COLUMN total CASCADE",
            &["- column public.orders.total", "- index public.orders_total", "- view public.open"],
        ),
        (
            "ALTER TABLE orders RENAME COLUMN total TO amount",
            &["~ column public.orders.total is now called amount"],
        ),
        (
            "ALTER TABLE customers ALTER COLUMN email TYPE varchar(50), ALTER COLUMN email DROP NOT NULL",
            &["~ column public.customers.email: was text NOT NULL, is character varying(50)"],
        ),
        (
            "ALTER TABLE orders ALTER COLUMN total SET STATISTICS 9, ALTER COLUMN status SET DEFAULT 'new'",
            &[
                "~ column public.orders.status: was status, is status DEFAULT 'new'",
                "~ column public.orders.total: was numeric(10,2) NOT NULL, is numeric(10,2) NOT NULL STATISTICS 9",
            ],
        ),
        (
            "ALTER TABLE customers DROP COLUMN id CASCADE",
            &[
                "- column public.customers.id",
                "- constraint customers_pkey on public.customers",
                "- constraint orders_customer_id_fkey on public.orders",
            ],
        ),
        (
            "DROP TABLE customers CASCADE",
            &["- table public.customers", "- constraint orders_customer_id_fkey on public.orders"],
        ),
        (
            "CREATE TABLE new (id serial PRIMARY KEY, a integer UNIQUE CHECK (a > 0)); CREATE INDEX ON new (a); COMMENT ON TABLE new IS 'x'",
            &["+ table public.new (id, a)"],
        ),
        ("ALTER TABLE orders RENAME TO sales", &["~ table public.orders is now called public.sales"]),
        (
            "ALTER TABLE orders SET SCHEMA pg_catalog",
            &["~ table public.orders is now called pg_catalog.orders"],
        ),
        (
            "ALTER TABLE orders ADD CONSTRAINT p CHECK (total > 0) NOT VALID",
            &["+ constraint p on public.orders: CHECK (total > 0) NOT VALID"],
        ),
        ("ALTER TABLE orders DROP CONSTRAINT orders_pkey", &["- constraint orders_pkey on public.orders"]),
        (
            "ALTER TABLE customers RENAME CONSTRAINT customers_email_key TO email_once",
            &["~ constraint customers_email_key on public.customers is now called email_once"],
        ),
        (
            "ALTER TABLE orders ALTER CONSTRAINT orders_customer_id_fkey DEFERRABLE",
            &[
                "~ constraint orders_customer_id_fkey on public.orders: was FOREIGN KEY (customer_id) REFERENCES customers (id), is FOREIGN KEY (customer_id) REFERENCES customers (id) DEFERRABLE",
            ],
        ),
        (
            "DROP INDEX orders_total; CREATE UNIQUE INDEX orders_total ON orders (total DESC) WHERE total > 0",
            &[
                "~ index public.orders_total: was on orders (total), is unique on orders (total DESC) WHERE total > 0",
            ],
        ),
        (
            "ALTER INDEX orders_total RENAME TO totals",
            &["~ index public.orders_total is now called public.totals"],
        ),
        (
            "ALTER TYPE status ADD VALUE 'shipped'",
            &["~ type public.status: was ENUM ('new', 'paid'), is ENUM ('new', 'paid', 'shipped')"],
        ),
        ("ALTER TYPE status RENAME TO state", &["~ type public.status is now called public.state"]),
        (
            "CREATE OR REPLACE VIEW open AS SELECT id, total FROM orders WHERE status IS NULL",
            &[
                "~ view public.open: query was SELECT id, total FROM orders WHERE status = 'new', is SELECT id, total FROM orders WHERE status IS NULL",
            ],
        ),
        (
            "CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql STABLE AS 'BEGIN RETURN OLD; END'",
            &[
                "~ function public.touch(): was () RETURNS trigger LANGUAGE plpgsql, is () RETURNS trigger LANGUAGE plpgsql STABLE",
                "~ function public.touch(): body was BEGIN RETURN NEW; END, is BEGIN RETURN OLD; END",
            ],
        ),
        (
            "DROP FUNCTION touch(); CREATE FUNCTION touch(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            &["- function public.touch()", "+ function public.touch(integer)"],
        ),
        (
            "CREATE TRIGGER t BEFORE UPDATE OF total ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
            &[
                "+ trigger t on public.orders: BEFORE UPDATE OF total ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
            ],
        ),
        (
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON orders FOR SELECT USING (total > 0)",
            &[
                "~ table public.orders: row level security was off, is on",
                "+ policy own on public.orders: FOR SELECT USING (total > 0)",
            ],
        ),
        (
            "CREATE SEQUENCE s START 5; ALTER SEQUENCE customers_id_seq INCREMENT BY 2",
            &[
                "~ sequence public.customers_id_seq: was with the default options, is INCREMENT BY 2",
                "+ sequence public.s: START WITH 5",
            ],
        ),
        (
            "COMMENT ON TABLE orders IS 'new'; COMMENT ON COLUMN orders.total IS NULL; COMMENT ON COLUMN orders.id IS 'key'",
            &[
                "- comment on column public.orders.total",
                "~ comment on table public.orders: was 'old', is 'new'",
                "+ comment on column public.orders.id: 'key'",
            ],
        ),
        (
            "GRANT INSERT ON orders TO reader; GRANT ALL ON customers TO reader; REVOKE ALL ON orders FROM nobody",
            &[
                "~ grant on table public.orders to reader: was select, is insert, select",
                "+ grant on table public.customers to reader: all",
            ],
        ),
        (
            "ALTER TABLE orders SET (fillfactor = 70), OWNER TO boss, SET UNLOGGED, REPLICA IDENTITY FULL, CLUSTER ON orders_pkey",
            &[
                "~ table public.orders: replica identity was DEFAULT, is FULL",
                "~ table public.orders: clustered on was nothing, is orders_pkey",
                "~ table public.orders: persistence was logged, is unlogged",
                "~ table public.orders: owner was the default, is boss",
                "~ table public.orders: storage was the default, is fillfactor = 70",
            ],
        ),
        (
            "ALTER TABLE log ADD COLUMN x integer, ADD CONSTRAINT c CHECK (x > 0); CREATE INDEX ON log (x)",
            &[
                "+ column public.log.x integer",
                "+ constraint c on public.log: CHECK (x > 0)",
                "+ index public.log_x_idx: on log (x)",
            ],
        ),
        (
            "ALTER TABLE log DETACH PARTITION log_2",
            &["~ table public.log_2: parent was public.log DEFAULT, is none"],
        ),
        (
            "CREATE SCHEMA app; CREATE EXTENSION citext; CREATE ROLE r; CREATE PUBLICATION p FOR TABLE orders",
            &["+ role r", "+ schema app", "+ extension citext: in schema public", "+ publication p: orders"],
        ),
        (
            "CREATE STATISTICS s ON total, status FROM orders; CREATE DOMAIN d AS text CHECK (VALUE <> '')",
            &[
                "+ domain public.d: text CONSTRAINT d_check CHECK (value <> '')",
                "+ statistics public.s: on total, status FROM orders",
            ],
        ),
        (
            "ALTER TABLE orders DROP COLUMN customer_id; ALTER TABLE orders ADD COLUMN customer_id bigint REFERENCES customers",
            &["~ column public.orders.customer_id is now last"],
        ),
        ("INSERT INTO orders VALUES (1, 2, 'new', 3); ANALYZE orders", &[]),
        ("DROP VIEW open; CREATE VIEW open AS SELECT id, total FROM orders WHERE status = 'new'", &[]),
    ];
    for (script, expected) in cases {
        assert_eq!(change_lines(SHOP, script), *expected, "{script}");
    }
}

/// What an up and its down leave different.
fn leftover_lines(up: &str, down: &str) -> Vec<String> {
    let before = schema_of(SHOP);
    diff(&before, &then(&then(&before, up), down)).iter().map(Difference::leftover_line).collect()
}

#[test]
fn what_a_way_back_leaves_is_told() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "ALTER TABLE orders ADD COLUMN note text",
            "ALTER TABLE orders DROP COLUMN note",
            &[],
        ),
        (
            "ALTER TABLE orders ADD COLUMN note text; CREATE INDEX ON orders (note)",
            "SELECT 1",
            &[
                "column public.orders.note is left over",
                "index public.orders_note_idx is left over",
            ],
        ),
        (
            "ALTER TABLE customers RENAME TO clients",
            "ALTER TABLE clients RENAME TO customers",
            &[],
        ),
        (
            "ALTER TABLE customers RENAME TO clients",
            "SELECT 1",
            &[
                "table public.customers is still called public.clients",
            ],
        ),
        (
            "ALTER TABLE customers RENAME COLUMN email TO mail",
            "SELECT 1",
            &[
                "column public.customers.email is still called mail",
            ],
        ),
        (
            "DROP INDEX orders_total",
            "CREATE INDEX orders_total ON orders (total DESC)",
            &[
                "index public.orders_total differs: was on orders (total), is on orders (total DESC)",
            ],
        ),
        (
            "ALTER TABLE customers DROP COLUMN email",
            "ALTER TABLE customers ADD COLUMN email text",
            &[
                "column public.customers.email differs: was text NOT NULL, is text",
                "constraint customers_email_key on public.customers is missing",
            ],
        ),
        (
            "DROP TABLE customers CASCADE",
            "CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE)",
            &[
                "constraint orders_customer_id_fkey on public.orders is missing",
            ],
        ),
        (
            "DROP VIEW open; DROP TABLE orders",
            "CREATE TABLE orders (id bigint PRIMARY KEY, status status, customer_id bigint, total numeric(10, 2) NOT NULL);
             CREATE INDEX orders_total ON orders (total)",
            &[
                "column public.orders.status is now behind id",
                "constraint orders_customer_id_fkey on public.orders is missing",
                "view public.open is missing",
                "comment on column public.orders.total is missing",
                "comment on table public.orders is missing",
                "grant on table public.orders to reader is missing",
            ],
        ),
        (
            "ALTER TYPE status ADD VALUE 'shipped'",
            "SELECT 1",
            &[
                "type public.status differs: was ENUM ('new', 'paid'), is ENUM ('new', 'paid', 'shipped')",
            ],
        ),
        (
            "ALTER TABLE customers ALTER COLUMN email TYPE varchar(50)",
            "SELECT 1",
            &[
                "column public.customers.email differs: was text NOT NULL, is character varying(50) NOT NULL",
            ],
        ),
        (
            "CREATE TABLE new (id serial PRIMARY KEY)",
            "ALTER TABLE new DROP COLUMN id",
            &[
                "table public.new is left over",
            ],
        ),
    ];
    for (up, down, expected) in cases {
        assert_eq!(leftover_lines(up, down), *expected, "{up} / {down}");
    }
}

#[test]
fn what_is_only_assumed_is_no_difference() {
    let empty = Schema::default();
    let lines = |up: &str, down: &str| -> Vec<String> {
        diff(&empty, &then(&then(&empty, up), down)).iter().map(Difference::leftover_line).collect()
    };
    let cases: &[(&str, &str, &[&str])] = &[
        ("UPDATE orders SET total = 0 WHERE id = 1", "SELECT 1", &[]),
        ("ALTER TABLE orders ADD COLUMN note text", "ALTER TABLE orders DROP COLUMN note", &[]),
        ("ALTER TABLE orders ADD COLUMN note text", "SELECT 1", &["column public.orders.note is left over"]),
        ("CREATE INDEX i ON orders (total)", "SELECT 1", &["index public.i is left over"]),
        ("CREATE TABLE copy (LIKE orders)", "SELECT 1", &["table public.copy is left over"]),
        ("CREATE TABLE app.t (a integer)", "DROP TABLE app.t", &[]),
        (
            "ALTER TABLE orders ALTER COLUMN total SET NOT NULL",
            "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL",
            &[],
        ),
        (
            "ALTER TABLE orders ALTER COLUMN total SET NOT NULL",
            "SELECT 1",
            &[
                "column public.orders.total differs: was of an unknown type, is of an unknown type NOT NULL (what was there before is only assumed)",
            ],
        ),
        (
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
            "SELECT 1",
            &[
                "table public.orders differs: row level security was off, is on (what was there before is only assumed)",
            ],
        ),
        ("COMMENT ON TABLE orders IS 'x'", "SELECT 1", &["comment on table public.orders is left over"]),
    ];
    for (up, down, expected) in cases {
        assert_eq!(lines(up, down), *expected, "{up} / {down}");
    }
}
