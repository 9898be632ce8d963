//! What is printed.

use serde_json::{Value, json};

use crate::{call, call_in, folder};

const UP: &str = "-- The customer of an order.\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN customer_id bigint;\n\
                  CREATE INDEX orders_customer_idx ON orders (customer_id);\n";
const DOWN: &str = "DROP INDEX orders_customer_idx;\nALTER TABLE orders DROP COLUMN customer_id;\n";

fn shop(name: &str) -> std::path::PathBuf {
    folder(
        name,
        &[
            ("migrations/000001_create_orders.up.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n"),
            ("migrations/000001_create_orders.down.sql", "DROP TABLE orders;\n"),
            ("migrations/000002_add_customer.up.sql", UP),
            ("migrations/000002_add_customer.down.sql", DOWN),
        ],
    )
}

#[test]
fn the_document_of_a_review() {
    let called =
        call_in(&shop("document"), &["review", "migrations", "--since", "1", "--format", "json"], b"");
    assert_eq!((called.status, called.err.as_str()), (1, ""));
    let document = called.json();
    assert_eq!(document["format"], 1);
    assert_eq!(document["postgres"], 18);
    assert_eq!(document["layout"], "golang-migrate");
    for axis in ["level", "availability", "data", "compatibility", "reversibility"] {
        let level = document["verdict"][axis].as_str().expect("a level");
        assert!(["none", "low", "medium", "high", "critical"].contains(&level), "{axis}: {level}");
    }
    assert!(document["verdict"]["sentence"].as_str().is_some_and(|sentence| !sentence.is_empty()));
    assert_eq!(document["coverage"], json!({"statements": 7, "modelled": 7, "parsed": 7}));
    let migrations = document["migrations"].as_array().expect("migrations");
    assert_eq!(migrations.len(), 2);
    assert_eq!(migrations[0]["under_review"], false);
    let second = &migrations[1];
    assert_eq!(
        (&second["version"], &second["name"], &second["under_review"]),
        (&json!("000002"), &json!("add customer"), &json!(true))
    );
    let up = &second["up"];
    assert_eq!(up["path"], "migrations/000002_add_customer.up.sql");
    assert_eq!(up["transaction"], "single");
    let statements = up["statements"].as_array().expect("statements");
    let alter = &statements[1];
    let written = "ALTER TABLE orders ADD COLUMN customer_id bigint";
    assert_eq!(alter["sql"], written);
    assert_eq!((&alter["line"], &alter["column"]), (&json!(3), &json!(1)));
    assert_eq!(alter["offset"], UP.find("ALTER").expect("there"));
    assert_eq!(alter["length"], written.len());
    assert_eq!(alter["kind"], "ALTER TABLE");
    assert_eq!((&alter["modelled"], &alter["error"]), (&json!(true), &Value::Null));
    let lock = |statement: &Value| {
        (statement["locks"][0]["relation"].clone(), statement["locks"][0]["mode"].clone())
    };
    assert_eq!(lock(alter), (json!("public.orders"), json!("ACCESS EXCLUSIVE")));
    assert_eq!(alter["work"], json!([]));
    assert_eq!(alter["changes"], json!(["adds column public.orders.customer_id"]));
    let index = &statements[2];
    assert_eq!(lock(index), (json!("public.orders"), json!("SHARE")));
    assert_eq!(
        (&index["work"][0]["kind"], &index["work"][0]["relation"]),
        (&json!("build-index"), &json!("public.orders"))
    );
    assert_eq!(second["down"]["path"], "migrations/000002_add_customer.down.sql");
    assert_eq!(second["rollback"]["verdict"], "lossy");
    assert_eq!(second["rollback"]["differences"], json!([]));
    assert_eq!(second["rollback"]["lost"].as_array().map(Vec::len), Some(1));
    let found = second["findings"]
        .as_array()
        .and_then(|findings| findings.iter().find(|finding| finding["rule"] == "index-not-concurrent"))
        .expect("the index");
    assert_eq!(
        (&found["severity"], &found["line"], &found["column"]),
        (&json!("danger"), &json!(4), &json!(1))
    );
    assert_eq!((&found["end_line"], &found["end_column"]), (&json!(4), &json!(57)));
    assert!(
        found["aliases"]
            .as_array()
            .is_some_and(|aliases| aliases.contains(&json!("squawk:require-concurrent-index-creation")))
    );
}

