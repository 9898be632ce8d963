//! The scripts that people read. That they lead back is tested on every case of the simulator's (`tests/way_back.rs`) and
//! on servers (`tools/oracle`).

use super::super::written;
use crate::{Settings, Workspace, review};

/// The script for the second of two migrations, without what it says about itself in every case.
fn script(layout: &str, paths: [&str; 2], before: &str, up: &str) -> String {
    let mut workspace = Workspace::new();
    workspace.add(paths[0], before);
    workspace.add(paths[1], up);
    let review = review(&workspace, &Settings { layout: Some(layout.to_owned()), ..Settings::default() });
    let script =
        written(&review.workspace, &review.history, &review.timeline, 1).expect("a second migration");
    let text: Vec<&str> = script.text.lines().filter(|line| !line.starts_with("-- Undoes ")).collect();
    format!("{} [{}]\n{}\n", script.path, script.way.verdict.name(), text.join("\n").trim_start())
}

/// The same for golang-migrate.
fn written_for(before: &str, up: &str) -> String {
    script("golang-migrate", ["1_before.up.sql", "2_up.up.sql"], before, up)
}

const SHOP: &str = "
    CREATE TYPE status AS ENUM ('new', 'paid');
    CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
    CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id bigint REFERENCES customers (id) ON DELETE CASCADE,
        status status NOT NULL DEFAULT 'new',
        total numeric(10, 2) CHECK (total >= 0),
        note varchar(20) COLLATE \"C\" DEFAULT 'none');
    CREATE INDEX orders_open_idx ON orders (customer_id) WHERE status = 'new';
    CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE status = 'new';
    GRANT SELECT ON open_orders TO PUBLIC;
    COMMENT ON COLUMN orders.note IS 'from the customer';";

