//! Where findings are, in terms of the page.

use lockstep_app::json::{Document, Finding, Migration, Script};

use crate::session::{Direction, FindingKey, LineOfScript};

/// All findings of a review, the gravest first, otherwise in the order of the history.
pub fn all(document: &Document) -> Vec<(FindingKey, &Finding)> {
    let of_set = document.findings.iter().enumerate().map(|(index, finding)| ((None, index), finding));
    let of_migrations = document.migrations.iter().enumerate().flat_map(|(migration, holder)| {
        holder.findings.iter().enumerate().map(move |(index, finding)| ((Some(migration), index), finding))
    });
    let mut all: Vec<_> = of_migrations.chain(of_set).collect();
    all.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    all
}

/// The findings within one script.
pub fn within<'a>(
    document: &'a Document,
    migration: usize,
    direction: Direction,
) -> Vec<(FindingKey, &'a Finding)> {
    let here = |(key, finding): &(FindingKey, &'a Finding)| {
        place(document, *key, finding)
            .is_some_and(|place| place.migration == migration && place.direction == direction)
    };
    let of_migration = document.migrations[migration]
        .findings
        .iter()
        .enumerate()
        .map(|(index, finding)| ((Some(migration), index), finding));
    let of_set = document.findings.iter().enumerate().map(|(index, finding)| ((None, index), finding));
    of_migration.chain(of_set).filter(here).collect()
}

/// The line of the code view that a finding leads to; none where there is no code to show.
pub fn place(document: &Document, key: FindingKey, finding: &Finding) -> Option<LineOfScript> {
    let migration = match key.0 {
        Some(migration) => migration,
        None => document.migrations.iter().position(|migration| direction(finding, migration).is_some())?,
    };
    let holder = document.migrations.get(migration)?;
    let direction = direction(finding, holder)?;
    let script = direction.script(holder)?;
    Some(LineOfScript { migration, direction, line: finding.line.max(script.line) })
}

/// Which script of a migration holds a finding. Both may be in the same file.
fn direction(finding: &Finding, migration: &Migration) -> Option<Direction> {
    [Direction::Up, Direction::Down]
        .into_iter()
        .find(|direction| direction.script(migration).is_some_and(|script| holds(script, finding)))
}

fn holds(script: &Script, finding: &Finding) -> bool {
    !script.missing
        && script.path == finding.path
        && (script.offset..=script.offset + script.length).contains(&finding.offset)
}
