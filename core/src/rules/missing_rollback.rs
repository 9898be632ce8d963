//! A migration without a way back.

use super::{Axis, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-rollback",
    summary: "A migration has no down script",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    why: "When a deployment goes wrong, the way back has to be ready and tried, not written at three in the morning.

It does not apply to migrations that change nothing, nor to tools that have no down scripts by design.

Write a down script, or say in the migration why there can be none.",
    aliases: &["django-migration-linter:RUNPYTHON_REVERSIBLE", "strong_migrations:check_down"],
    manual: "ALTER TABLE",
    bad: &["-- file: 001_add_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;"],
    good: &[
        "-- file: 001_add_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\n-- file: rollback/001_rollback.sql\nSET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;",
    ],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    if scene.history.down_of_all.as_ref().is_some_and(|down| !down.missing) {
        return;
    }
    for (index, migration) in scene.reviewed() {
        let changes_something =
            scene.timeline.ups[index].moments.iter().any(|moment| !moment.step.changes.is_empty());
        if migration.down.is_some() || !(changes_something || migration.up.missing) {
            continue;
        }
        findings.at_script(
            Severity::Warning,
            Some(index),
            &migration.up,
            format!("{} has no rollback.", migration.up.title),
            "Add a down script that undoes it, in reverse order, and try it on a copy of production.",
        );
    }
}
