//! What a merge left behind.

use super::{marks, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "merge-conflict-markers",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The markers of a merge conflict are still in the file",
    why: "`<<<<<<<` and `>>>>>>>` are no SQL: the migration fails there (42601), and of the two versions between them one must not run.

It does not apply to such characters inside of a line.",
    manual: "Lexical Structure",
    bad: &["CREATE TABLE t (id bigint PRIMARY KEY);\n<<<<<<< HEAD\nALTER TABLE t ADD COLUMN a int;\n=======\nALTER TABLE t ADD COLUMN b int;\n>>>>>>> other\n"],
    good: &["SELECT '<<<<<<< HEAD';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, script) in scene.scripts() {
        if let Some(range) = marks::conflicts(&script.text).into_iter().next() {
            let range = script.range.start + range.start as u32..script.range.start + range.end as u32;
            findings.at_span(
                Severity::Danger,
                migration,
                Span::new(script.file, range),
                "A merge conflict was not resolved here: PostgreSQL's parser refuses the markers (42601).",
                "Keep one of the two versions, or combine them, and remove the marker lines.",
            );
        }
    }
}
