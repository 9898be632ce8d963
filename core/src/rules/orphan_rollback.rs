//! A rollback without its migration.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "orphan-rollback",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["migrationpilot:companion"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A rollback script belongs to no migration here",
    why: "A down script is found by its number or its name. One that matches no migration is never run, and the migration it was \
written for counts as one without a way back; often one of the two was renamed.

It does not apply to a script that undoes the whole set. What it would undo cannot be checked, so nothing of it is reviewed.",
    manual: "Database Schemas",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;\n-- file: rollback/007_rollback.sql\nDROP TABLE g;"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for script in &scene.history.orphans {
        findings.at_script(
            Severity::Warning,
            None,
            script,
            format!(
                    "{} matches none of the migrations here: unless its up is written in another language, nothing runs it.",
                    script.title
                ),
            "Name it after the migration that it undoes, or add that migration.",
        );
    }
}
