//! Migrations that are dangerous and migrations that are not, and what a review says of each, as tables of cases in `hazards/`.
//!
//! A case is a block of SQL that begins with a line `---- title`. It may be several files, with `-- file:` lines. The lines
//! `-- = SEVERITY RULE` at its end are the dangers and warnings that are found, all of them; without such a line it is safe.
//! A down script that is missing is nobody's concern here.
//!
//! Every case meets the schema of `shop.sql` as its baseline. After the title, behind `|`, may stand
//!
//! - `alone`: it is pasted without anything else;
//! - `pg VERSION`, `transaction single`, `transaction none`;
//! - `stats TABLE,ROWS`.

use std::fs;
use std::path::Path;

use lockstep_core::report::json::Severity;
use lockstep_core::settings::TransactionMode;
use lockstep_core::{Settings, Workspace, review};

/// The file with the schema that every case meets.
const BASELINE: &str = "shop.sql";

/// The settings of a case whose title has these words behind it.
fn settings<'t>(baseline: &str, words: impl Iterator<Item = &'t str>) -> Settings {
    let mut settings =
        Settings { baseline: Some((BASELINE.to_owned(), baseline.to_owned())), ..Settings::default() };
    for word in words {
        match word.split_once(' ').unwrap_or((word, "")) {
            ("alone", "") => settings.baseline = None,
            ("pg", version) => settings.postgres = version.parse().expect("a version"),
            ("transaction", "single") => settings.transaction = Some(TransactionMode::Single),
            ("transaction", "none") => settings.transaction = Some(TransactionMode::None),
            ("stats", row) => settings.stats = Some(format!("relation,rows\n{row}\n")),
            _ => panic!("{word} is no setting"),
        }
    }
    settings
}

/// The dangers and warnings, each rule once, as the cases write them; with what they say.
fn found(sql: &str, settings: &Settings) -> (Vec<String>, String) {
    let mut workspace = Workspace::new();
    workspace.add("case.sql", sql);
    let review = review(&workspace, settings);
    let loud: Vec<_> = review
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Advice && finding.rule.id != "missing-rollback")
        .collect();
    let mut lines: Vec<String> =
        loud.iter().map(|finding| format!("{} {}", finding.severity.name(), finding.rule.id)).collect();
    lines.sort();
    lines.dedup();
    (lines, loud.iter().map(|finding| format!("\n    {}: {}", finding.rule.id, finding.message)).collect())
}

#[test]
fn the_dangerous_is_found_for_its_reason_and_the_safe_is_left_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hazards");
    let baseline = fs::read_to_string(folder.join(BASELINE)).expect("the baseline");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|file| !file.ends_with(BASELINE)) {
        let text = fs::read_to_string(file).expect("a readable file");
        for block in format!("\n{text}").split("\n---- ").skip(1) {
            let (title, body) = block.split_once('\n').expect("a case has lines");
            let (expected, sql): (Vec<_>, Vec<_>) = body.lines().partition(|line| line.starts_with("-- = "));
            let mut expected: Vec<_> = expected.iter().map(|line| line["-- = ".len()..].to_owned()).collect();
            expected.sort();
            let mut words = title.split(" | ");
            let title = words.next().unwrap_or_default();
            let (actual, said) = found(&sql.join("\n"), &settings(&baseline, words));
            count += 1;
            if actual != expected {
                let file = file.file_stem().unwrap_or_default().to_string_lossy();
                wrong.push(format!("{file}: {title}\n  expected {expected:?}\n  found    {actual:?}{said}"));
            }
        }
    }
    assert!(count > 150, "only {count} cases were read");
    assert!(wrong.is_empty(), "{} of {count} cases are judged otherwise:\n{}", wrong.len(), wrong.join("\n"));
}
