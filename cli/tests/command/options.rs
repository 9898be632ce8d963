//! Options, paths and exit statuses.

use crate::{call, call_in, folder};

const INDEX: &[u8] = b"CREATE INDEX i ON orders (a);";

#[test]
fn the_status_follows_fail_on() {
    for (input, fail_on, status) in [
        (INDEX, "danger", 1),
        (INDEX, "never", 0),
        (b"CREATE TABLE a (id bigint PRIMARY KEY);", "danger", 0),
        (b"CREATE TABLE a (id bigint PRIMARY KEY);", "warning", 0),
        (b"CREATE TABLE a (id bigint PRIMARY KEY);", "advice", 1),
        (b"SELECT 1;", "warning", 0),
    ] as [(&[u8], &str, i32); 6]
    {
        let called = call(&["review", "-", "--fail-on", fail_on], input);
        assert_eq!(called.status, status, "{fail_on}: {}", called.out);
        assert_eq!(called.err, "");
    }
}

#[test]
fn the_query_for_sizes_is_printed() {
    let called = call(&["sizes"], b"");
    assert_eq!((called.status, &*called.out), (0, lockstep_core::rules::SIZES_QUERY));
    assert_eq!(call(&["sizes", "more"], b"").status, 2);
}

#[test]
fn wrong_usage_is_said_in_one_line() {
    let folder = folder("usage", &[("001_a.sql", "SELECT 1;"), ("002_b.sql", "SELECT 1;")]);
    for (arguments, message) in [
        (&[][..], "no command given; lockstep --help lists them"),
        (
            &["revue"],
            "there is no command revue; the commands are review, schema, rollback, fix, readme, signoff, verify, sizes, rules, explain",
        ),
        (&["review"], "review needs a file or a folder, or - for standard input; see lockstep review --help"),
        (&["review", ".", "--pg", "13"], "--pg 13: the versions are 14 to 18"),
        (&["review", ".", "--pg", "latest"], "--pg latest: the versions are 14 to 18"),
        (
            &["review", ".", "--format", "xml"],
            "--format xml: it is one of human, json, markdown, sarif, github, junit, html",
        ),
        (
            &["review", ".", "--fail-on", "error"],
            "--fail-on error: it is one of danger, warning, advice, never",
        ),
        (
            &["review", ".", "--transaction", "no"],
            "--transaction no: it is one of per-migration, per-statement, auto",
        ),
        (&["review", ".", "--unknown", "x"], "--unknown x: it is one of auto, assume, refuse"),
        (&["review", ".", "--since"], "--since needs a value"),
        (&["review", ".", "--since", "9"], "--since 9: the versions are 001, 002"),
        (&["schema", ".", "--at", "9"], "--at 9: the versions are 001, 002"),
        (&["rollback", ".", "--version", "9"], "--version 9: the versions are 001, 002"),
        (&["review", ".", "--quiet"], "there is no option --quiet; see lockstep review --help"),
        (&["schema", ".", "--format", "json"], "there is no option --format; see lockstep schema --help"),
        (&["review", "nowhere"], "cannot read nowhere: No such file or directory (os error 2)"),
        (
            &["review", ".", "--baseline", "nowhere"],
            "cannot read nowhere: No such file or directory (os error 2)",
        ),
        (
            &["review", ".", "--stats", "nowhere"],
            "cannot read nowhere: No such file or directory (os error 2)",
        ),
        (&["explain"], "explain needs a rule; lockstep rules lists them"),
        (&["explain", "no-such-rule"], "there is no rule no-such-rule; lockstep rules lists them"),
    ] {
        let called = call_in(&folder, arguments, b"");
        assert_eq!((called.status, called.out.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(called.err, format!("lockstep: {message}\n"), "{arguments:?}");
    }
    let called = call_in(&folder, &["review", ".", "--layout", "rails"], b"");
    assert_eq!(called.status, 2);
    assert!(
        called.err.starts_with("lockstep: --layout rails: the layouts are auto, prisma, "),
        "{}",
        called.err
    );
}

#[test]
fn help_is_no_error() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["help", "schema"],
        &["review", "--help"],
        &["schema", "--help"],
        &["rollback", "-h"],
        &["readme", "--help"],
        &["rules", "--help"],
        &["sizes", "--help"],
        &["explain", "--help"],
        &["--version"],
    ] {
        let called = call(arguments, b"");
        assert_eq!((called.status, called.err.as_str()), (0, ""), "{arguments:?}");
        assert!(called.out.contains("lockstep") || called.out.contains("Lockstep"), "{arguments:?}");
    }
}

