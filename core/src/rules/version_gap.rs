//! A number is missing in the sequence.

use super::numbering::groups;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::sorted;
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "version-gap",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["atlas:incremental"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A number is missing in the sequence of migrations",
    why: "A missing number is a migration that was never merged, that was renamed, or that is not among the files: then what it \
created is missing too, and a fresh database gets another schema than the old one.

It does not apply to timestamps, nor to sequences that leave room on purpose (010, 020, 030).",
    manual: "Database Schemas",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 003_c.sql\nCREATE TABLE c (id bigint PRIMARY KEY);"],
    good: &["-- file: 010_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 020_c.sql\nCREATE TABLE c (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for group in groups(scene) {
        let mut counted: Vec<_> = group.iter().filter(|own| !own.is_timestamp()).collect();
        sorted::sort_by_key(&mut counted, |own| own.number);
        if counted.iter().skip(1).all(|own| own.number % 10 == 0) {
            continue;
        }
        for pair in counted.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if after.number <= before.number + 1 || !after.under_review {
                continue;
            }
            let width = after.written.len();
            let (first, last) = (before.number + 1, after.number - 1);
            let missing = if first == last {
                format!("{first:0width$} is missing")
            } else {
                format!("{first:0width$} to {last:0width$} are missing")
            };
            let script = &scene.history.migrations[after.migration].up;
            findings.at_script(
                Severity::Advice,
                Some(after.migration),
                script,
                format!("{missing} between {} and {}.", before.written, after.written),
                "Add the file that belongs here, or renumber; if it was dropped for good, say so in the README.",
            );
        }
    }
}