#[test]
fn an_error_has_its_sqlstate() {
    let document =
        call(&["review", "-", "--format", "json"], b"CREATE TABLE a (id int);\nCREATE TABLE a (id int);")
            .json();
    let error = &document["migrations"][0]["up"]["statements"][1]["error"];
    assert_eq!(*error, json!({"sqlstate": "42P07", "message": "relation \"a\" already exists"}));
    assert_eq!(document["migrations"][0]["down"], Value::Null);
}

#[test]
fn every_format_says_the_same() {
    let folder = shop("formats");
    let start = |format: &str| {
        let called = call_in(&folder, &["review", "migrations", "--since", "1", "--format", format], b"");
        assert_eq!((called.status, called.err.as_str()), (1, ""), "{format}");
        assert!(called.out.contains("index-not-concurrent"), "{format}");
        assert_eq!(
            called.out,
            call_in(&folder, &["review", "migrations", "--since", "1", "--format", format], b"").out,
            "{format}: the same bytes"
        );
        called.out
    };
    assert!(
        start("human").contains("migrations/000002_add_customer.up.sql:4:1: danger: index-not-concurrent\n")
    );
    assert!(
        start("github")
            .contains("::error file=migrations/000002_add_customer.up.sql,line=4,endLine=4,col=1,")
    );
    assert!(start("markdown").starts_with("## "));
    assert!(start("junit").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
    let log: Value = serde_json::from_str(&start("sarif")).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
}

#[test]
fn schema_readme_and_rollback() {
    let folder = shop("other-commands");
    let of = |arguments: &[&str]| {
        let called = call_in(&folder, arguments, b"");
        assert_eq!((called.status, called.err.as_str()), (0, ""), "{arguments:?}");
        called.out
    };
    assert!(
        of(&["schema", "migrations"]).contains("CREATE INDEX orders_customer_idx ON orders (customer_id);")
    );
    assert!(!of(&["schema", "migrations", "--at", "1"]).contains("customer_id"));
    let all = of(&["rollback", "migrations", "--all"]);
    assert!(all.ends_with("\n\nDROP TABLE orders;\n"), "{all}");
    assert_eq!(
        of(&["rollback", "migrations", "--version", "000001"]),
        "-- Undoes 000001_create_orders.up.sql. Written by Lockstep from the simulated catalog.\n\
         -- Simulated: up and then this leaves the schema as it was before.\n\
         -- What it does not bring back:\n\
         --   table public.orders: every row written since the migration is destroyed\n\n\
         DROP TABLE orders;\n"
    );
    assert!(of(&["readme", "migrations"]).starts_with("# Migrations 000001 to 000002\n"));
}

#[test]
fn a_migration_that_changes_no_schema_has_nothing_to_undo() {
    let called = call(&["rollback", "-"], b"SELECT 1;");
    assert_eq!((called.status, called.err.as_str()), (0, ""));
    assert!(called.out.ends_with("\n-- Nothing in the schema is to be undone.\n"), "{}", called.out);
}

#[test]
fn rules_and_their_documentation() {
    let called = call(&["rules", "--format", "json"], b"");
    let rules = called.json();
    let rules = rules.as_array().expect("rules");
    assert_eq!(call(&["rules"], b"").out.lines().count(), rules.len());
    for rule in rules {
        let id = rule["id"].as_str().expect("an id");
        let called = call(&["explain", id], b"");
        assert_eq!(called.status, 0);
        assert!(called.out.starts_with(&format!("# {id}\n")));
    }
    let by_alias = call(&["explain", "squawk:require-concurrent-index-creation"], b"");
    assert!(by_alias.out.starts_with("# index-not-concurrent\n"));
}
