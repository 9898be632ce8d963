//! Plays a script on a server and on the simulator, statement by statement, and says where they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use lockstep_core::layout::{Script, TransactionMode};
use lockstep_core::schema::Schema;
use lockstep_core::simulate::{PgError, Server as Simulated, State, World};
use lockstep_core::sql::command::Transaction as Control;
use lockstep_core::sql::{Command, Statement};
use lockstep_core::text::FileId;
use lockstep_core::timeline::{Course, Run, simulate_script};

use crate::Outcome;
use crate::catalog::{self, Difference, Probes, Reader};
use crate::server::{Connection, Transaction};

/// What one statement came to on both.
#[derive(Debug, Clone)]
pub struct Played {
    /// Its text.
    pub sql: String,
    /// Its line in the script, from 1.
    pub line: usize,
    /// Its command tag.
    pub tag: &'static str,
    /// The server's refusal: SQLSTATE and message.
    pub server: Option<(String, String)>,
    /// The simulator's.
    pub simulator: Option<(String, String)>,
    /// Does the simulator say that it does not simulate this statement?
    pub not_modelled: bool,
    /// Where the catalogs differ since this statement and did not before.
    pub differences: Vec<Difference>,
}

impl Played {
    /// Do they give the same verdict, with the same SQLSTATE?
    pub fn same_verdict(&self) -> bool {
        code(&self.server) == code(&self.simulator)
    }

    /// The line, what both say, and the statement's beginning.
    pub fn told(&self) -> String {
        let said = |refusal: &Option<(String, String)>| match refusal {
            Some((code, message)) => format!("{code} {message}"),
            None => "accepts".to_owned(),
        };
        let sql: String =
            self.sql.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect();
        format!(
            "line {}: server {}, simulator {}: {sql}",
            self.line,
            said(&self.server),
            said(&self.simulator)
        )
    }

    /// What a different verdict is called in the list of known differences: `verdict 42601 / ok`, the server's first.
    pub fn verdict_label(&self) -> String {
        format!("verdict {} / {}", code(&self.server), code(&self.simulator))
    }
}

fn code(refusal: &Option<(String, String)>) -> &str {
    refusal.as_ref().map_or("ok", |(code, _)| code)
}

/// One database, and what was found to differ in it so far.
pub struct Stage<'a> {
    pub connection: &'a mut Connection,
    pub reader: &'a Reader,
    pub major: u32,
    pub probes: Probes,
    pub standing: BTreeSet<Difference>,
}

impl<'a> Stage<'a> {
    /// On an empty database.
    pub fn new(connection: &'a mut Connection, reader: &'a Reader, major: u32) -> Self {
        Stage { connection, reader, major, probes: Probes::default(), standing: BTreeSet::new() }
    }

    /// Compares the catalogs now: what differs and did not at the last look.
    pub fn look(&mut self, schema: &Schema) -> Outcome<Vec<Difference>> {
        let Some(server) = self.reader.read(self.connection)? else { return Ok(Vec::new()) };
        let model = catalog::of_schema(schema, self.major);
        let differences = catalog::compare(&server, &model, self.connection, &mut self.probes)?;
        let new = differences.difference(&self.standing).cloned().collect();
        self.standing = differences;
        Ok(new)
    }
}

/// The server that the simulator takes itself for.
pub fn simulated(major: u32) -> Simulated {
    Simulated { version: major, world: World::closed() }
}

/// Simulates a script.
pub fn simulate(sql: &str, transaction: TransactionMode, before: &State, major: u32) -> Run {
    let script = Script {
        title: String::new(),
        file: FileId(0),
        range: 0..sql.len() as u32,
        text: Arc::from(sql),
        transaction,
        missing: false,
    };
    simulate_script(&script, before, &simulated(major))
}

/// Plays a script. With `look` the catalogs are compared after each statement.
///
/// The server decides how the story goes on: what it refuses is refused for the simulator too, so that one difference is
/// not followed by many. In a transaction that has failed, neither is asked anything but how it ends.
pub fn play(stage: &mut Stage, sql: &str, before: &State, look: bool) -> Outcome<(Vec<Played>, State)> {
    let server = simulated(stage.major);
    let mut course = Course::new(TransactionMode::None, before, &server);
    let mut played = Vec::new();
    let statements = lockstep_core::sql::parse(sql, 0);
    for (index, statement) in statements.iter().enumerate() {
        let failed = stage.connection.transaction() == Transaction::Failed;
        let ends = matches!(statement.command, Command::Transaction(_));
        if matches!(statement.command, Command::Psql(_) | Command::CopyData { .. }) || failed && !ends {
            continue;
        }
        let mut step = course.step(statement);
        let range = statement.range.start as usize..statement.range.end as usize;
        let text = &sql[range.clone()];
        let data = statements.get(index + 1).filter(|next| matches!(next.command, Command::CopyData { .. }));
        let data =
            data.map(|next| sql[next.range.start as usize..next.range.end as usize].trim_end_matches("\\."));
        let answer = stage.connection.query_with_data(text, data)?;
        let mut one = Played {
            sql: text.to_owned(),
            line: sql[..range.start].matches('\n').count() + 1,
            tag: statement.tag,
            server: answer.err().map(|refusal| (refusal.sqlstate, refusal.message)),
            simulator: step.error.as_ref().map(|error| (error.sqlstate.to_string(), error.message.clone())),
            not_modelled: !step.modelled,
            differences: Vec::new(),
        };
        let ended = match &statement.command {
            // It rolls back then.
            Command::Transaction(Control::Commit(chain)) if failed => {
                Statement { command: Command::Transaction(Control::Rollback(*chain)), ..statement.clone() }
            }
            _ => statement.clone(),
        };
        if let (Some((code, message)), None) = (&one.server, &one.simulator) {
            let refusal = PgError::new("XX000", format!("{code} {message}"));
            step = step.refused(course.state(), refusal);
        }
        course.take(&ended, step);
        // What both refuse leaves the catalog as it is.
        if look && (one.server.is_none() || one.simulator.is_none()) {
            one.differences = stage.look(&course.state().schema)?;
        }
        played.push(one);
    }
    Ok((played, course.state().clone()))
}
