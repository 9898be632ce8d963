//! A document names a migration whose SQL is not in it.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "migration-without-sql",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A migration is only named: its SQL is not among the files",
    why: "A plan that names its scripts can be checked for order and for rollbacks, but what the scripts lock, rewrite \
or break is unknown until their SQL is here. Unknown is not safe.

Paste the scripts too, below a line `-- file: NAME.sql` each, or open the folder.",
    manual: "Explicit Locking",
    bad: &["# Plan\n\nRun `001_create_job_tables.sql`, then `002_enhance_drawing_versions.sql`.\n"],
    good: &[],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (index, migration) in scene.reviewed() {
        if migration.up.missing {
            findings.at_script(
                Severity::Warning,
                Some(index),
                &migration.up,
                format!("{} is only named here; what it does cannot be reviewed.", migration.up.title),
                "Add the script itself: paste it below a line `-- file: NAME.sql`, or open the folder that holds it.",
            );
        }
    }
}
