//! `lockstep fix`.

use std::fs;

use crate::{call_in, folder};

const FILES: &[(&str, &str)] = &[
    ("migrations/001_orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, code text);\n"),
    (
        "migrations/002_index.sql",
        "ALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX i ON orders (code);\n",
    ),
];

#[test]
fn without_a_folder_only_the_diff_is_printed() {
    let folder = folder("fix_diff", FILES);
    let called = call_in(&folder, &["fix", "migrations", "--since", "001"], b"");
    assert_eq!((called.status, called.err.as_str()), (0, ""), "{}", called.out);
    for line in [
        "--- a/migrations/002_index.sql",
        "-CREATE INDEX i ON orders (code);",
        "+++ b/migrations/003_create_i.sql",
        "+CREATE INDEX CONCURRENTLY i ON orders (code);",
    ] {
        assert!(called.out.lines().any(|own| own == line), "{line}: {}", called.out);
    }
    assert!(!folder.join("migrations/003_create_i.sql").exists());
}

#[test]
fn changed_and_new_files_go_into_the_folder() {
    let folder = folder("fix_files", FILES);
    let called = call_in(&folder, &["fix", "migrations", "--since", "001", "--out", "safe"], b"");
    assert_eq!(called.status, 0, "{}", called.err);
    let read = |name: &str| fs::read_to_string(folder.join("safe").join(name)).unwrap_or_default();
    assert!(!folder.join("safe/001_orders.sql").exists());
    assert!(!read("002_index.sql").contains("CREATE INDEX"));
    assert!(read("003_create_i.sql").contains("CREATE INDEX CONCURRENTLY i ON orders (code);"));
    let again = call_in(&folder, &["fix", "safe", "--baseline", "migrations/001_orders.sql"], b"");
    assert_eq!(again.out, "Nothing was found that can be rewritten.\n");
}

#[test]
fn what_is_left_decides_the_status() {
    let files = [("001_a.sql", "DROP TABLE orders;\n")];
    let called = call_in(&folder("fix_left", &files), &["fix", "."], b"");
    assert_eq!(called.status, 1, "{}", called.out);
}
