//! A migration without a way back.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::layout::Migration;
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-rollback",
    severity: Severity::Warning,
    axis: Axis::Reversibility,
    aliases: &["django-migration-linter:RUNPYTHON_REVERSIBLE", "strong_migrations:check_down"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A migration has no down script",
    why: "When a deployment goes wrong, the way back has to be ready and tried, not written at three in the morning.

It does not apply to migrations that change nothing, nor where one script undoes the whole set. Where the tool has no down scripts by \
design (Prisma, Drizzle), or where all migrations go forward without exception, it is only a piece of advice.

Write a down script, or say in the migration why there can be none.",
    manual: "ALTER TABLE",
    bad: &["-- file: 001_add_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;"],
    good: &[
        "-- file: 001_add_note.sql\nSET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;\n-- file: rollback/001_rollback.sql\nSET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    if scene.history.down_of_all.as_ref().is_some_and(|down| !down.missing) {
        return;
    }
    let has_down = |migration: &Migration| migration.down.as_ref().is_some_and(|down| !down.missing);
    let all = scene.reviewed().count();
    let with_down = scene.reviewed().filter(|(_, migration)| has_down(migration)).count();
    // Not one that goes back, nor a name that promises one: perhaps only those that go forward are shown here.
    let kept_elsewhere = !scene.history.migrations.iter().any(|migration| migration.up.title.ends_with("up.sql"))
        && !scene.history.migrations.iter().any(|migration| migration.down.is_some())
        && scene.history.down_of_all.is_none()
        && scene.history.orphans.is_empty();
    for (index, migration) in scene.reviewed() {
        let changes_something =
            scene.timeline.ups[index].moments.iter().any(|moment| !moment.step.changes.is_empty());
        if has_down(migration) || !(changes_something || migration.up.missing) {
            continue;
        }
        let title = &migration.up.title;
        let lack = match (&migration.down, &scene.history.down_of_all) {
            (Some(named), _) => format!("{title} has no rollback: {} is only named.", named.title),
            (None, Some(named)) => format!("{title} has no rollback: {} is only named.", named.title),
            (None, None) => format!("{title} has no rollback."),
        };
        let count = match with_down {
            0 => String::new(),
            with_down => format!(" {with_down} of the {all} migrations have one."),
        };
        let layout = scene.history.layout;
        let (severity, help) = if layout.runner.goes_back && !kept_elsewhere {
            (Severity::Warning, "Add a down script that undoes it, in reverse order, and try it on a copy of production.".to_owned())
        } else if kept_elsewhere {
            (Severity::Advice, "If there is a down script, review it together with the migration; if not, write one and try it on a copy of production.".to_owned())
        } else {
            let help = format!("{} runs no down scripts; keep one beside the migration for the day it is needed, and try it on a copy of production.", layout.title);
            (Severity::Advice, help)
        };
        findings.at_script(severity, Some(index), &migration.up, format!("{lack}{count}"), help);
    }
}
