//! After the rollback, the migration cannot be run again.

use super::ways_back::ways_back;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "rollback-breaks-redo",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["wikimind:redo"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "After the rollback the migration fails when it is run again",
    why: "Down is seldom the end: the mistake is corrected and the migration run again. It fails when the down script left behind a type, a \
function, a sequence or a table (42710, 42P07), or dropped something that the migration builds on (42P01).

It does not apply where the migration fails the first time too, nor to a rollback that does nothing at all.",
    manual: "PostgreSQL Error Codes",
    bad: &["-- file: 001_a.sql\nCREATE TYPE mood AS ENUM ('good');\nCREATE TABLE a (id bigint PRIMARY KEY, m mood);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;"],
    good: &["-- file: 001_a.sql\nCREATE TYPE mood AS ENUM ('good');\nCREATE TABLE a (id bigint PRIMARY KEY, m mood);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;\nDROP TYPE mood;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        if let Some(error) = back.way.again.as_ref().filter(|_| !back.way.is_empty) {
            findings.at_script(
                Severity::Warning,
                back.migration,
                back.script,
                format!("After this, {} cannot be run again: {error}.", back.undoes(scene)),
                "Drop what the migration creates, types and functions too, or let it create them IF NOT EXISTS.",
            );
        }
    }
}
