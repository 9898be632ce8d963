//! Input that nobody would call a migration: the program answers, and never crashes.

use serde_json::Value;

use crate::{Called, call};

/// Reviews it as JSON; the exit status is one that the interface knows.
fn reviewed(input: &[u8]) -> (Called, Value) {
    let called = call(&["review", "-", "--format", "json"], input);
    assert!((0..=1).contains(&called.status), "{}", called.err);
    assert_eq!(called.err, "");
    let document = called.json();
    for format in ["human", "markdown", "github", "junit", "sarif"] {
        let other = call(&["review", "-", "--format", format], input);
        assert_eq!(other.status, called.status, "{format}: {}", other.err);
    }
    for command in ["readme", "schema"] {
        let other = call(&[command, "-"], input);
        assert_eq!((other.status, other.err.as_str()), (0, ""), "{command}");
    }
    (called, document)
}

fn sqlstates(document: &Value) -> Vec<String> {
    let migrations = document["migrations"].as_array().expect("migrations");
    let statements = migrations.iter().flat_map(|m| m["up"]["statements"].as_array().expect("statements"));
    statements.map(|s| s["error"]["sqlstate"].as_str().unwrap_or("none").to_owned()).collect()
}

#[test]
fn open_parentheses() {
    let sql = format!("SELECT {};\nCREATE TABLE a (id int);", "(".repeat(200_000));
    let (called, document) = reviewed(sql.as_bytes());
    assert_eq!(called.status, 1);
    assert!(!sqlstates(&document).is_empty());
}

#[test]
fn closed_parentheses() {
    let sql = format!("SELECT {}1{};", "(".repeat(200_000), ")".repeat(200_000));
    let (_, document) = reviewed(sql.as_bytes());
    assert_eq!(sqlstates(&document), ["54001"]);
}

#[test]
fn a_chain_of_operators() {
    for operator in ["||", "+", "AND", "OR", "="] {
        let chain = vec!["a"; 20_000].join(&format!(" {operator} "));
        reviewed(format!("UPDATE t SET x = {chain};\nSELECT 1;").as_bytes());
    }
}

#[test]
fn nested_operators() {
    reviewed(format!("SELECT {}1;", "- ".repeat(20_000)).as_bytes());
    reviewed(format!("SELECT {}true;", "NOT ".repeat(20_000)).as_bytes());
    reviewed(format!("SELECT {}1;", "SELECT (".repeat(20_000)).as_bytes());
}

#[test]
fn an_unterminated_dollar_quote() {
    let (called, document) = reviewed(b"CREATE TABLE a (id int);\nDO $$ BEGIN\nCREATE TABLE b (id int);");
    assert_eq!((called.status, sqlstates(&document)), (1, vec!["none".to_owned(), "42601".to_owned()]));
}

#[test]
fn a_nul_byte() {
    let (_, document) = reviewed(b"CREATE TABLE a (id int);\nSELECT '\0';\nCREATE TABLE b (id int);");
    assert_eq!(sqlstates(&document).len(), 3);
}

#[test]
fn invalid_utf8() {
    let (_, document) =
        reviewed(b"CREATE TABLE a (id int);\nSELECT '\xff\xfe\xc3';\nCREATE TABLE b (id int);");
    assert_eq!(sqlstates(&document).len(), 3);
}

#[test]
fn fifty_megabytes() {
    let row = "INSERT INTO a VALUES (1);\n";
    let sql = row.repeat(50 * 1024 * 1024 / row.len() + 1);
    let called = call(&["review", "-", "--format", "json"], sql.as_bytes());
    assert!((0..=1).contains(&called.status), "{}", called.err);
    assert!(
        called.out.contains("MiB") || called.out.contains("bytes"),
        "it is said that the file is refused"
    );
}

#[test]
fn nothing_at_all() {
    for input in [&b""[..], b"\n", b"\xef\xbb\xbf", b"-- only a comment\n", b";;;"] {
        let (called, document) = reviewed(input);
        assert_eq!(called.status, 0);
        assert!(sqlstates(&document).is_empty(), "{document}");
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark() {
    let (_, document) =
        reviewed(b"\xef\xbb\xbfCREATE TABLE a (id int);\r\nCREATE INDEX i\r\n  ON a (id);\r\n");
    let statements = &document["migrations"][0]["up"]["statements"];
    assert_eq!(sqlstates(&document), ["none", "none"]);
    assert_eq!(
        (&statements[0]["line"], &statements[0]["column"], &statements[0]["offset"]),
        (&1.into(), &1.into(), &3.into())
    );
    assert_eq!(
        (&statements[1]["line"], &statements[1]["column"], &statements[1]["offset"]),
        (&2.into(), &1.into(), &29.into())
    );
}

#[test]
fn a_dump() {
    let dump = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nSET statement_timeout = 0;\n\
        SELECT pg_catalog.set_config('search_path', '', false);\n\n\
        CREATE TABLE public.orders (\n    id bigint NOT NULL,\n    note text\n);\n\n\
        COPY public.orders (id, note) FROM stdin;\n1\tit's; a \\\\ trap\n2\t\\N\n\\.\n\n\
        ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);\n\n\\unrestrict abc\n";
    let (_, document) = reviewed(dump.as_bytes());
    assert!(sqlstates(&document).iter().all(|state| state == "none"), "{:?}", sqlstates(&document));
    let schema = call(&["schema", "-"], dump.as_bytes());
    assert!(schema.out.contains("orders_pkey"), "{}", schema.out);
}

#[test]
fn bytes_of_all_kinds() {
    let mut state: u32 = 1;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(100_000)
    .collect();
    reviewed(&bytes);
}
