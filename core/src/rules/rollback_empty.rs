//! A rollback that does nothing.

use super::ways_back::ways_back;
use super::{Axis, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::rollback::Verdict;

pub(super) static RULE: Rule = Rule {
    id: "rollback-empty",
    summary: "The rollback changes nothing, though the migration does",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    why: "A down script of comments, of `SELECT 1` or of nothing satisfies whoever counts the files, and the runner records the migration \
as undone although all of it is still there. Then the next up fails (42P07).

It does not apply where the migration changes nothing. If there is no way back, say so where it is read, and have the script raise an error.",
    aliases: &["mattermost:down-parity"],
    manual: "PL/pgSQL: Errors and Messages",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\n-- nothing to do\nSELECT 1;"],
    good: &["-- file: 001_a.sql\nSELECT 1;\n-- file: rollback/001_rollback.sql\nSELECT 1;"],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        let changes = |up: &&crate::timeline::Run| up.moments.iter().any(|moment| !moment.step.changes.is_empty());
        if back.way.is_empty && back.way.verdict != Verdict::Fails && back.ups.iter().any(changes) {
            findings.at_script(
                Severity::Warning,
                back.migration,
                back.script,
                format!("This changes nothing: after it, everything that {} did is still there.", back.undoes(scene)),
                "Write the statements that undo it; if none can, raise an error (DO with RAISE EXCEPTION), so that nobody believes it was undone.",
            );
        }
    }
}