#[test]
fn a_folder_is_searched() {
    let folder = folder(
        "search",
        &[
            ("db/002_b.sql", "SELECT 2;"),
            ("db/001_a.sql", "SELECT 1;"),
            ("db/rollback/001_rollback.sql", "SELECT 1;"),
            ("db/.hidden.sql", "SELECT 3;"),
            ("db/.git/003_c.sql", "SELECT 3;"),
            ("db/node_modules/x/004_d.sql", "SELECT 4;"),
            ("db/main.rs", "fn main() {}"),
        ],
    );
    let paths = |arguments: &[&str]| -> Vec<String> {
        let document = call_in(&folder, arguments, b"").json();
        let migrations = document["migrations"].as_array().expect("migrations");
        migrations.iter().map(|m| m["up"]["path"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let wanted = ["db/001_a.sql", "db/002_b.sql"];
    let absolute = folder.join("db");
    let absolute = absolute.to_str().expect("UTF-8");
    for path in ["db", "./db", "db/", absolute] {
        assert_eq!(paths(&["review", path, "--format", "json"]), wanted, "{path}");
    }
    let same_twice = ["review", "db/002_b.sql", "db", "--format", "json"];
    assert_eq!(paths(&same_twice), wanted);
    assert_eq!(paths(&["review", "db/main.rs", "db/001_a.sql", "--format", "json"]), ["db/001_a.sql"]);
}

#[test]
fn an_empty_folder_is_told_of() {
    let folder = folder("empty", &[("notes.rs", "")]);
    let called = call_in(&folder, &["review", "."], b"");
    assert_eq!((called.status, called.err.as_str()), (0, "lockstep: there are no migration files in .\n"));
    assert!(called.out.contains("There is no migration here to review."));
}

#[test]
fn the_version_of_the_server_matters() {
    let sql = b"ALTER TABLE a ADD CONSTRAINT b NOT NULL c NOT VALID;";
    for (version, sqlstate) in [("14", "42601"), ("17", "42601"), ("18", "none")] {
        let document = call(&["review", "-", "--format", "json", "--pg", version], sql).json();
        let error = &document["migrations"][0]["up"]["statements"][0]["error"];
        assert_eq!(error["sqlstate"].as_str().unwrap_or("none"), sqlstate, "{version}");
        assert_eq!(document["postgres"].to_string(), version);
    }
}

#[test]
fn the_transaction_can_be_told() {
    let mode = |value: &str| {
        let document =
            call(&["review", "-", "--format", "json", "--transaction", value], b"SELECT 1; SELECT 2;").json();
        document["migrations"][0]["up"]["transaction"].as_str().expect("a mode").to_owned()
    };
    assert_eq!((mode("per-migration").as_str(), mode("per-statement").as_str()), ("single", "none"));
}

#[test]
fn what_is_unknown_can_be_refused() {
    let error = |arguments: &[&str]| {
        let all = [&["review", "-", "--format", "json"], arguments].concat();
        call(&all, INDEX).json()["migrations"][0]["up"]["statements"][0]["error"].clone()
    };
    assert!(error(&[]).is_null() && error(&["--unknown", "assume"]).is_null());
    assert_eq!(error(&["--unknown", "refuse"])["sqlstate"], "42P01");
}

#[test]
fn a_baseline_is_there_before() {
    let folder =
        folder("baseline", &[("baseline.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, a int);\n")]);
    let called = call_in(&folder, &["review", "-", "--baseline", "baseline.sql", "--format", "json"], INDEX);
    let statement = &called.json()["migrations"][0]["up"]["statements"][0];
    assert!(statement["error"].is_null(), "{statement}");
    assert_eq!(statement["assumed"].as_array().map(Vec::len), Some(0));
    let other = call_in(
        &folder,
        &["review", "-", "--baseline", "baseline.sql", "--format", "json"],
        b"CREATE INDEX i ON invoices (a);",
    );
    assert_eq!(other.json()["migrations"][0]["up"]["statements"][0]["error"]["sqlstate"], "42P01");
}

#[test]
fn sizes_of_tables_matter() {
    let folder = folder("stats", &[("sizes.csv", "relation,rows\npublic.orders,12\nbad,many\n")]);
    let called = call_in(&folder, &["review", "-", "--stats", "sizes.csv", "--format", "json"], INDEX);
    assert!(!called.rules().contains(&"index-not-concurrent".to_owned()));
    assert_eq!(called.err, "lockstep: sizes.csv:3: the number of rows of bad is not a number\n");
    assert!(
        call(&["review", "-", "--format", "json"], INDEX)
            .rules()
            .contains(&"index-not-concurrent".to_owned())
    );
}

#[test]
fn the_time_zone_matters() {
    let sql = b"CREATE TABLE a (t timestamp);\nINSERT INTO a SELECT now();\nALTER TABLE a ALTER t TYPE timestamptz;";
    let work = |arguments: &[&str]| {
        let all = [&["review", "-", "--format", "json"], arguments].concat();
        let document = call(&all, sql).json();
        document["migrations"][0]["up"]["statements"][2]["work"].as_array().map(Vec::len)
    };
    assert_eq!((work(&[]), work(&["--timezone", "UTC"])), (Some(1), Some(0)));
}

#[test]
fn colour_is_asked_for() {
    assert!(!call(&["review", "-"], INDEX).out.contains('\u{1b}'));
    assert!(call(&["review", "-", "--color", "always"], INDEX).out.contains('\u{1b}'));
}

#[test]
fn the_nearest_configuration_counts() {
    let folder = folder(
        "configured",
        &[
            (
                "lockstep.toml",
                "[rules]\nno-lock-timeout = 'off'\nmissing-rollback = 'off'\nnot-repeatable = 'off'\nunqualified-name = 'off'\n'squawk:require-concurrent-index-creation' = 'warning'\n",
            ),
            ("db/001_a.sql", "CREATE INDEX i ON orders (a);"),
            ("other.toml", "pg = 15\n[rules]\nindex-not-concurrent = 'off'\n"),
            ("wrong.toml", "pg = 15\n[rules]\nindexes = 'off'\n"),
        ],
    );
    let review =
        |more: &[&str]| call_in(&folder, &[&["review", "db", "--format", "json"], more].concat(), b"");
    assert_eq!(review(&[]).rules(), ["index-not-concurrent", "assumed-object"]);
    assert_eq!(review(&[]).status, 0);
    assert_eq!(review(&["--ignore", "assumed-object"]).rules(), ["index-not-concurrent"]);
    assert_eq!(review(&["--rules", "eugene:E6,drop-table"]).rules(), ["index-not-concurrent"]);
    let other = review(&["--config", "other.toml", "--rules", "index-not-concurrent,assumed-object"]);
    assert_eq!(other.rules(), ["assumed-object"]);
    assert!(other.out.contains("\"postgres\": 15") || other.out.contains("\"postgres\":15"), "{}", other.out);
    let wrong = review(&["--config", "wrong.toml"]);
    assert_eq!((wrong.status, wrong.err.as_str()), (2, "lockstep: wrong.toml:3: there is no rule indexes\n"));
    let unknown = review(&["--rules", "indexes"]);
    assert_eq!(unknown.err, "lockstep: --rules indexes: there is no such rule; lockstep rules lists them\n");
}

#[test]
fn a_configuration_may_be_pasted_and_name_a_baseline() {
    let folder = folder(
        "pasted",
        &[("001_a.sql", "ALTER TABLE a ADD COLUMN b int;"), ("db/schema.sql", "CREATE TABLE a (id int);")],
    );
    let paste = b"-- file: lockstep.toml\n[rules]\nmissing-rollback = \"off\"\n-- file: 1_a.sql\nCREATE TABLE IF NOT EXISTS public.a (id bigint PRIMARY KEY);";
    assert_eq!(call_in(&folder, &["review", "-", "--format", "json"], paste).rules(), Vec::<String>::new());
    std::fs::write(folder.join("lockstep.toml"), "baseline = 'db/schema.sql'").unwrap();
    let called = call_in(
        &folder,
        &["review", ".", "--format", "json", "--rules", "assumed-object,statement-fails"],
        b"",
    );
    assert_eq!((called.rules(), called.err.as_str()), (Vec::new(), ""));
    assert!(called.out.contains("The baseline."), "{}", called.out);
}

#[test]
fn a_zip_archive_is_read_as_its_folder_would_be() {
    // One file, stored: repo-1/db/migrations/001_a.sql with `SELECT 1;`.
    let (path, sql) = (b"repo-1/db/migrations/001_a.sql", b"SELECT 1;");
    let size = (sql.len() as u32).to_le_bytes();
    let name = (path.len() as u16).to_le_bytes();
    let checksum = 0x04B2_335C_u32.to_le_bytes();
    let fields = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &checksum, &size, &size, &name, &[0, 0]].concat();
    let entry = [b"PK\x01\x02\x14\0", &fields[..], &[0; 14], &path[..]].concat();
    let file = [b"PK\x03\x04", &fields[..], path, sql].concat();
    let (start, length) = ((file.len() as u32).to_le_bytes(), (entry.len() as u32).to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &length[..], &start, &[0, 0]].concat();
    let archive = [file, entry, end].concat();
    let called = call(&["review", "-", "--format", "json"], &archive);
    assert!(called.out.contains("db/migrations/001_a.sql"), "{}{}", called.out, called.err);
    let broken = call(&["review", "-"], &archive[..archive.len() - 5]);
    assert_eq!(
        (broken.status, broken.err.as_str()),
        (2, "lockstep: cannot read stdin.sql: it is damaged, or no zip archive\n")
    );
}

#[test]
fn a_configuration_names_table_sizes_and_what_fails() {
    let folder = folder(
        "sized",
        &[
            ("lockstep.toml", "stats = 'sizes.csv'\nfail-on = 'never'\n"),
            ("sizes.csv", "relation,rows\npublic.orders,12\n"),
            ("001_a.sql", "CREATE INDEX i ON orders (total);"),
            ("002_b.sql", "DROP TABLE customers;"),
        ],
    );
    let review =
        |more: &[&str]| call_in(&folder, &[&["review", ".", "--format", "json"], more].concat(), b"");
    let called = review(&["--rules", "index-not-concurrent,drop-table"]);
    assert_eq!((called.rules(), called.status), (vec!["drop-table".to_owned()], 0));
    assert_eq!(review(&["--fail-on", "danger"]).status, 1);
}
