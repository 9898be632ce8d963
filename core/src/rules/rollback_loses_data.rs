//! A rollback that costs data.

use super::ways_back::{listed, ways_back};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::rollback::Verdict;

pub(super) static RULE: Rule = Rule {
    id: "rollback-loses-data",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:RED", "safe-migrate:irreversible-migration"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Going back loses data",
    why: "A down script restores tables and columns, not what was in them. What the migration dropped or overwrote comes back empty or not at all: \
that is a warning. What was written into new tables and columns since the migration goes with them: that is in the nature of going back, and is \
only mentioned, so that somebody decides whether to keep a copy.

It does not apply to rows that these files write themselves. Before going back, copy what would be lost: `CREATE TABLE kept AS SELECT …`.",
    manual: "SQL Dump",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\nDROP TABLE a;"],
    good: &["-- file: 001_a.sql\nCREATE VIEW a AS SELECT 1 AS id;\n-- file: rollback/001_rollback.sql\nDROP VIEW a;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        let way = back.way;
        if way.lost.is_empty() || way.is_empty || way.verdict == Verdict::Fails {
            continue;
        }
        let what = back.undoes(scene);
        let (severity, message) = if way.lost_for_good.is_empty() {
            (Severity::Advice, format!("Going back behind {what} loses what was written since: {}.", listed(&way.lost)))
        } else {
            (Severity::Warning, format!("Going back behind {what} does not bring back what was there before it: {}.", listed(&way.lost_for_good)))
        };
        findings.at_script(
            severity,
            back.migration,
            back.script,
            message,
            "Copy what would be lost into a table of its own first, or decide that it may go, and say so in the README.",
        );
    }
}
