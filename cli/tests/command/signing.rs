//! `signoff` and `verify`: a team's merge gate.

use std::fs;
use std::path::Path;

use crate::{call_in, folder};

const FILES: &[(&str, &str)] = &[
    ("db/001_a.sql", "SET lock_timeout = '5s';\nCREATE INDEX a_b_idx ON a (b);\n"),
    ("db/rollback/001_a.sql", "DROP INDEX a_b_idx;\n"),
];
const SIGN: &[&str] = &["signoff", "db", "--by", "A. Reviewer", "--date", "2025-03-14"];
const ACCEPT: &[&str] = &["--accept", "index-not-concurrent@001_a.sql:2=The table is small."];

/// Signs, and gives the exit status.
fn sign(folder: &Path, more: &[&str]) -> (i32, String) {
    let called = call_in(folder, &[SIGN, more].concat(), b"");
    fs::write(folder.join("db/SIGNOFF.md"), &called.out).expect("a file");
    (called.status, called.err)
}

fn verified(folder: &Path, more: &[&str]) -> (i32, String) {
    let called = call_in(folder, &[&["verify", "db/SIGNOFF.md", "db"], more].concat(), b"");
    assert_eq!(called.err, "");
    (called.status, called.out)
}

#[test]
fn a_sign_off_holds_until_something_changes() {
    let folder = folder("signing", FILES);
    assert_eq!(sign(&folder, ACCEPT), (0, String::new()));
    let holds =
        "db/SIGNOFF.md holds: 2 files as signed, 1 migration reviewed by A. Reviewer, 1 danger accepted.\n";
    assert_eq!(verified(&folder, &[]), (0, holds.to_owned()), "the sign-off may lie with the files");
    let elsewhere = call_in(&folder.join("db"), &["verify", "SIGNOFF.md", "."], b"");
    assert_eq!(elsewhere.status, 0, "from another folder: {}", elsewhere.out);

    let (status, out) = verified(&folder, &["--pg", "14"]);
    assert!(
        status == 1 && out.starts_with("It was signed for PostgreSQL 18, and this review is for 14.\n"),
        "{out}"
    );

    fs::write(folder.join("db/002_b.sql"), "DROP TABLE c;\n").expect("a file");
    fs::write(folder.join("db/rollback/001_a.sql"), "SELECT 1;\n").expect("a file");
    let (status, out) = verified(&folder, &[]);
    assert_eq!(status, 1);
    for line in [
        "db/002_b.sql: It was not there when it was signed.\n",
        "db/rollback/001_a.sql: It changed since it was signed.\n",
        "002_b.sql: Nobody has signed that it was reviewed.\n",
        "db/002_b.sql:1: drop-table: nobody has accepted this danger. ",
        "db/SIGNOFF.md does not hold. Sign it again: lockstep signoff --help\n",
    ] {
        assert!(out.contains(line), "{line}{out}");
    }
}

#[test]
fn an_open_danger_does_not_pass() {
    let folder = folder("signing-open", FILES);
    let open = "lockstep: nobody has accepted index-not-concurrent@db/001_a.sql:2\n";
    assert_eq!(sign(&folder, &[]), (1, open.to_owned()));
    let (status, out) = verified(&folder, &[]);
    assert!(
        status == 1 && out.starts_with("db/001_a.sql:2: index-not-concurrent: nobody has accepted"),
        "{out}"
    );
}

#[test]
fn what_others_signed_is_kept() {
    let folder = folder("signing-kept", FILES);
    sign(&folder, ACCEPT);
    let second = ["signoff", "db", "--by", "B. Reviewer", "--date", "2025-03-15", "--keep", "db/SIGNOFF.md"];
    let called = call_in(&folder, &second, b"");
    assert_eq!((called.status, called.err.as_str()), (0, ""));
    for line in [
        "| `001_a.sql` | B. Reviewer, A. Reviewer | 2025-03-15, 2025-03-14 |",
        "Accepted by A. Reviewer on 2025-03-14: The table is small.",
    ] {
        assert!(called.out.contains(line), "{}", called.out);
    }
}

#[test]
fn wrong_usage_of_either_is_said() {
    let folder = folder("signing-usage", FILES);
    for (arguments, message) in [
        (&["signoff", "db"][..], "signoff needs --by NAME; see lockstep signoff --help"),
        (&["signoff", "db", "--by", "A"], "signoff needs --date YYYY-MM-DD; see lockstep signoff --help"),
        (
            &["signoff", "db", "--by", "A", "--date", "14.3.2025"],
            "--date 14.3.2025: a date is written YYYY-MM-DD",
        ),
        (
            &["signoff", "db", "--by", "A", "--date", "2025-13-01"],
            "--date 2025-13-01: a date is written YYYY-MM-DD",
        ),
        (&["signoff", "db", "--accept", "x"], "--accept x: it is written RULE@FILE:LINE=REASON"),
        (&["signoff", "db", "--accept", "x= "], "--accept x= : the reason is missing"),
        (
            &[
                "signoff",
                "db",
                "--by",
                "A",
                "--date",
                "2025-03-14",
                "--accept",
                "drop-table@001_a.sql=Why not",
            ],
            "--accept drop-table@001_a.sql: no such danger was found",
        ),
        (&["verify", "db"], "verify needs a sign-off, and then what it is of; see lockstep verify --help"),
        (&["verify", "db/001_a.sql", "db"], "db/001_a.sql: it has no block of JSON with a sign-off"),
        (&["verify", "SIGNOFF.md", "db"], "cannot read SIGNOFF.md: No such file or directory (os error 2)"),
    ] {
        let called = call_in(&folder, arguments, b"");
        assert_eq!((called.status, called.out.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(called.err, format!("lockstep: {message}\n"));
    }
}
