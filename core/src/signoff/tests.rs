//! A sign-off written, read back, and compared with files that change.

use super::*;
use crate::settings::RuleSettings;
use crate::{Settings, Workspace, review};

const FILES: &[(&str, &str)] = &[
    ("db/001_a.sql", "SET lock_timeout = '5s';\nCREATE INDEX a_b_idx ON a (b);\n"),
    ("db/002_b.sql", "SET lock_timeout = '5s';\nALTER TABLE a DROP COLUMN c;\n"),
    ("db/rollback/002_b.sql", "ALTER TABLE a ADD COLUMN c integer;\n"),
];

fn reviewed(files: &[(&str, &str)]) -> Review {
    let mut workspace = Workspace::new();
    for (path, text) in files {
        workspace.add(*path, text);
    }
    review(&workspace, &Settings::default())
}

/// Everything reviewed and accepted.
fn decided(review: &Review) -> Decisions {
    let (by, on) = ("A. Reviewer".to_owned(), "2025-03-14".to_owned());
    let reviewed =
        titles(review).into_iter().map(|migration| Reviewed { migration, by: by.clone(), on: on.clone() });
    let dangers = grave(review).filter(|finding| finding.severity == Severity::Danger);
    let accepted = dangers.map(|finding| Accepted {
        spot: spot(review, finding),
        by: by.clone(),
        on: on.clone(),
        reason: "The table is <small> \"today\"\n```".to_owned(),
    });
    Decisions { reviewed: reviewed.collect(), accepted: accepted.collect() }
}

fn signed() -> SignOff {
    let review = reviewed(FILES);
    SignOff::of(&review, &decided(&review))
}

/// What [`compare`] objects to, a line each.
fn objections(signed: &SignOff, files: &[(&str, &str)]) -> Vec<String> {
    compare(signed, &reviewed(files))
        .into_iter()
        .map(|o| format!("{:?} {}:{}", o.concern, o.path, o.line))
        .collect()
}

#[test]
fn what_is_written_is_read_back() {
    let review = reviewed(FILES);
    let text = write(&review, &decided(&review));
    assert!(is_sign_off(&text) && !is_sign_off("# Sign-off\n\n```json\n{}\n```\n"));
    assert_eq!(read(&text), Ok(signed()));
    assert_eq!(read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), Ok(signed()), "other line ends");
    assert_eq!(compare(&signed(), &review), []);
}

#[test]
fn it_reads_well() {
    let review = reviewed(FILES);
    let mut decisions = decided(&review);
    decisions.reviewed.remove(1);
    decisions.accepted.truncate(1);
    let text = write(&review, &decisions);
    let (readable, _) = text.split_once("```json").expect("a block");
    insta::assert_snapshot!(readable.trim_end_matches('`'), @r#"
    # Sign-off

    <!-- Written by Lockstep. -->

    Do not run these 2 migrations as written: 2 dangers (index-not-concurrent, drop-column), and 2 warnings.

    ## Migrations

    | Migration | Reviewed by | On |
    |---|---|---|
    | `001_a.sql` | A. Reviewer | 2025-03-14 |
    | `002_b.sql` | nobody yet |  |

    ## Accepted dangers

    - `db/001_a.sql:2` `index-not-concurrent`: Building `a_b_idx` holds SHARE on `public.a`: INSERT, UPDATE and DELETE wait until every row is read and sorted.
      Accepted by A. Reviewer on 2025-03-14: The table is \<small\> "today" \`\`\`

    ## Dangers that nobody has accepted

    - `db/002_b.sql:2` `drop-column`: All data in `public.a.c` is lost, and code that still names the column fails (42703).

    ## What was signed

    The files below as they were, byte for byte. `lockstep verify` reads this block, and compares it with the files and with what a review of them finds.
    "#);
}

#[test]
fn what_cannot_be_read_is_told() {
    let text = write(&reviewed(FILES), &Decisions::default());
    for (text, expected) in [
        (String::new(), "it has no block of JSON with a sign-off"),
        ("```json\n{\"signoff\": 1,\n```\n".to_owned(), "its block stops being JSON in line 3, column 1"),
        ("```json\n{\"signoff\": 2}\n```\n".to_owned(), "it is of format 2, and only format 1 is known here"),
        ("```json\n{\"signoff\": \"x\"}\n```\n".to_owned(), "its block does not say of which format it is"),
        (text.replace("\"sha256\": \"", "\"sha256\": \"x"), "number 1 of its files is not complete"),
        (format!("{text}{text}"), "there is a second sign-off in line "),
    ] {
        let problem = read(&text).unwrap_err();
        assert!(problem.starts_with(expected), "{problem}");
    }
}

