//! What a rewrite consists of, before it is laid out in files.

use crate::layout::writing::NewScript;
use crate::layout::{TransactionMode, Wrapping};
use crate::rules::Place;
use crate::schema::Difference;

/// A rewrite of one statement.
pub(super) struct Plan {
    /// What stands in its place, in its transaction; empty where all of it moves into migrations of its own.
    pub instead: Vec<String>,
    /// Other statements of its script that go with it, by their place among its statements.
    pub takes: Vec<usize>,
    /// What is added at the end of its script.
    pub at_end: Vec<String>,
    /// The migrations that follow, in order.
    pub phases: Vec<Phase>,
    /// Is this a difference of the schema that the rewrite means to make?
    pub intends: fn(&Difference) -> bool,
    /// It does the same work under the same locks, and only bounds the wait for them.
    pub same_work: bool,
}

/// A migration of a rewrite.
#[derive(Debug, Clone)]
pub(super) struct Phase {
    /// Its name in words, as in the file's name.
    pub name: String,
    /// What a reader has to know, a line each.
    pub comments: Vec<String>,
    /// The statements, without semicolons.
    pub up: Vec<String>,
    /// What undoes them.
    pub down: Vec<String>,
    /// They run outside of a transaction.
    pub outside: bool,
    /// What has to be true, or done, before it runs.
    pub first: Option<String>,
    /// What undoes them is written from the catalog, and the values of a column from another one.
    pub refill: Option<Refill>,
}

/// A column that a way back fills.
#[derive(Debug, Clone)]
pub(super) struct Refill {
    /// The column, as it is called after the way back, quoted where that is needed.
    pub column: String,
    /// The statement that fills it; none when its values are gone.
    pub statement: Option<String>,
}

/// How long a short lock is waited for before the migration gives up, as PostgreSQL writes it.
const LOCK_TIMEOUT: &str = "SET LOCAL lock_timeout = '5s'";

impl Plan {
    /// All of the statement moves into these migrations.
    pub fn of(phases: Vec<Phase>) -> Plan {
        Plan {
            instead: Vec::new(),
            takes: Vec::new(),
            at_end: Vec::new(),
            phases,
            intends: |_| false,
            same_work: false,
        }
    }

    /// These statements take its place, and the migrations follow.
    pub fn instead(statements: Vec<String>, phases: Vec<Phase>) -> Plan {
        Plan { instead: statements, ..Plan::of(phases) }
    }
}

impl Phase {
    /// Statements in one transaction.
    pub fn new(name: impl Into<String>, up: Vec<String>, down: Vec<String>) -> Phase {
        let name = words(&name.into());
        Phase { name, comments: Vec::new(), up, down, outside: false, first: None, refill: None }
    }

    /// Statements that hold a strong lock for a moment: the migration gives up rather than have everybody wait behind it.
    pub fn briefly(name: impl Into<String>, up: Vec<String>, down: Vec<String>) -> Phase {
        Phase::new(name, bounded(up), if down.is_empty() { down } else { bounded(down) })
    }

    /// Statements each for itself, outside of a transaction.
    pub fn outside(name: impl Into<String>, up: Vec<String>, down: Vec<String>) -> Phase {
        Phase { outside: true, ..Phase::new(name, up, down) }
    }

    /// With a line for the reader.
    pub fn saying(mut self, comment: impl Into<String>) -> Phase {
        self.comments.push(comment.into());
        self
    }

    /// With a way back that is written from the catalog. `statement` fills the column.
    pub fn refilling(self, column: impl Into<String>, statement: Option<String>) -> Phase {
        Phase { refill: Some(Refill { column: column.into(), statement }), ..self }
    }

    /// That has to wait for something.
    pub fn after(self, first: impl Into<String>) -> Phase {
        Phase { first: Some(first.into()), ..self }
    }

    /// As a script to be written.
    pub fn script(&self, is_up: bool) -> NewScript {
        let mut comments = Vec::new();
        let statements = if is_up { self.up.clone() } else { self.down.clone() };
        if is_up {
            comments.extend(self.first.iter().map(|first| format!("Before this runs: {first}")));
            comments.extend(self.comments.iter().cloned());
        } else if statements.is_empty() {
            comments.push("Nothing to undo.".to_owned());
        }
        let outside = self.outside && (is_up || !statements.is_empty());
        let transaction = if outside { TransactionMode::None } else { TransactionMode::Single };
        NewScript { comments, statements, transaction }
    }
}

/// In a transaction, with a limit to the wait for its locks.
pub(super) fn bounded(statements: Vec<String>) -> Vec<String> {
    std::iter::once(LOCK_TIMEOUT.to_owned()).chain(statements).collect()
}

/// Statements for the place of another one, which hold a strong lock for a moment.
pub(super) fn briefly_here(place: &Place, statements: Vec<String>) -> Vec<String> {
    let is_bounded = place.before().session.timeout("lock_timeout").is_some();
    match (is_bounded, becomes_transaction(place)) {
        (true, _) => statements,
        (false, true) => bounded(statements),
        (false, false) => {
            let begin = std::iter::once("BEGIN".to_owned());
            begin.chain(bounded(statements)).chain(std::iter::once("COMMIT".to_owned())).collect()
        }
    }
}

/// Are several statements in the place of this one in one transaction, whoever begins it?
pub(super) fn becomes_transaction(place: &Place) -> bool {
    place.in_transaction() || place.scene.history.layout.runner.wrapping == Wrapping::SimpleQuery
}

/// Only letters, digits and blanks, as file names have them.
fn words(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let plain: String = text.chars().map(plain).collect();
    let mut kept = String::new();
    for word in plain.split_whitespace() {
        // File systems end names at 255 bytes, and readers lose patience before.
        if kept.len() + word.len() > 60 {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept += word;
    }
    kept
}
