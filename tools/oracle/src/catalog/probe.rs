//! SQL in the server's own words: a server keeps expressions as trees and writes them anew when asked.
//!
//! So that two texts can be compared, the server is given ours where it does no harm (on a copy of the table, in a
//! schema and a transaction that are thrown away) and asked what it made of it.

use std::collections::HashMap;

use crate::Outcome;
use crate::server::{Connection, Transaction};

/// The schema in which copies are made.
pub const SPACE: &str = "oracle_probe";

/// How to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Probe {
    /// Our text; when it equals the server's, there is no need to ask.
    pub text: String,
    /// Statements that give it to the server.
    pub setup: Vec<String>,
    /// The query for what the server made of it.
    pub read: String,
}

/// The answers of one database. They hold as long as the server's own text has not changed.
#[derive(Default)]
pub struct Probes {
    known: HashMap<(Probe, Option<String>), Option<String>>,
}

impl Probes {
    /// Our text as the server writes it: none where it keeps nothing of it, as of `DEFAULT NULL`; the refusal where
    /// it refuses it.
    pub fn canonical(
        &mut self,
        probe: &Probe,
        theirs: Option<&String>,
        connection: &mut Connection,
    ) -> Outcome<Option<String>> {
        let key = (probe.clone(), theirs.cloned());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let answer = ask(probe, connection)?;
        // Only agreement is kept: what the server refuses now it may understand later.
        if answer.as_ref() == theirs {
            self.known.insert(key, answer.clone());
        }
        Ok(answer)
    }
}

fn ask(probe: &Probe, connection: &mut Connection) -> Outcome<Option<String>> {
    let (begin, end) = match connection.transaction() {
        Transaction::None => ("BEGIN", "ROLLBACK"),
        Transaction::Open | Transaction::Failed => ("SAVEPOINT oracle", "ROLLBACK TO oracle; RELEASE oracle"),
    };
    let mut script = format!(
        "{begin}; SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), 'public'), true); \
         SET LOCAL client_min_messages = error; SET LOCAL check_function_bodies = off; CREATE SCHEMA {SPACE}; "
    );
    for statement in &probe.setup {
        script += statement;
        script += ";\n";
    }
    script += &format!("SET LOCAL search_path = pg_catalog; {}", probe.read);
    let answer = connection.query(&script)?;
    connection.ask(end)?;
    Ok(match answer {
        // The first row is that of set_config.
        Ok(rows) => rows.into_iter().skip(1).last().and_then(|row| row.into_iter().next().flatten()),
        Err(refusal) => Some(format!("(refused: {}: {refusal})", probe.text)),
    })
}
