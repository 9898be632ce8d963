//! Plays a script on a server and on the simulator, statement by statement, and says where they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use lockstep_core::layout::{Script, TransactionMode};
use lockstep_core::schema::Schema;
use lockstep_core::simulate::{Server as Simulated, State, World};
use lockstep_core::sql::Command;
use lockstep_core::text::FileId;
use lockstep_core::timeline::{Run, simulate_script};

use crate::Outcome;
use crate::catalog::{self, Difference, Probes, Reader};
use crate::server::Connection;

/// What one statement came to on both.
#[derive(Debug, Clone)]
pub struct Played {
    /// Its text.
    pub sql: String,
    /// Its line in the script, from 1.
    pub line: usize,
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
/// The server decides how the story goes on: what it refuses and the simulator does not is left out of what the
/// simulator is given, so that one difference is not followed by many.
pub fn play(stage: &mut Stage, sql: &str, before: &State, look: bool) -> Outcome<(Vec<Played>, State)> {
    let mut given = sql.to_owned();
    let mut run = simulate(&given, TransactionMode::None, before, stage.major);
    let mut played = Vec::new();
    let mut index = 0;
    while let (Some(statement), Some(moment)) = (run.statements.get(index), run.moments.get(index)) {
        index += 1;
        if matches!(statement.command, Command::Psql(_) | Command::CopyData { .. }) {
            continue;
        }
        let range = statement.range.start as usize..statement.range.end as usize;
        let text = &sql[range.clone()];
        let data = run.statements.get(index).filter(|next| matches!(next.command, Command::CopyData { .. }));
        let data =
            data.map(|next| sql[next.range.start as usize..next.range.end as usize].trim_end_matches("\\."));
        let answer = stage.connection.query_with_data(text, data)?;
        let mut one = Played {
            sql: text.to_owned(),
            line: sql[..range.start].matches('\n').count() + 1,
            server: answer.err().map(|refusal| (refusal.sqlstate, refusal.message)),
            simulator: moment
                .step
                .error
                .as_ref()
                .map(|error| (error.sqlstate.to_string(), error.message.clone())),
            not_modelled: !moment.step.modelled,
            differences: Vec::new(),
        };
        if one.server.is_some() && one.simulator.is_none() {
            given.replace_range(range.clone(), &blanks(text));
            index -= 1;
            run = simulate(&given, TransactionMode::None, before, stage.major);
        }
        // What both refuse leaves the catalog as it is.
        if look && (one.server.is_none() || one.simulator.is_none()) {
            let schema = match index.checked_sub(1).and_then(|last| run.moments.get(last)) {
                Some(moment) => &moment.step.after.schema,
                None => &before.schema,
            };
            one.differences = stage.look(schema)?;
        }
        played.push(one);
    }
    Ok((played, run.after))
}

/// As many bytes of white space, with the lines where they were.
fn blanks(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}