#[test]
fn what_changes_is_objected_to() {
    let [first, second, back] = [FILES[0], FILES[1], FILES[2]];
    let nothing: &[&str] = &[];
    for (files, expected) in [
        (&[first, second, back][..], nothing),
        (&[("001_a.sql", first.1), ("002_b.sql", second.1), ("rollback/002_b.sql", back.1)], nothing),
        (
            &[
                ("db/001_a.sql", "-- More.\nSET lock_timeout = '5s';\nCREATE INDEX a_b_idx ON a (b);\n"),
                second,
                back,
            ],
            &["Changed db/001_a.sql:0"],
        ),
        (
            &[
                (
                    "db/001_a.sql",
                    "SET lock_timeout = '5s';\nCREATE INDEX a_b_idx ON a (b);\nCREATE INDEX a_d_idx ON a (d);\n",
                ),
                second,
                back,
            ],
            &["Changed db/001_a.sql:0", "NotAccepted db/001_a.sql:3"],
        ),
        (&[first, second], &["Removed db/rollback/002_b.sql:0"]),
        (
            &[first, second, back, ("db/003_c.sql", "DROP TABLE x;")],
            &[
                "Added db/003_c.sql:0",
                "NotReviewed 003_c.sql:0",
                "NotAccepted db/003_c.sql:1",
                "FoundMore db/003_c.sql:1",
            ],
        ),
    ] {
        let found: Vec<String> = objections(&signed(), files);
        let is_all = expected.iter().all(|line| found.iter().any(|other| other == line));
        assert!(is_all && found.is_empty() == expected.is_empty(), "{files:?}: {found:?}");
    }
}

#[test]
fn an_open_danger_is_objected_to() {
    let mut signed = signed();
    let accepted = signed.decisions.accepted.remove(0).spot;
    assert_eq!(objections(&signed, FILES), [format!("NotAccepted {}:{}", accepted.path, accepted.line)]);
    signed.decisions.reviewed.clear();
    assert!(objections(&signed, FILES).contains(&"NotReviewed 001_a.sql:0".to_owned()));
}

#[test]
fn rules_that_find_more_are_objected_to() {
    let mut signed = signed();
    let is_warning = |(severity, _): &(Severity, Spot)| *severity == Severity::Warning;
    let warning = signed.findings.iter().position(is_warning).expect("a warning");
    let (_, spot) = signed.findings.remove(warning);
    signed.rules = "of an older Lockstep".to_owned();
    let found = compare(&signed, &reviewed(FILES));
    assert_eq!((found.len(), found[0].concern, found[0].line), (1, Concern::FoundMore, spot.line));
    assert!(found[0].message.contains("with other rules"), "{}", found[0].message);
}

#[test]
fn another_review_is_objected_to() {
    let mut workspace = Workspace::new();
    for (path, text) in FILES {
        workspace.add(*path, text);
    }
    for settings in [
        Settings { postgres: 14, ..Settings::default() },
        Settings { stats: Some("relation,rows\na,5\n".to_owned()), ..Settings::default() },
        Settings {
            baseline: Some(("a.sql".to_owned(), "CREATE TABLE a (b int, c int);".to_owned())),
            ..Settings::default()
        },
        Settings { since: Some("001".to_owned()), ..Settings::default() },
        Settings {
            rules: RuleSettings { severities: vec![("drop-column", None)], only: None },
            ..Settings::default()
        },
    ] {
        let found = compare(&signed(), &review(&workspace, &settings));
        assert_eq!(
            found.first().map(|objection| objection.concern),
            Some(Concern::Conditions),
            "{settings:?}"
        );
    }
}

#[test]
fn what_still_holds_is_kept() {
    let changed = [FILES[0], ("db/002_b.sql", "ALTER TABLE a DROP COLUMN c, DROP COLUMN d;\n"), FILES[2]];
    let kept = that_hold(&signed(), &reviewed(&changed));
    assert_eq!(kept.reviewed.iter().map(|r| r.migration.as_str()).collect::<Vec<_>>(), ["001_a.sql"]);
    assert!(!kept.accepted.is_empty() && kept.accepted.iter().all(|a| a.spot.path == "db/001_a.sql"));
}
