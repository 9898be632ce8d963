//! A rollback that leaves something behind.

use super::ways_back::{listed, ways_back};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::rollback::Verdict;

pub(super) static RULE: Rule = Rule {
    id: "rollback-incomplete",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["janus:down-schema-comparison"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "After the rollback the schema is not what it was before the migration",
    why: "Up and then down should lead back to the same schema. What is left over gets in the way when the migration is run again (42P07, 42701), \
what is missing is missed by the application that was rolled back to.

It does not apply to differences that only exist if an assumption holds. What nobody can feel is only mentioned: a column that comes back as the \
last one of its table, an extension that stays, white space. Add what the down script leaves out.",
    manual: "ALTER TABLE",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE b;\nDROP TABLE a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        if back.way.verdict == Verdict::Incomplete && !back.way.is_empty {
            findings.at_script(
                if back.way.only_cosmetic { Severity::Advice } else { Severity::Warning },
                back.migration,
                back.script,
                format!("This does not lead back to before {}: {}.", back.undoes(scene), listed(&back.way.differences)),
                "Undo every statement of the migration, the last one first.",
            );
        }
    }
}
