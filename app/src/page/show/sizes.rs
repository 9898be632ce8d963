//! Which tables' sizes matter, and the sizes that a slider reaches.

use lockstep_core::report::json::Document;

/// The steps of a slider, after the first that stands for a size that is not known.
pub const STEPS: u32 = 22;

/// The tables that the migrations under review lock, those with work on their rows first.
pub fn tables(document: &Document) -> Vec<&str> {
    let migrations = document.migrations.iter().filter(|migration| migration.under_review);
    let statements: Vec<_> = migrations.flat_map(|migration| &migration.up.statements).collect();
    let work = statements.iter().flat_map(|statement| &statement.work);
    let worked = work.filter(|work| work.estimate.is_some()).map(|work| &*work.relation);
    let locked = statements.iter().flat_map(|statement| &statement.locks).map(|lock| &*lock.relation);
    let mut tables = Vec::new();
    for table in worked.chain(locked) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables
}

/// The rows that a step stands for: 1,000, 2,000, 5,000, 10,000 …; none at the first.
pub fn rows_at(step: u32) -> Option<u64> {
    let step = step.checked_sub(1)?;
    Some([1_000, 2_000, 5_000][step as usize % 3] * 10_u64.pow(step / 3))
}

/// The step that is nearest to so many rows from below.
pub fn step_of(rows: u64) -> u32 {
    (1..=STEPS).rev().find(|step| rows_at(*step) <= Some(rows)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_leads_to_rows_and_back() {
        assert_eq!(
            [0, 1, 3, 4, STEPS].map(rows_at),
            [None, Some(1_000), Some(5_000), Some(10_000), Some(10_000_000_000)]
        );
        for step in 1..=STEPS {
            assert_eq!(step_of(rows_at(step).unwrap()), step);
        }
        assert_eq!([0, 7_000, u64::MAX].map(step_of), [1, 3, STEPS]);
    }
}
