//! Numbers that sort otherwise as text.

use super::numbering::groups;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "lexical-order",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:ordering"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The files sort otherwise by name than by number",
    why: "`10_b.sql` sorts before `9_a.sql` as text, which is how a shell's `*.sql`, `ls` and several runners order files. Then a \
migration runs before the one it builds on, and fails (42P01), or succeeds with another schema as the result.

It does not apply to runners that order by number. Write all numbers with the same number of digits: 009, 010.",
    manual: "Database Schemas",
    bad: &["-- file: 9_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 10_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
    good: &["-- file: 009_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 010_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
};

/// Layouts whose files run in the order of their names, or in one that nobody knows.
const BY_NAME: &[&str] = &["atlas", "dbmate", "diesel", "numbered", "plain", "supabase", "timestamped"];

fn check(scene: &Scene, findings: &mut Findings) {
    if !BY_NAME.contains(&scene.history.layout.name) {
        return;
    }
    for group in groups(scene) {
        let disagreeing = group.windows(2).find(|pair| {
            pair[1].under_review
                && pair[0].is_timestamp() == pair[1].is_timestamp()
                && pair[0].number.cmp(&pair[1].number) != pair[0].written.cmp(pair[1].written)
                && pair[0].number != pair[1].number
        });
        if let Some([first, second]) = disagreeing {
            findings.at_script(
                Severity::Warning,
                Some(second.migration),
                &scene.history.migrations[second.migration].up,
                format!("By name {} comes before {}, by number after it.", second.written.min(first.written), second.written.max(first.written)),
                "Rename the files so that every number has the same number of digits, before they are applied anywhere.",
            );
        }
    }
}
