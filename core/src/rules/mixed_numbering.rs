//! Counts and timestamps in one history.

use super::numbering::groups;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "mixed-numbering",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["migrationpilot:ordering"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Some migrations are numbered by counting, others by date",
    why: "A timestamp is a larger number than any count, so every counted migration that is added later sorts before the dated ones: a \
fresh database runs it before what it builds on, an old one after it, or never, because its runner has passed that point already.

It does not apply to different folders. Keep to one scheme; a timestamp scheme lets two branches add migrations at the same time.",
    manual: "Database Schemas",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 20240115093000_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
    good: &["-- file: 20240114080000_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 20240115093000_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for group in groups(scene) {
        let (dated, counted): (Vec<_>, Vec<_>) = group.iter().partition(|own| own.is_timestamp());
        let (Some(dated_example), Some(counted_example)) = (dated.first(), counted.first()) else { continue };
        let (fewer, more) =
            if counted.len() <= dated.len() { (&counted, &dated) } else { (&dated, &counted) };
        let Some(own) = fewer.iter().chain(more).find(|own| own.under_review) else { continue };
        findings.at_script(
            Severity::Warning,
            Some(own.migration),
            &scene.history.migrations[own.migration].up,
            format!(
                "{} of these migrations are counted ({}) and {} dated ({}): a counted one that is added later runs before all dated ones.",
                counted.len(), counted_example.written, dated.len(), dated_example.written
            ),
            "Number all of them in one way, those that are not applied yet first.",
        );
    }
}
