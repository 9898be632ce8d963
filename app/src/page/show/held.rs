//! The locks of a migration over time: a track for each relation, a bar for each lock from the statement that takes it
//! to the end of its transaction.

use lockstep_core::locks::LockMode;
use lockstep_core::report::json::{Lock, Script, Transaction};

/// All tracks of one direction of a migration.
#[derive(Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The statements that lock something, as indexes into the script's: a column each.
    pub columns: Vec<usize>,
    /// Transactions with such statements, and statements outside of one, in order: together they cover all columns.
    pub spans: Vec<Span<'a>>,
    /// The relation with the strongest lock first.
    pub tracks: Vec<Track<'a>>,
}

/// Columns that are one transaction, or a single statement that commits by itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// The transaction.
    pub transaction: Option<&'a Transaction>,
    /// How many columns it covers.
    pub width: usize,
}

/// What is held on one relation.
#[derive(Debug, PartialEq, Eq)]
pub struct Track<'a> {
    /// `public.orders`.
    pub relation: &'a str,
    /// Bars in order, apart from each other.
    pub bars: Vec<Bar<'a>>,
}

/// A lock that is held in one mode.
#[derive(Debug, PartialEq, Eq)]
pub struct Bar<'a> {
    /// The lock.
    pub lock: &'a Lock,
    /// The column of the statement that takes it.
    pub from: usize,
    /// The first column in which it is not held any more, or held in a stronger mode.
    pub to: usize,
    /// Was it held in a weaker mode until then?
    pub upgraded: bool,
}

/// The transaction that a statement is in.
pub fn transaction_of(script: &Script, statement: usize) -> Option<&Transaction> {
    script.transactions.iter().find(|one| (one.first..=one.last).contains(&statement))
}

/// Weakest first.
pub fn strength(lock: &Lock) -> usize {
    LockMode::ALL.iter().position(|mode| mode.name() == lock.mode).unwrap_or(0)
}

impl<'a> Held<'a> {
    /// The locks of a script.
    pub fn of(script: &'a Script) -> Held<'a> {
        let locks = |index: &usize| !script.statements[*index].locks.is_empty();
        let columns: Vec<usize> = (0..script.statements.len()).filter(locks).collect();
        let mut spans: Vec<Span<'a>> = Vec::new();
        for &statement in &columns {
            let transaction = transaction_of(script, statement);
            match spans.last_mut() {
                Some(span) if transaction.is_some() && span.transaction == transaction => span.width += 1,
                _ => spans.push(Span { transaction, width: 1 }),
            }
        }
        let mut tracks: Vec<Track<'a>> = Vec::new();
        let mut end = 0;
        for span in &spans {
            let begin = end;
            end += span.width;
            for (column, &statement) in columns.iter().enumerate().take(end).skip(begin) {
                for lock in &script.statements[statement].locks {
                    let known = tracks.iter().position(|track| track.relation == lock.relation);
                    let track = known.unwrap_or_else(|| {
                        tracks.push(Track { relation: &lock.relation, bars: Vec::new() });
                        tracks.len() - 1
                    });
                    let bars = &mut tracks[track].bars;
                    let upgraded = match bars.last_mut().filter(|bar| bar.to == end && bar.from >= begin) {
                        Some(bar) if strength(bar.lock) >= strength(lock) => continue,
                        Some(bar) => {
                            bar.to = column;
                            true
                        }
                        None => false,
                    };
                    bars.push(Bar { lock, from: column, to: end, upgraded });
                }
            }
        }
        let strongest = |track: &Track<'_>| track.bars.iter().map(|bar| strength(bar.lock)).max();
        lockstep_core::sorted::sort_by(&mut tracks, |a, b| {
            strongest(b).cmp(&strongest(a)).then_with(|| a.relation.cmp(b.relation))
        });
        Held { columns, spans, tracks }
    }
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::json;
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    /// A line for each relation: mode and columns of each bar.
    fn tracks(sql: &str) -> Vec<String> {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", sql);
        let document = json::document(&review(&workspace, &Settings::default()));
        let held = Held::of(&document.migrations[0].up);
        let covered: usize = held.spans.iter().map(|span| span.width).sum();
        assert_eq!(covered, held.columns.len());
        let bar = |bar: &Bar<'_>| format!("{} {}..{}", bar.lock.mode, bar.from, bar.to);
        held.tracks
            .iter()
            .map(|track| {
                format!("{}: {}", track.relation, track.bars.iter().map(bar).collect::<Vec<_>>().join(", "))
            })
            .collect()
    }

    #[test]
    fn locks_last_until_their_transaction_ends() {
        let sql = "BEGIN; LOCK TABLE a IN SHARE MODE; SELECT 1; ALTER TABLE b ADD COLUMN x int; \
                   ALTER TABLE a ADD COLUMN x int; COMMIT; ALTER TABLE b ADD COLUMN y int;";
        assert_eq!(
            tracks(sql),
            [
                "public.a: SHARE 0..2, ACCESS EXCLUSIVE 2..3",
                "public.b: ACCESS EXCLUSIVE 1..3, ACCESS EXCLUSIVE 3..4"
            ]
        );
    }

    #[test]
    fn a_weaker_lock_adds_nothing() {
        let sql = "BEGIN; ALTER TABLE a ADD COLUMN x int; LOCK TABLE a IN SHARE MODE; COMMIT;";
        assert_eq!(tracks(sql), ["public.a: ACCESS EXCLUSIVE 0..2"]);
    }

    #[test]
    fn outside_of_a_transaction_a_lock_is_gone_with_its_statement() {
        let sql = "ALTER TABLE a ADD COLUMN x int; ALTER TABLE a ADD COLUMN y int;";
        assert_eq!(tracks(sql), ["public.a: ACCESS EXCLUSIVE 0..1, ACCESS EXCLUSIVE 1..2"]);
    }
}
