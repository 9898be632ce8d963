//! Where findings are, in terms of the page.

use std::cmp::Reverse;

use lockstep_core::report::json::{Document, Finding, Script};
use lockstep_core::sorted;

use crate::page::session::{Direction, FindingKey, LineOfScript};

/// All findings of a review, the gravest first, otherwise in the order of the history.
pub fn all(document: &Document) -> Vec<(FindingKey, &Finding)> {
    let of_migrations = (0..document.migrations.len()).flat_map(|migration| of(document, Some(migration)));
    let mut all: Vec<_> = of_migrations.chain(of(document, None)).collect();
    sorted::sort_by_key(&mut all, |(_, finding)| Reverse(finding.severity));
    all
}

/// The findings within one script.
pub fn within(document: &Document, migration: usize, direction: Direction) -> Vec<(FindingKey, &Finding)> {
    let here = |(key, finding): &(FindingKey, &Finding)| {
        place(document, *key, finding)
            .is_some_and(|place| place.migration == migration && place.direction == direction)
    };
    of(document, Some(migration)).chain(of(document, None)).filter(here).collect()
}

/// The findings of a migration, or of the set.
fn of(document: &Document, migration: Option<usize>) -> impl Iterator<Item = (FindingKey, &Finding)> {
    let findings = match migration {
        Some(migration) => document.migrations[migration].findings.as_slice(),
        None => document.findings.as_slice(),
    };
    findings.iter().enumerate().map(move |(index, finding)| ((migration, index), finding))
}

/// The line of the code view that a finding leads to; none where there is no code to show.
pub fn place(document: &Document, key: FindingKey, finding: &Finding) -> Option<LineOfScript> {
    let candidates = match key.0 {
        Some(migration) => migration..migration + 1,
        None => 0..document.migrations.len(),
    };
    candidates.into_iter().find_map(|migration| {
        // Both directions may be in one file.
        Direction::ALL.into_iter().find_map(|direction| {
            let script = direction.script(document, migration).filter(|script| holds(script, finding))?;
            Some(LineOfScript { migration, direction, line: finding.line.max(script.line) })
        })
    })
}

fn holds(script: &Script, finding: &Finding) -> bool {
    !script.missing
        && script.path == finding.path
        && (script.offset..=script.offset + script.length).contains(&finding.offset)
}
