//! DROP NOT NULL.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "drop-not-null",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["squawk:ban-drop-not-null", "migrationpilot:MP029"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column may be NULL from now on, and code that reads it may not expect that",
    why: "Code that reads the column was written for values that are always there: it may fail or compute something \
else once NULLs come in, and comparisons with NULL are neither true nor false. The way back has to fill the NULLs first, or \
SET NOT NULL fails with 23502.

It does not apply to columns and tables that these files added.

Deploy code that can read NULL first.",
    manual: "ALTER TABLE: SET/DROP NOT NULL",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ALTER COLUMN region DROP NOT NULL;"],
    good: &["CREATE TABLE drafts (id bigint PRIMARY KEY, title text NOT NULL);\nALTER TABLE drafts ALTER COLUMN title DROP NOT NULL;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::DropNotNull { column } = alteration.action else { continue };
        if !scene.is_old_column(alteration.relation, column) {
            continue;
        }
        findings.at(
            &alteration.place,
            format!(
                "{}.{column} may be NULL from now on; code that reads it has to expect that.",
                alteration.name()
            ),
            "Deploy code that can read NULL first; the way back has to fill the NULLs before SET NOT NULL.",
        );
    }
}
