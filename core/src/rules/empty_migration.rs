//! A migration that does nothing.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "empty-migration",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["atlas:NM106"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A migration holds no statement",
    why: "The runner records it as applied. If its SQL is written later, no database that has recorded it will run it; \
if the file was emptied on purpose, new databases differ from old ones.

It does not apply to a file that is only named and not here. Remove it before it is applied anywhere.",
    manual: "Database Schemas",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\n-- to do\n-- file: 003_c.sql\nCREATE TABLE c (id bigint PRIMARY KEY);"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (index, migration) in scene.reviewed() {
        if scene.timeline.ups[index].statements.is_empty() && !migration.up.missing {
            findings.at_script(
                Severity::Advice,
                Some(index),
                &migration.up,
                format!("{} changes nothing, and is recorded as applied all the same.", migration.up.title),
                "Remove the file, unless it has been applied somewhere.",
            );
        }
    }
}
