//! Two migrations with one number.


use super::numbering::groups;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::sorted::Map;
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-version",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:duplicate-version", "sqlx:duplicate_version", "golang-migrate:duplicate_migration_file"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Two migrations bear the same number",
    why: "Runners record what they have applied by its number: of two files with one number, some refuse to start, some run only the first, \
and some run both in an order that depends on the file system. Two branches that each add the next number merge without a conflict.

It does not apply to the same number in different folders, nor to an up and its down. 1 and 001 are the same number.",
    manual: "Database Schemas",
    bad: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 1_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
    good: &["-- file: 001_a.sql\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- file: 002_b.sql\nCREATE TABLE b (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for group in groups(scene) {
        let mut seen: Map<u128, usize> = Map::default();
        for own in &group {
            let Some(first) = seen.get(&own.number) else {
                seen.insert(own.number, own.migration);
                continue;
            };
            if !own.under_review {
                continue;
            }
            let script = &scene.history.migrations[own.migration].up;
            findings.at_script(
                Severity::Danger,
                Some(own.migration),
                script,
                format!(
                    "{} has the same number as {}: which of them runs, and in which order, depends on the runner.",
                    script.title, scene.history.migrations[*first].up.title
                ),
                "Give the later one the next free number, before either is applied anywhere.",
            );
        }
    }
}
