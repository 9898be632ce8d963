//! There and back: what Lockstep writes of a schema a server has to read, and what `pg_dump` writes of a database
//! Lockstep has to read, each giving the same catalog again.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

use lockstep_core::layout::TransactionMode;
use lockstep_core::schema::{Schema, ddl};
use lockstep_core::simulate::State;

use crate::Outcome;
use crate::case::Case;
use crate::catalog::{Catalog, Difference, Reader, Subject};
use crate::check::share;
use crate::database::Database;
use crate::play::{Stage, play, simulate};
use crate::server::Server;

/// Makes the catalog again. Gives what differs, a line each; none where that cannot be tried.
pub type Again = fn(&Server, &Reader, &mut Database, &Schema) -> Outcome<Option<Vec<String>>>;

/// Plays the cases and makes each one's last catalog again.
pub fn run(server: &Server, cases: &[Case], again: Again) -> Outcome<String> {
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "oracle")?;
    let mut text = String::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let (mut tried, mut same) = (0, 0);
    for case in cases.iter().filter(|case| case.versions.contains(server.major)) {
        let mut stage = Stage::new(&mut database.connection, &reader, server.major);
        let (_, after) = play(&mut stage, &case.sql, &State::default(), false)?;
        // Where the simulator is wrong already, nothing can be learned of the way back.
        let agrees = stage.look(&after.schema)?.is_empty();
        if agrees && let Some(differences) = again(server, &reader, &mut database, &after.schema)? {
            tried += 1;
            same += usize::from(differences.is_empty());
            if !differences.is_empty() {
                let _ = writeln!(text, "{}", case.title);
            }
            for difference in differences {
                let kind = difference.split(' ').next().unwrap_or_default().to_owned();
                *kinds.entry(kind).or_default() += 1;
                let _ = writeln!(text, "    {difference}");
            }
        }
        database.clear()?;
    }
    let _ = writeln!(
        text,
        "PostgreSQL {}: {same} of {tried} schemas are the same again ({}%)",
        server.major,
        share(same, tried)
    );
    Ok(text)
}

/// Loads the schema's DDL into an empty database.
pub fn reload(
    server: &Server,
    reader: &Reader,
    database: &mut Database,
    schema: &Schema,
) -> Outcome<Option<Vec<String>>> {
    let Some(first) = reader.read(&mut database.connection)? else { return Ok(None) };
    let mut other = Database::new(server, reader, "oracle_again")?;
    let mut differences = Vec::new();
    // A role is the whole server's and there already.
    let roles = |sql: &str| sql.starts_with("CREATE ROLE ");
    let text = ddl(schema);
    for statement in lockstep_core::sql::parse(&text, 0) {
        let sql = &text[statement.range.start as usize..statement.range.end as usize];
        if roles(sql) {
            continue;
        }
        if let Err(refusal) = other.connection.query(sql)? {
            differences
                .push(format!("refused {refusal}: {}", sql.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    other.connection.ask("RESET ALL")?;
    reader.settings(&mut other.connection)?;
    let second = reader.read(&mut other.connection)?.unwrap_or_default();
    other.remove()?;
    differences.extend(different(&ranked(first), &ranked(second)));
    Ok(Some(differences))
}

/// Reads what `pg_dump --schema-only` writes of the database.
pub fn baseline(
    server: &Server,
    reader: &Reader,
    database: &mut Database,
    _: &Schema,
) -> Outcome<Option<Vec<String>>> {
    let Some(text) = dump(server, &database.name())? else { return Ok(None) };
    let run = simulate(&text, TransactionMode::None, &State::default(), server.major);
    let mut differences = Vec::new();
    for (statement, moment) in run.statements.iter().zip(&run.moments) {
        if let Some(error) = &moment.step.error {
            let sql = &text[statement.range.start as usize..statement.range.end as usize];
            let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            differences.push(format!("refused {} {}: {sql}", error.sqlstate, error.message));
        }
    }
    let mut stage = Stage::new(&mut database.connection, reader, server.major);
    let found = stage.look(&run.after.schema)?;
    let found = found.into_iter().filter(|difference| !is_the_dumps_own(difference));
    differences.extend(found.map(|difference| difference.to_string()));
    Ok(Some(differences))
}

/// A dump does not restore the numbers of columns, no roles and nothing temporary; and it writes the comment that an
/// extension brings, which is not taken for one where the server has it.
fn is_the_dumps_own(difference: &Difference) -> bool {
    let Subject { kind, name, fact } = &difference.subject;
    let brought = kind == "comment" && name.starts_with("extension ") && fact == "extra";
    fact == "number" || kind == "role" || name.starts_with("pg_temp.") || brought
}

/// What `pg_dump` writes; none where there is no `pg_dump` that is at least as new as the server.
fn dump(server: &Server, database: &str) -> Outcome<Option<String>> {
    let program = std::env::var_os("PG_DUMP").unwrap_or_else(|| "pg_dump".into());
    let Ok(version) = Command::new(&program).arg("--version").output() else { return Ok(None) };
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let number = version.split_whitespace().find_map(|word| word.split('.').next()?.parse::<u32>().ok());
    if number.is_none_or(|number| number < server.major) {
        return Ok(None);
    }
    let output = Command::new(&program)
        .args([
            "--schema-only",
            "--host=127.0.0.1",
            "--username=postgres",
            &format!("--port={}", server.port),
            database,
        ])
        .output()
        .map_err(|error| format!("cannot run pg_dump: {error}"))?;
    if !output.status.success() {
        return Err(format!("pg_dump failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The catalog with the columns of each table numbered from 1: a new table has no gaps where columns were dropped.
pub fn ranked(mut catalog: Catalog) -> Catalog {
    let mut numbers: BTreeMap<(String, String), Vec<i32>> = BTreeMap::new();
    let table = |subject: &Subject| {
        let (table, _) = subject.name.rsplit_once('.').unwrap_or((&subject.name, ""));
        (subject.kind.clone(), table.to_owned())
    };
    let number = |value: &str| value.parse::<i32>().unwrap_or_default();
    for (subject, value) in catalog.iter().filter(|(subject, _)| subject.fact == "number") {
        numbers.entry(table(subject)).or_default().push(number(value));
    }
    for (subject, value) in catalog.iter_mut().filter(|(subject, _)| subject.fact == "number") {
        let own = number(value);
        let before =
            numbers.get(&table(subject)).map_or(0, |all| all.iter().filter(|other| **other < own).count());
        *value = (before + 1).to_string();
    }
    catalog
}

/// In what two catalogs differ, a line each.
pub fn different(first: &Catalog, second: &Catalog) -> Vec<String> {
    let subjects: std::collections::BTreeSet<&Subject> = first.keys().chain(second.keys()).collect();
    let shown = |value: Option<&String>| value.cloned().unwrap_or_else(|| "-".to_owned());
    subjects
        .into_iter()
        .filter(|subject| first.get(*subject) != second.get(*subject))
        .map(|subject| {
            let Subject { kind, name, fact } = subject;
            format!(
                "{kind} {name}: {fact}: {} became {}",
                shown(first.get(subject)),
                shown(second.get(subject))
            )
        })
        .collect()
}
