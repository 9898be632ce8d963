//! What had to be taken for granted.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

/// More than this many are counted, not named.
const NAMED: usize = 6;

pub(super) static RULE: Rule = Rule {
    id: "assumed-object",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &[],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Something that no file here creates had to be assumed to exist",
    why: "A review of some migrations sees only part of the history. A table that a statement uses and that nothing here creates is taken \
to exist, with the columns that are named, any number of rows, and other sessions at work on it; if it does not exist, the statement fails (42P01).

It does not apply when the earlier migrations or a baseline (`pg_dump --schema-only`) are given: then every name is checked.",
    manual: "Database Schemas",
    bad: &["ALTER TABLE orders ADD COLUMN note text;"],
    good: &["CREATE TABLE orders (id bigint PRIMARY KEY);\nALTER TABLE orders ADD COLUMN note text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let mut lines: Vec<&str> = Vec::new();
        let mut first = None;
        for place in scene.places_of(migration) {
            for line in &place.step().assumed {
                first = first.or(Some(place));
                if !lines.contains(&line.as_str()) {
                    lines.push(line);
                }
            }
        }
        let Some(place) = first else { continue };
        let more = lines.len().saturating_sub(NAMED);
        lines.truncate(NAMED);
        let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
        findings.at(
            &place,
            format!("Assumed: {}{rest}.", lines.join("; ")),
            "Add the earlier migrations, or a baseline from pg_dump --schema-only, and this is checked instead of assumed.",
        );
    }
}
