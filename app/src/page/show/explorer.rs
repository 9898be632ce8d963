//! Two statements, or lock modes: do they conflict?

use lockstep_core::locks::{COMMANDS, LockMode};
use lockstep_core::report::json::{Document, Statement};

/// Something that locks a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taker {
    /// The command of this index in [`COMMANDS`].
    Command(usize),
    /// The lock mode of this index in [`LockMode::ALL`].
    Mode(usize),
    /// The statement of this index in the way up of the migration of this one.
    Statement(usize, usize),
}

/// Which lock stands in the way of which other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The mode that is held.
    pub holds: LockMode,
    /// The mode that is wanted.
    pub wants: LockMode,
    /// The table, where both are known to be about one.
    pub table: Option<String>,
}

impl Meeting {
    /// Does the second wait?
    pub fn conflicts(&self) -> bool {
        self.holds.conflicts_with(self.wants)
    }
}

impl Taker {
    /// How a choice is called in the page.
    pub fn value(self) -> String {
        match self {
            Taker::Command(index) => format!("c {index} 0"),
            Taker::Mode(index) => format!("m {index} 0"),
            Taker::Statement(migration, statement) => format!("s {migration} {statement}"),
        }
    }

    /// The choice that is called so.
    pub fn parse(value: &str) -> Option<Taker> {
        let mut words = value.split(' ');
        let kind = words.next()?;
        let mut number = || words.next()?.parse().ok();
        let (first, second) = (number()?, number()?);
        Some(match kind {
            "c" => Taker::Command(first),
            "m" => Taker::Mode(first),
            _ => Taker::Statement(first, second),
        })
    }

    /// What it locks: a table, or none for any, and in which mode.
    fn locks(self, document: Option<&Document>) -> Vec<(Option<&str>, LockMode)> {
        let one = |mode: Option<LockMode>| mode.map(|mode| (None, mode)).into_iter().collect();
        match self {
            Taker::Command(index) => one(COMMANDS.get(index).map(|(_, mode)| *mode)),
            Taker::Mode(index) => one(LockMode::ALL.get(index).copied()),
            Taker::Statement(migration, statement) => {
                let statement = statement_of(document, migration, statement);
                let locks = statement.into_iter().flat_map(|statement| &statement.locks);
                locks
                    .filter_map(|lock| Some((Some(&*lock.relation), LockMode::from_name(&lock.mode)?)))
                    .collect()
            }
        }
    }
}

fn statement_of(document: Option<&Document>, migration: usize, statement: usize) -> Option<&Statement> {
    document?.migrations.get(migration)?.up.statements.get(statement)
}

/// Where the two meet: at a table on which they conflict if there is one. None where they lock no table in common.
pub fn meet(holds: Taker, wants: Taker, document: Option<&Document>) -> Option<Meeting> {
    let (held, wanted) = (holds.locks(document), wants.locks(document));
    let pairs = held.iter().flat_map(|held| wanted.iter().map(move |wanted| (*held, *wanted)));
    let common =
        pairs.filter(|((held, _), (wanted, _))| held.is_none() || wanted.is_none() || held == wanted);
    let mut meetings: Vec<Meeting> = common
        .map(|((held, holds), (wanted, wants))| Meeting {
            holds,
            wants,
            table: held.or(wanted).map(str::to_owned),
        })
        .collect();
    let at = meetings.iter().position(Meeting::conflicts).unwrap_or(0);
    (at < meetings.len()).then(|| meetings.swap_remove(at))
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::json;
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    #[test]
    fn takers_meet_at_the_table_where_they_conflict() {
        let mut workspace = Workspace::new();
        workspace.add(
            "1.sql",
            "CREATE INDEX i ON a (x); CREATE INDEX j ON b (x); ALTER TABLE b ADD COLUMN y int;",
        );
        let document = json::document(&review(&workspace, &Settings::default()));
        let of = |holds, wants| {
            meet(holds, wants, Some(&document)).map(|meeting| (meeting.conflicts(), meeting.table))
        };
        let (reads, truncates) = (Taker::Command(0), Taker::Command(12));
        let statement = |index| Taker::Statement(0, index);
        assert_eq!(of(reads, truncates), Some((true, None)));
        assert_eq!(of(reads, reads), Some((false, None)));
        assert_eq!(of(statement(0), statement(1)), None);
        assert_eq!(of(statement(1), statement(2)), Some((true, Some("public.b".into()))));
        assert_eq!(of(statement(0), reads), Some((false, Some("public.a".into()))));
        assert_eq!(of(statement(9), reads), None);
    }

    #[test]
    fn a_choice_comes_back_from_its_value() {
        for taker in [Taker::Command(3), Taker::Mode(7), Taker::Statement(2, 9)] {
            assert_eq!(Taker::parse(&taker.value()), Some(taker));
        }
        assert_eq!(Taker::parse(""), None);
    }

    #[test]
    fn commands_are_in_the_order_of_their_locks() {
        assert!(COMMANDS.is_sorted_by_key(|(_, mode)| *mode));
    }
}
