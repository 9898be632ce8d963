//! Up, and then the way back that Lockstep writes, leaves the schema as it was: for the last statement of every case,
//! those of the oracle too.

use std::fs;
use std::path::Path;

use lockstep_core::rollback::{Verdict, written};
use lockstep_core::{Settings, Workspace, review};

/// So many of a hundred scripts have to restore the schema. The others say what they leave.
const RESTORED: usize = 95;

fn sql_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sql_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "sql") {
            found.push(path);
        }
    }
}

#[test]
fn what_is_written_restores_the_schema_or_says_that_it_does_not() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sql_files(&home.join("tests/cases"), &mut files);
    sql_files(&home.join("../tools/oracle/cases"), &mut files);
    let (mut all, mut restored) = (0, 0);
    let mut others = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for block in format!("\n{text}").split("\n---- ").skip(1) {
            let (title, sql) = block.split_once('\n').unwrap_or((block, ""));
            let statements = lockstep_core::sql::parse(sql, 0);
            let Some(last) = statements.last() else { continue };
            let (before, up) = sql.split_at(last.range.start as usize);
            let mut workspace = Workspace::new();
            workspace.add("001_before.sql", before);
            workspace.add("002_up.sql", up);
            let settings = Settings {
                layout: Some("numbered".to_owned()),
                unknown: lockstep_core::settings::Unknown::Refuse,
                ..Settings::default()
            };
            let review = review(&workspace, &settings);
            let ups = &review.timeline.ups;
            // A case may be about a transaction that is left open, or about a refusal.
            if ups.len() != 2
                || ups[1].first_error().is_some()
                || ups[1].moments.iter().any(|own| !own.step.modelled)
            {
                continue;
            }
            let script =
                written(&review.workspace, &review.history, &review.timeline, 1).expect("a migration");
            all += 1;
            match script.way.verdict {
                Verdict::Exact | Verdict::Lossy => restored += 1,
                Verdict::Fails => panic!("{name}: {title}\n{}", script.text),
                _ => others.push(format!("{name}: {title}\n{}", script.text)),
            }
        }
    }
    assert!(all > 1000, "only {all} cases were read");
    assert!(
        restored * 100 >= all * RESTORED,
        "{restored} of {all} are restored; the others:\n{}",
        others.join("\n\n")
    );
}
