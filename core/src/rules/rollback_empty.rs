//! A rollback that does nothing.

use super::ways_back::ways_back;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::rollback::Verdict;
use crate::sql::Command;
use crate::sql::command::EnumAction;
use crate::timeline::Run;

pub(super) static RULE: Rule = Rule {
    id: "rollback-empty",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["mattermost:down-parity"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "The rollback changes nothing, though the migration does",
    why: "A down script of comments, of `SELECT 1` or of nothing satisfies whoever counts the files, and the runner records the migration \
as undone although all of it is still there. Then the next up fails (42P07).

It does not apply where the migration changes nothing. Where it changes only rows, or only adds enum values, it is a piece of advice. If there is no way back, say so where it is read, and have the script raise an error.",
    manual: "PL/pgSQL: Errors and Messages",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: rollback/001_rollback.sql\n-- nothing to do\nSELECT 1;"],
    good: &["-- file: 001_a.sql\nSELECT 1;\n-- file: rollback/001_rollback.sql\nSELECT 1;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for back in ways_back(scene) {
        let way = back.way;
        let changes = |up: &&Run| up.moments.iter().any(|moment| !moment.step.changes.is_empty());
        if !way.is_empty || way.verdict == Verdict::Fails || !back.ups.iter().any(changes) {
            continue;
        }
        let what = back.undoes(scene);
        let (severity, message) = if way.differences.is_empty() {
            (Severity::Advice, format!("This changes nothing: the rows that {what} changed stay as they are."))
        } else if back.ups.iter().all(|up| only_adds_enum_values(up)) {
            (
                Severity::Advice,
                format!("This changes nothing: the enum values that {what} adds stay, as PostgreSQL cannot drop them."),
            )
        } else {
            (Severity::Warning, format!("This changes nothing: after it, everything that {what} did is still there."))
        };
        findings.at_script(
            severity,
            back.migration,
            back.script,
            message,
            "Write the statements that undo it; if none can, raise an error (DO with RAISE EXCEPTION), so that nobody believes it was undone.",
        );
    }
}

fn only_adds_enum_values(up: &Run) -> bool {
    up.statements.iter().zip(&up.moments).all(|(statement, moment)| {
        let adds = matches!(&statement.command, Command::AlterEnum(alter) if matches!(alter.action, EnumAction::Add { .. }));
        adds || moment.step.changes.is_empty()
    })
}
