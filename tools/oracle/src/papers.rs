//! A README's queries on a server: those before the first script, those after the last one, and those after the way
//! back, each against the result that the README tells to expect.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lockstep_core::layout::Script;
use lockstep_core::report::readme;
use lockstep_core::{Settings, review};

use crate::Outcome;
use crate::catalog::Reader;
use crate::corpus;
use crate::database::Database;
use crate::server::{Connection, Row, Server};
use crate::way_back::play;

/// A query of a README.
struct Query {
    title: String,
    sql: String,
    expected: String,
}

/// Plays the migrations of a folder, and asks what its README asks. `papers/<folder>.sql` is run first where there is
/// one: what the migrations find. Gives a report and the number of queries that gave something else.
pub fn run(server: &Server, folder: &Path) -> Outcome<(String, usize)> {
    let settings = Settings { postgres: server.major, ..Settings::default() };
    let review = review(&corpus::workspace(folder)?, &settings);
    let text = readme::render(&review);
    let mut report = corpus::heading(server, folder, &review.history);
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "papers")?;
    if let Some(found) = found_there(folder) {
        database.connection.ask(&found)?;
    }
    let connection = &mut database.connection;
    let mut asked = Asked { report: &mut report, queries: 0, others: 0, counts: BTreeMap::new() };
    asked.ask(connection, "before", &queries(&text, "## Before you run it"))?;
    let validation = queries(&text, "## Validation");
    asked.count(connection, &validation)?;
    let all = &review.history.migrations;
    let takes_all = asked.play(connection, all.iter().map(|own| &own.up))?;
    // What is refused as Lockstep says has to be mended before anything can be expected.
    let is_told = review.timeline.ups.iter().any(|up| up.first_error().is_some());
    if takes_all || !is_told {
        asked.ask(connection, "after", &validation)?;
    }
    let back: Vec<&Script> = match &review.history.down_of_all {
        Some(down) => vec![down],
        None => all.iter().rev().filter_map(|own| own.down.as_ref()).collect(),
    };
    if asked.play(connection, back.into_iter())? {
        asked.ask(connection, "rolled back", &queries(&text, "## Rolling back"))?;
    }
    let (queries, others) = (asked.queries, asked.others);
    let _ = writeln!(report, "{queries} queries, {} gave what is expected", queries - others);
    database.remove()?;
    Ok((report, others))
}

/// What the migrations of a folder find, as SQL: written for the oracle, or in the comment that an introspection leaves.
fn found_there(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?.trim_end_matches("-corrected");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("papers/{name}.sql"));
    std::fs::read_to_string(file).ok().or_else(|| {
        let files = std::fs::read_dir(folder).ok()?.flatten();
        let is_introspected =
            |file: &std::fs::DirEntry| file.file_name().to_string_lossy().starts_with("0000_introspected");
        let text = std::fs::read_to_string(files.into_iter().find(is_introspected)?.path()).ok()?;
        Some(text.split_once("/*")?.1.split_once("*/")?.0.to_owned())
    })
}

/// What was asked so far.
struct Asked<'a> {
    report: &'a mut String,
    queries: usize,
    others: usize,
    /// The rows of tables before the first script.
    counts: BTreeMap<String, usize>,
}

impl Asked<'_> {
    /// Plays scripts: does the server take all of them?
    fn play<'s>(
        &mut self,
        connection: &mut Connection,
        scripts: impl Iterator<Item = &'s Script>,
    ) -> Outcome<bool> {
        let mut takes_all = true;
        for script in scripts.filter(|script| !script.missing) {
            if let Some(refusal) = play(connection, script)? {
                connection.query("ROLLBACK")?.ok();
                takes_all = false;
                let _ = writeln!(self.report, "{}: the server refuses it: {refusal}", script.title);
            }
            connection.ask("RESET ALL")?;
        }
        Ok(takes_all)
    }

    /// Counts the rows of the tables whose counts a query compares.
    fn count(&mut self, connection: &mut Connection, queries: &[Query]) -> Outcome {
        for part in queries.iter().flat_map(|query| query.sql.split("UNION ALL")) {
            let (Some(name), Some((_, table))) = (part.split('\'').nth(1), part.rsplit_once(" FROM ")) else {
                continue;
            };
            let sql = format!("SELECT count(*) FROM {}", table.trim().trim_end_matches(';'));
            if let Ok(rows) = connection.query(&sql)? {
                self.counts.insert(name.to_owned(), number(&rows).unwrap_or_default());
            }
        }
        Ok(())
    }

    fn ask(&mut self, connection: &mut Connection, when: &str, queries: &[Query]) -> Outcome {
        for query in queries {
            self.queries += 1;
            let given = match connection.query(&query.sql)? {
                Ok(rows) if is_expected(&query.expected, &rows, &self.counts) => continue,
                Ok(rows) => format!("{rows:?}"),
                Err(refusal) => {
                    connection.query("ROLLBACK")?.ok();
                    refusal.to_string()
                }
            };
            self.others += 1;
            let _ = writeln!(self.report, "{when}, {}: {} Given: {given}", query.title, query.expected);
        }
        Ok(())
    }
}

fn number(rows: &[Row]) -> Option<usize> {
    rows.first()?.first()?.as_ref()?.parse().ok()
}

/// Is this the result that the README describes?
fn is_expected(expected: &str, rows: &[Row], counts: &BTreeMap<String, usize>) -> bool {
    let said = expected.trim_start_matches("Expected: ");
    if said.starts_with("no rows") {
        return rows.is_empty();
    }
    if said.starts_with('0') {
        return number(rows) == Some(0);
    }
    if let Some(value) = said.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        return rows.first().and_then(|row| row.first()) == Some(&Some(value.0.to_owned()));
    }
    // Row counts: what the third column says.
    rows.iter().all(|row| {
        let [Some(table), Some(found), Some(wanted)] = row.as_slice() else { return false };
        let before = counts.get(table).copied().unwrap_or_default();
        let wanted = match wanted.strip_prefix("as before") {
            Some("") => Some(before),
            Some(more) => more
                .strip_prefix(", plus ")
                .and_then(|more| more.parse().ok())
                .map(|more: usize| before + more),
            None => wanted.parse().ok(),
        };
        // In words: nothing that could be compared.
        wanted.is_none_or(|wanted| found.parse() == Ok(wanted))
    })
}

/// The numbered queries of a section, each with the sentence below it.
fn queries(readme: &str, heading: &str) -> Vec<Query> {
    let mut found: Vec<Query> = Vec::new();
    let (mut is_here, mut is_sql) = (false, false);
    for line in readme.lines() {
        if line.starts_with("## ") {
            is_here = line == heading;
        } else if !is_here {
        } else if line.starts_with("```") {
            is_sql = line == "```sql" && found.last().is_some_and(|query| query.sql.is_empty());
        } else if let (true, Some(query)) = (is_sql, found.last_mut()) {
            query.sql += &format!("{line}\n");
        } else if let Some((number, title)) = line.split_once(". ")
            && number.parse::<u32>().is_ok()
        {
            found.push(Query { title: title.to_owned(), sql: String::new(), expected: String::new() });
        } else if let (true, Some(query)) = (line.starts_with("Expected: "), found.last_mut()) {
            query.expected = line.to_owned();
        }
    }
    found.retain(|query| !query.expected.is_empty());
    found
}