#[test]
fn what_was_dropped_is_made_again_with_all_that_belongs_to_it() {
    insta::assert_snapshot!(written_for(SHOP, "ALTER TABLE orders DROP COLUMN note; DROP VIEW open_orders; DROP INDEX orders_open_idx;"), @r#"
        2_up.down.sql [lossy]
        -- Simulated: up and then this leaves the schema as it was before.
        -- What it does not bring back:
        --   column public.orders.note: comes back empty, the migration dropped its values
        -- It builds indexes in a transaction: writes to their tables wait until it has ended.

        ALTER TABLE orders ADD COLUMN note character varying(20) COLLATE "C" DEFAULT 'none';

        CREATE INDEX orders_open_idx ON orders (customer_id) WHERE status = 'new';

        CREATE VIEW open_orders AS
        SELECT id, total FROM orders WHERE status = 'new';

        COMMENT ON COLUMN orders.note IS 'from the customer';

        GRANT SELECT ON TABLE open_orders TO PUBLIC;
        "#);
}

#[test]
fn a_dropped_table_comes_back_in_order() {
    insta::assert_snapshot!(written_for(SHOP, "DROP TABLE customers CASCADE;"), @r#"
        2_up.down.sql [lossy]
        -- Simulated: up and then this leaves the schema as it was before.
        -- What it does not bring back:
        --   table public.customers: comes back empty, the migration dropped its rows

        CREATE TABLE customers (
            id    bigint NOT NULL,
            email text   NOT NULL,
            CONSTRAINT customers_pkey PRIMARY KEY (id)
        );

        ALTER TABLE orders
            ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
        "#);
}

#[test]
fn renames_are_taken_back_as_renames() {
    insta::assert_snapshot!(
        written_for(SHOP, "ALTER TABLE orders RENAME TO purchases; ALTER TABLE purchases RENAME COLUMN note TO remark;
            ALTER TYPE status RENAME VALUE 'paid' TO 'settled'; CREATE TABLE orders (id int);"), @r#"
        2_up.down.sql [lossy]
        -- Simulated: up and then this leaves the schema as it was before.
        -- What it does not bring back:
        --   table public.orders: every row written since the migration is destroyed

        ALTER TABLE purchases RENAME COLUMN remark TO note;

        ALTER TYPE status RENAME VALUE 'settled' TO 'paid';

        DROP TABLE orders;

        ALTER TABLE purchases RENAME TO orders;
        "#
    );
}

#[test]
fn an_enum_loses_a_value_by_being_made_anew() {
    insta::assert_snapshot!(written_for(SHOP, "ALTER TYPE status ADD VALUE 'sent' AFTER 'new';"), @r#"
        2_up.down.sql [lossy]
        -- Simulated: up and then this leaves the schema as it was before.
        -- What it does not bring back:
        --   column public.orders.status: a row with 'sent' makes the rollback fail
        -- It builds indexes in a transaction: writes to their tables wait until it has ended.

        DROP VIEW open_orders;

        DROP INDEX orders_open_idx;

        ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;

        ALTER TYPE status RENAME TO status_replaced;

        CREATE TYPE status AS ENUM ('new', 'paid');

        ALTER TABLE orders ALTER COLUMN status TYPE status USING status::text::status;
        ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new';

        CREATE INDEX orders_open_idx ON orders (customer_id) WHERE status = 'new';

        CREATE VIEW open_orders AS
        SELECT id, total FROM orders WHERE status = 'new';

        DROP TYPE status_replaced;

        GRANT SELECT ON TABLE open_orders TO PUBLIC;
        "#);
}

#[test]
fn what_was_set_is_set_back() {
    insta::assert_snapshot!(
        written_for(SHOP, "ALTER TABLE orders ALTER COLUMN note TYPE text, ALTER COLUMN note DROP DEFAULT,
            ALTER COLUMN status DROP NOT NULL, ALTER COLUMN total SET NOT NULL; ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
            COMMENT ON TABLE orders IS 'of the shop'; REVOKE SELECT ON open_orders FROM PUBLIC;"), @r#"
        2_up.down.sql [lossy]
        -- Simulated: up and then this leaves the schema as it was before.
        -- What it does not bring back:
        --   column public.orders.note: values that do not fit character varying(20) make the rollback fail or are changed

        ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
        ALTER TABLE orders ALTER COLUMN total DROP NOT NULL;
        ALTER TABLE orders ALTER COLUMN note TYPE character varying(20) COLLATE "C";
        ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none';
        ALTER TABLE orders DISABLE ROW LEVEL SECURITY;

        COMMENT ON TABLE orders IS NULL;

        GRANT SELECT ON TABLE open_orders TO PUBLIC;
        "#
    );
}

#[test]
fn an_index_alone_is_built_concurrently_where_the_tool_can_do_that() {
    let table = "CREATE TABLE t (a int, b int); CREATE INDEX t_a_idx ON t (a);";
    let (drop, both) = ("DROP INDEX t_a_idx;", "DROP INDEX t_a_idx; CREATE INDEX t_b_idx ON t (b);");
    let mut text = String::new();
    for (layout, paths, up) in [
        ("golang-migrate", ["1_a.up.sql", "2_b.up.sql"], drop),
        ("golang-migrate", ["1_a.up.sql", "2_b.up.sql"], both),
        ("sqlx", ["1_a.up.sql", "2_b.up.sql"], both),
        ("diesel", ["1_a/up.sql", "2_b/up.sql"], drop),
        ("numbered", ["001_a.sql", "002_b.sql"], both),
        ("flyway", ["V1__a.sql", "V2__b.sql"], drop),
    ] {
        text += &format!("{layout}: {}", script(layout, paths, table, up));
    }
    insta::assert_snapshot!(text, @r#"
        golang-migrate: 2_b.down.sql [exact]
        -- Simulated: up and then this leaves the schema as it was before.

        CREATE INDEX CONCURRENTLY t_a_idx ON t (a);
        golang-migrate: 2_b.down.sql [exact]
        -- Simulated: up and then this leaves the schema as it was before.
        -- It builds indexes in a transaction: writes to their tables wait until it has ended.

        DROP INDEX t_b_idx;

        CREATE INDEX t_a_idx ON t (a);
        sqlx: 2_b.down.sql [exact]
        -- no-transaction
        -- Simulated: up and then this leaves the schema as it was before.

        DROP INDEX CONCURRENTLY t_b_idx;

        CREATE INDEX CONCURRENTLY t_a_idx ON t (a);
        diesel: 2_b/down.sql [exact]
        -- Simulated: up and then this leaves the schema as it was before.
        -- It builds indexes in a transaction: writes to their tables wait until it has ended.

        CREATE INDEX t_a_idx ON t (a);
        numbered: rollback/002_b.sql [exact]
        -- Simulated: up and then this leaves the schema as it was before.

        DROP INDEX CONCURRENTLY t_b_idx;

        CREATE INDEX CONCURRENTLY t_a_idx ON t (a);
        flyway: U2__b.sql [exact]
        -- Simulated: up and then this leaves the schema as it was before.
        -- It builds indexes in a transaction: writes to their tables wait until it has ended.

        CREATE INDEX t_a_idx ON t (a);
        "#);
}

#[test]
fn a_section_begins_with_its_tool_s_mark() {
    let body = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;";
    let mut text = String::new();
    for (layout, mark, statement) in [
        ("goose", "-- +goose Up", ["-- +goose StatementBegin", "-- +goose StatementEnd"]),
        ("dbmate", "-- migrate:up", ["", ""]),
        ("sql-migrate", "-- +migrate Up", ["-- +migrate StatementBegin", "-- +migrate StatementEnd"]),
        ("tern", "", ["", ""]),
        ("node-pg-migrate", "-- Up Migration", ["", ""]),
    ] {
        let before = format!("{mark}\n{}\n{body}\n{}\n", statement[0], statement[1]);
        text += &format!(
            "{layout}: {}",
            script(layout, ["1_a.sql", "2_b.sql"], &before, &format!("{mark}\nDROP FUNCTION f();\n"))
        );
    }
    insta::assert_snapshot!(text, @r#"
        goose: 2_b.sql [exact]
        -- +goose Down
        -- Simulated: up and then this leaves the schema as it was before.

        -- +goose StatementBegin
        CREATE FUNCTION f()
            RETURNS integer
            LANGUAGE plpgsql
            AS $$ BEGIN RETURN 1; END $$;
        -- +goose StatementEnd
        dbmate: 2_b.sql [exact]
        -- migrate:down
        -- Simulated: up and then this leaves the schema as it was before.

        CREATE FUNCTION f()
            RETURNS integer
            LANGUAGE plpgsql
            AS $$ BEGIN RETURN 1; END $$;
        sql-migrate: 2_b.sql [exact]
        -- +migrate Down
        -- Simulated: up and then this leaves the schema as it was before.

        -- +migrate StatementBegin
        CREATE FUNCTION f()
            RETURNS integer
            LANGUAGE plpgsql
            AS $$ BEGIN RETURN 1; END $$;
        -- +migrate StatementEnd
        tern: 2_b.sql [exact]
        ---- create above / drop below ----
        -- Simulated: up and then this leaves the schema as it was before.

        CREATE FUNCTION f()
            RETURNS integer
            LANGUAGE plpgsql
            AS $$ BEGIN RETURN 1; END $$;
        node-pg-migrate: 2_b.sql [exact]
        -- Down Migration
        -- Simulated: up and then this leaves the schema as it was before.

        CREATE FUNCTION f()
            RETURNS integer
            LANGUAGE plpgsql
            AS $$ BEGIN RETURN 1; END $$;
        "#);
}

#[test]
fn what_the_files_do_not_say_is_not_claimed() {
    insta::assert_snapshot!(written_for("SELECT 1;", "DROP INDEX i; ALTER TABLE t DROP COLUMN c, ADD COLUMN d int;"), @r#"
        2_up.down.sql [incomplete]
        -- Simulated: after up and then this, the schema is as before, but for:
        --   column public.t.c is missing: the files do not say what it was
        -- Not known:
        --   index public.i: the files do not say what it was
        -- What it does not bring back:
        --   column public.t.d: every value written since the migration is destroyed
        --   column public.t.c: the migration dropped its values

        ALTER TABLE t DROP COLUMN d;
        "#);
}
