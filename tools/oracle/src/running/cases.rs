//! Cases and real projects: statement by statement, what was predicted and what the server did.

use std::collections::BTreeMap;
use std::fmt::Write;

use lockstep_core::evidence;
use lockstep_core::simulate::{State, step};
use lockstep_core::sql::command::Transaction;
use lockstep_core::sql::{self, Command};

use super::Effects;
use super::observe::{Place, observe};
use crate::Outcome;
use crate::case::Case;
use crate::catalog::Reader;
use crate::check::{Details, listed, share};
use crate::database::Database;
use crate::known::KnownDifferences;
use crate::play::simulated;
use crate::server::{Connection, Server};

/// One statement that both accept.
#[derive(Debug, Clone)]
pub struct Compared {
    sql: String,
    line: usize,
    server: Effects,
    predicted: Effects,
    modelled: bool,
    /// What is said of it without names.
    pub claim: Option<String>,
}

/// A case on one version.
pub struct Result {
    case: usize,
    /// The server's major version.
    pub major: u32,
    /// Its statements.
    pub compared: Vec<Compared>,
}

/// A script, played.
pub struct Played {
    /// The statements that both accept.
    pub compared: Vec<Compared>,
    /// Those that only one side accepts: the line, and who says what. Neither has run them.
    pub refused_by_one: Vec<(usize, String)>,
    /// The simulator's state after it.
    pub after: State,
}

/// Plays a script, each statement in a transaction of its own.
pub fn play(connection: &mut Connection, place: &Place, sql: &str, before: &State) -> Outcome<Played> {
    let server = simulated(place.server.major);
    let statements = sql::parse(sql, 0);
    let mut state = before.clone();
    let mut compared = Vec::new();
    let mut refused_by_one = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        match &statement.command {
            Command::Transaction(Transaction::Begin | Transaction::Commit(_)) => continue,
            Command::Transaction(_) => break,
            Command::Set(set) if set.local => continue,
            Command::Psql(_) | Command::CopyData { .. } => continue,
            _ => {}
        }
        let range = statement.range.start as usize..statement.range.end as usize;
        let data = statements.get(index + 1).filter(|next| matches!(next.command, Command::CopyData { .. }));
        let data =
            data.map(|next| sql[next.range.start as usize..next.range.end as usize].trim_end_matches("\\."));
        let text = &sql[range.clone()];
        let line = sql[..range.start].matches('\n').count() + 1;
        let step = step(&state, statement, &server);
        // What one side refuses, the other must not run either: what follows would be about other tables.
        if let Some(error) = &step.error {
            connection.ask("BEGIN")?;
            let answer = connection.query_with_data(text, data)?;
            connection.ask("ROLLBACK")?;
            if answer.is_ok() {
                refused_by_one
                    .push((line, format!("the simulator refuses: {} {}", error.sqlstate, error.message)));
            }
            continue;
        }
        let observed = observe(connection, place, text, data, &statement.command)?;
        if let Err(refusal) = &observed {
            refused_by_one.push((line, format!("the server refuses: {refusal}")));
        }
        if let Ok(observed) = observed {
            compared.push(Compared {
                sql: text.split_whitespace().collect::<Vec<_>>().join(" "),
                line,
                server: observed,
                predicted: Effects::predicted(&step),
                modelled: step.modelled,
                claim: evidence::claim(statement, &step),
            });
            state = step.after;
        }
    }
    Ok(Played { compared, refused_by_one, after: state })
}

/// Plays the cases that are for this server's version.
pub fn check(server: &Server, cases: &[Case]) -> Outcome<Vec<Result>> {
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "running")?;
    let mut results = Vec::new();
    for (index, case) in cases.iter().enumerate().filter(|(_, case)| case.versions.contains(server.major)) {
        let name = database.name();
        let place = Place { server, database: &name };
        let played = play(&mut database.connection, &place, &case.sql, &State::default());
        let played = played.map_err(|error| format!("{} on {}: {error}", case.title, server.major))?;
        results.push(Result { case: index, major: server.major, compared: played.compared });
        database.clear()?;
    }
    Ok(results)
}

/// Statements, and how many of them agree.
#[derive(Debug, Default, Clone, Copy)]
struct Agreement {
    statements: usize,
    locks: usize,
    work: usize,
    cases: usize,
    agreeing: usize,
}

/// What a comparison says.
pub struct Report {
    /// The differences and a table by area.
    pub text: String,
    /// Differences that are not in the list of known ones.
    pub unknown: usize,
}

impl Compared {
    /// The strongest lock that the server takes, where it does work.
    pub fn strongest_lock_over_work(&self) -> Option<super::Mode> {
        self.server.strongest_lock_over_work()
    }

    /// `locks` and `work` where they differ, each with what both say.
    pub fn differences(&self) -> Vec<(&'static str, String)> {
        let mut differences = Vec::new();
        let note = if self.modelled { "" } else { " (not modelled)" };
        if self.server.locks != self.predicted.locks {
            let both = (self.server.locks_shown(), self.predicted.locks_shown());
            differences.push(("locks", format!("server {}; simulator {}{note}", both.0, both.1)));
        }
        if self.server.work != self.predicted.work {
            let both = (self.server.work_shown(), self.predicted.work_shown());
            differences.push(("work", format!("server {}; simulator {}{note}", both.0, both.1)));
        }
        differences
    }

    /// `line 3: ALTER TABLE …`.
    pub fn shown(&self) -> String {
        format!("line {}: {}", self.line, self.sql.chars().take(200).collect::<String>())
    }
}

/// Sums up. `all`: also print the differences that are known.
pub fn report(cases: &[Case], results: &[Result], known: &KnownDifferences, all: bool) -> Report {
    let mut table: BTreeMap<&str, BTreeMap<u32, Agreement>> = BTreeMap::new();
    let mut details = Details::new();
    let mut unknown = 0;
    for result in results {
        let case = &cases[result.case];
        let mut agrees = true;
        for compared in &result.compared {
            let differences = compared.differences();
            agrees &= differences.is_empty();
            for area in [case.area.as_str(), "all areas"] {
                let agreement = table.entry(area).or_default().entry(result.major).or_default();
                agreement.statements += 1;
                agreement.locks += usize::from(compared.server.locks == compared.predicted.locks);
                agreement.work += usize::from(compared.server.work == compared.predicted.work);
            }
            for (what, text) in differences {
                let is_known = known.reason(what, &case.title, result.major).is_some();
                unknown += usize::from(!is_known);
                if !is_known || all {
                    let place = format!("{}, {}", case.title, compared.shown());
                    details.entry((place, format!("{what}: {text}"))).or_default().push(result.major);
                }
            }
        }
        for area in [case.area.as_str(), "all areas"] {
            let agreement = table.entry(area).or_default().entry(result.major).or_default();
            agreement.cases += 1;
            agreement.agreeing += usize::from(agrees);
        }
    }
    let mut text = listed(&details);
    let _ = writeln!(
        text,
        "\nStatements; of a hundred these with the same locks / the same work; cases that agree in full:"
    );
    let last = table.remove_entry("all areas");
    for (area, row) in table.into_iter().chain(last) {
        for (major, agreement) in row {
            let _ = writeln!(
                text,
                "{area:24} PostgreSQL {major} {:>6} {:>6} / {:>5}   {} of {} cases",
                agreement.statements,
                share(agreement.locks, agreement.statements),
                share(agreement.work, agreement.statements),
                agreement.agreeing,
                agreement.cases
            );
        }
    }
    Report { text, unknown }
}
