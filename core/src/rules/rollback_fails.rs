//! A rollback that the server refuses.

use super::ways_back::ways_back;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "rollback-fails",
    severity: Severity::Danger,
    axis: Axis::Reversibility,
    aliases: &["mattermost:down-typo"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "PostgreSQL refuses a statement of the rollback",
    why: "Run after its migration, the down script ends with an error: a name is not what the migration made it, an object is dropped before \
what depends on it (2BP01), or it is gone already (42P01, 42704). The day it is needed is a bad day to find out.

It does not apply where the migration itself fails. The message is the server's, with its SQLSTATE.",
    manual: "PostgreSQL Error Codes",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;\nDROP TABLE b_of_a;\nDROP TABLE a;"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        let Some((index, error)) = back.run.first_error() else { continue };
        let help = match &error.hint {
            Some(hint) => hint.clone(),
            None => "Undo the migration in reverse order, by the names that it really creates.".to_owned(),
        };
        findings.at_span(
            Severity::Danger,
            back.migration,
            back.span_of(index),
            format!("After {} the rollback fails here: {} (SQLSTATE {}).", back.undoes(scene), error.message, error.sqlstate),
            help,
        );
    }
}
