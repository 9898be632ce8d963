//! The same table again and again.

use super::ways_back::listed;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::locks::LockMode;
use crate::schema::Id;
use crate::sorted::Map;

pub(super) static RULE: Rule = Rule {
    id: "hot-table",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:SQ001", "migrationpilot:SQ002"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Many migrations of the set lock the same table in use against all",
    why: "Each of them waits for the table's longest transaction, with everybody else waiting behind it. What is one \
short wait in review is as many as there are migrations when all are deployed at once.

It does not apply below five migrations, nor to tables that nothing uses yet. Deploy them apart, or merge \
what belongs together.",
    manual: "Explicit Locking",
    bad: &["-- file: 001_a.sql\nALTER TABLE orders ADD COLUMN c1 int;\n-- file: 002_a.sql\nALTER TABLE orders ADD COLUMN c2 int;\n-- file: 003_a.sql\nALTER TABLE orders ADD COLUMN c3 int;\n-- file: 004_a.sql\nALTER TABLE orders ADD COLUMN c4 int;\n-- file: 005_a.sql\nALTER TABLE orders ADD COLUMN c5 int;"],
    good: &["-- file: 001_a.sql\nSET lock_timeout = '1s';\nALTER TABLE orders ADD COLUMN c1 int;\n-- file: 002_a.sql\nSET lock_timeout = '1s';\nALTER TABLE customers ADD COLUMN c2 int;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    // For each table, how many migrations lock it, and the last of them.
    let mut tables: Map<Id, (usize, usize)> = Map::default();
    for place in scene.places() {
        for lock in place.felt_locks().filter(|lock| lock.mode == LockMode::AccessExclusive) {
            let own = tables.entry(lock.relation, || (0, usize::MAX));
            if own.1 != place.migration {
                *own = (own.0 + 1, place.migration);
            }
        }
    }
    let hot: Vec<String> = tables
        .iter()
        .filter(|(_, (count, _))| *count >= MANY)
        .map(|(table, (count, _))| format!("{} by {count}", scene.timeline.ups.last().map(|run| run.after.schema.display_name(*table)).unwrap_or_default()))
        .filter(|line| !line.starts_with(' '))
        .collect();
    if !hot.is_empty() {
        findings.of_set(
            Severity::Advice,
            format!("Migrations that take ACCESS EXCLUSIVE on one and the same table: {}.", listed(&hot)),
            "Deploy them apart from each other, or merge what belongs together.",
        );
    }
}

/// From so many migrations on.
const MANY: usize = 5;
