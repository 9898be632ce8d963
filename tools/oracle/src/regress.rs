//! PostgreSQL's own regression suite on a server and on the simulator: `src/test/regress/sql` of its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use lockstep_core::simulate::State;
use lockstep_core::sql::{Command, parse};

use crate::Outcome;
use crate::catalog::Reader;
use crate::check::share;
use crate::database::Database;
use crate::play::{Played, Stage, play};
use crate::server::Server;

/// The file that makes the tables which the others use.
const SETUP: &str = "test_setup.sql";

/// Statements that wait for others would wait for ever.
const SETTINGS: &str =
    "SET statement_timeout = '10s'; SET datestyle = 'Postgres, MDY'; SET intervalstyle = 'postgres_verbose'";

/// The first words of the tags of statements that define something.
const DDL: [&str; 12] = [
    "ALTER", "CLUSTER", "COMMENT", "CREATE", "DROP", "GRANT", "IMPORT", "REASSIGN", "REFRESH", "REINDEX",
    "REVOKE", "TRUNCATE",
];

/// How many statements there are, and how many have the same verdict and SQLSTATE.
#[derive(Default, Clone, Copy)]
struct Count {
    all: usize,
    same: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.all += other.all;
        self.same += other.same;
    }
}

/// Plays the files of the suite whose names are among `words` (all, where there are none), each in a database of its own.
/// `details`: also tells each difference.
pub fn run(server: &Server, folder: &Path, words: &[String], details: bool) -> Outcome<String> {
    let reader = Reader::new(server.major);
    let read = |name: &str| {
        let path = folder.join(name);
        let bytes = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok::<_, String>(String::from_utf8_lossy(&bytes).into_owned())
    };
    let entries =
        fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".sql") && name != SETUP)
        .filter(|name| words.is_empty() || words.iter().any(|word| name.strip_suffix(".sql") == Some(word)))
        .collect();
    names.sort();
    let setup = if folder.join(SETUP).is_file() { read(SETUP)? } else { String::new() };
    let mut text = String::new();
    let mut table = String::new();
    let mut kinds: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut total = (Count::default(), Count::default());
    for name in &names {
        let mut database = Database::new(server, &reader, "regress")?;
        database.connection.ask(SETTINGS)?;
        let mut stage = Stage::new(&mut database.connection, &reader, server.major);
        let (_, start) = play(&mut stage, &without_variables(&setup), &State::default(), false)?;
        let (played, _) = play(&mut stage, &without_variables(&read(name)?), &start, false)?;
        database.remove()?;
        let (mut statements, mut definitions) = (Count::default(), Count::default());
        for one in &played {
            let count = Count { all: 1, same: usize::from(one.same_verdict()) };
            statements.add(count);
            if is_ddl(one) {
                definitions.add(count);
            }
            if !one.same_verdict() {
                *kinds.entry((one.verdict_label(), one.tag)).or_default() += 1;
                if details {
                    let _ = writeln!(text, "{name}, {}", one.told());
                }
            }
        }
        let _ = writeln!(table, "{name:32}{}{}", cell(statements), cell(definitions));
        total.0.add(statements);
        total.1.add(definitions);
    }
    if details {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for ((what, tag), count) in kinds {
            let _ = writeln!(text, "{count:6}  {what}  {tag}");
        }
    }
    let heading = format!("PostgreSQL {}", server.major);
    let _ = writeln!(
        text,
        "{heading:32}{:>16}{:>16}\n{table}{:32}{}{}",
        "statements",
        "DDL",
        "all files",
        cell(total.0),
        cell(total.1)
    );
    Ok(text)
}

fn cell(count: Count) -> String {
    format!(
        "{:>8}{:>8}",
        count.all,
        if count.all == 0 { "-".to_owned() } else { share(count.same, count.all) }
    )
}

fn is_ddl(one: &Played) -> bool {
    one.tag.split(' ').next().is_some_and(|word| DDL.contains(&word))
}

/// The script without the statements in which psql puts a variable's value: what that is, only psql knows.
fn without_variables(script: &str) -> String {
    let statements = parse(script, 0);
    let text = |range: &std::ops::Range<u32>| &script[range.start as usize..range.end as usize];
    let variables: BTreeSet<&str> = statements
        .iter()
        .filter(|statement| matches!(statement.command, Command::Psql(_)))
        .filter_map(|statement| {
            let mut words = text(&statement.range).split_whitespace();
            words.next().filter(|word| matches!(*word, "\\set" | "\\getenv"))?;
            words.next()
        })
        .collect();
    let mut left = script.to_owned();
    for statement in &statements {
        let own = text(&statement.range);
        if !matches!(statement.command, Command::Psql(_)) && names_variable(own, &variables) {
            let range = statement.range.start as usize..statement.range.end as usize;
            let blanks: String = own.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
            left.replace_range(range, &blanks);
        }
    }
    left
}

/// Is there a `:name` of a variable, or a `:'name'` or `:"name"` of any?
fn names_variable(sql: &str, variables: &BTreeSet<&str>) -> bool {
    let mut quote = None;
    let bytes = sql.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b':') if at == 0 || bytes[at - 1] != b':' => {
                let rest = &sql[at + 1..];
                let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if rest.starts_with(['\'', '"']) || variables.contains(word) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_with_variables_are_left_out() {
        let script = "\\set a 1\nSELECT :a;\nSELECT x[1:b], '1'::int;\nSELECT :'b';\nSELECT ':a';\n";
        assert_eq!(
            without_variables(script),
            "\\set a 1\n         ;\nSELECT x[1:b], '1'::int;\n           ;\nSELECT ':a';\n"
        );
    }
}
