//! Ways back on a server: a real project's own down scripts, and those that Lockstep writes. Each runs right after its
//! up, and the catalog then is held against the one before the up.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lockstep_core::layout::{Script, TransactionMode};
use lockstep_core::rollback::{self, Verdict, WayBack};
use lockstep_core::sql::{Command, parse};
use lockstep_core::timeline::refused_in_transaction;
use lockstep_core::{Review, Settings, review};

use crate::Outcome;
use crate::catalog::{Catalog, Reader};
use crate::check::share;
use crate::corpus;
use crate::database::make;
use crate::roundtrip::{different, ranked};
use crate::server::{Connection, Server};

/// The tables in which tools note what they have run: some migrations name them.
const BOOKKEEPING: &[(&str, &str)] = &[(
    "diesel",
    "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT now())",
)];

/// What a script came to on the server.
enum Result {
    /// The catalog is as it was before the up.
    Same,
    /// It is not: what differs, a line each.
    Different(Vec<String>),
    /// A statement was refused.
    Refused(String),
}

impl Result {
    fn name(&self) -> &'static str {
        match self {
            Result::Same => "restores",
            Result::Different(_) => "differs",
            Result::Refused(_) => "fails",
        }
    }

    fn told(&self) -> String {
        match self {
            Result::Same => "the catalog is as before".to_owned(),
            Result::Different(lines) => lines.iter().take(6).cloned().collect::<Vec<_>>().join("; "),
            Result::Refused(refusal) => refusal.clone(),
        }
    }
}

/// What a verdict says of the schema.
fn claim(way: &WayBack) -> &'static str {
    match way.verdict {
        Verdict::Exact | Verdict::Lossy => "restores",
        Verdict::Incomplete => "differs",
        Verdict::Fails => "fails",
        Verdict::Missing => "missing",
        Verdict::Unknown => "unknown",
    }
}

/// Verdicts against what the server shows: how often which met which, and the lines of those that differ.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<(&'static str, &'static str), usize>,
    misses: Vec<String>,
}

impl Tally {
    fn add(&mut self, title: &str, way: &WayBack, shown: &Result) {
        *self.counts.entry((claim(way), shown.name())).or_default() += 1;
        if claim(way) != shown.name() {
            let said: Vec<&String> = way.differences.iter().chain(&way.unknown).take(4).collect();
            let error = way.run.as_ref().and_then(|run| run.first_error());
            let error = error.map(|(_, error)| format!("{} {}", error.sqlstate, error.message));
            self.misses.push(format!(
                "{title}: Lockstep says {} {said:?} {}\n        server {}: {}",
                claim(way),
                error.unwrap_or_default(),
                shown.name(),
                shown.told()
            ));
        }
    }

    fn report(&self, what: &str, text: &mut String) {
        let all: usize = self.counts.values().sum();
        let same: usize = self.counts.iter().filter(|((said, shown), _)| said == shown).map(|(_, n)| n).sum();
        let _ =
            writeln!(text, "{what}: {all}, the verdict is the server's for {same} ({}%)", share(same, all));
        for ((said, shown), count) in &self.counts {
            let _ = writeln!(text, "    {count:5}  Lockstep says {said}, the server {shown}");
        }
        for miss in &self.misses {
            let _ = writeln!(text, "    {miss}");
        }
    }
}

/// Plays the migrations below a folder, and after each up its down and the one that is written.
pub fn run(server: &Server, folder: &Path) -> Outcome<(String, usize)> {
    let workspace = corpus::workspace(folder)?;
    let settings = Settings { postgres: server.major, ..Settings::default() };
    let Review { history, timeline, ways_back, .. } = review(&workspace, &settings);
    let reader = Reader::new(server.major);
    let mut stage = Stage { server, reader: &reader, connection: make(server, &reader, "way_back")? };
    for (_, table) in BOOKKEEPING.iter().filter(|(layout, _)| *layout == history.layout.name) {
        stage.connection.ask(table)?;
    }
    let (mut own, mut written) = (Tally::default(), Tally::default());
    let mut text = corpus::heading(server, folder, &history);
    let (mut unmoved, mut moved_only) = (0, 0);
    for (index, migration) in history.migrations.iter().enumerate() {
        let before = stage.catalog()?;
        if let Some(refusal) = play(&mut stage.connection, &migration.up)? {
            stage.connection.query("ROLLBACK")?.ok();
            let _ = writeln!(text, "{}: the server refuses the up: {refusal}", migration.up.title);
        }
        stage.fresh()?;
        if stage.catalog()? == before && timeline.ups[index].first_error().is_some() {
            continue;
        }
        if let Some(down) = migration.down.as_ref().filter(|down| !down.missing) {
            let shown = stage.try_out(down, &before)?;
            own.add(&down.title, &ways_back[index], &shown);
        }
        let Some(made) = rollback::written(&workspace, &history, &timeline, index) else { continue };
        let script = Script {
            text: made.text.as_str().into(),
            range: 0..made.text.len() as u32,
            transaction: made.transaction,
            ..migration.up.clone()
        };
        let shown = stage.try_out(&script, &before)?;
        let only_moved = made.way.verdict == Verdict::Incomplete
            && made.way.differences.iter().all(|line| line.contains(" is now "));
        match only_moved {
            true => moved_only += 1,
            false => unmoved += usize::from(matches!(shown, Result::Same)),
        }
        written.add(&format!("written for {}", migration.up.title), &made.way, &shown);
    }
    own.report("Down scripts", &mut text);
    written.report("Written down scripts", &mut text);
    let all: usize = written.counts.values().sum();
    let _ = writeln!(
        text,
        "Of {} ups that do not drop a column before the last, the written script restores the catalog for {unmoved} ({}%)",
        all - moved_only,
        share(unmoved, all - moved_only)
    );
    Ok((text, own.misses.len() + written.misses.len()))
}

/// The database in which a history is played.
struct Stage<'a> {
    server: &'a Server,
    reader: &'a Reader,
    connection: Connection,
}

impl Stage<'_> {
    fn catalog(&mut self) -> Outcome<Catalog> {
        self.reader.read(&mut self.connection)?.ok_or_else(|| "a transaction was left open".to_owned())
    }

    /// A migration has a session of its own.
    fn fresh(&mut self) -> Outcome {
        self.connection.query("ROLLBACK")?.ok();
        self.connection.ask("RESET ALL; DISCARD TEMP")?;
        self.reader.settings(&mut self.connection)
    }

    /// Runs a way back and leaves the database as it was: in a transaction, or else in a copy.
    fn try_out(&mut self, script: &Script, before: &Catalog) -> Outcome<Result> {
        if !needs_copy(script) {
            self.connection.ask("BEGIN")?;
            let refusal = statements(&mut self.connection, script)?;
            let after = if refusal.is_none() { self.reader.read(&mut self.connection)? } else { None };
            self.fresh()?;
            return Ok(judged(refusal, after, before));
        }
        self.connection = Connection::open(self.server.port, "postgres")?;
        self.connection.ask("CREATE DATABASE way_back_copy TEMPLATE way_back")?;
        let mut copy = Connection::open(self.server.port, "way_back_copy")?;
        self.reader.prepare(&mut copy)?;
        let refusal = play(&mut copy, script)?;
        copy.query("ROLLBACK")?.ok();
        let after = self.reader.read(&mut copy)?;
        drop(copy);
        self.connection.ask("DROP DATABASE way_back_copy WITH (FORCE)")?;
        self.connection = Connection::open(self.server.port, "way_back")?;
        self.reader.prepare(&mut self.connection)?;
        Ok(judged(refusal, after, before))
    }
}

fn judged(refusal: Option<String>, after: Option<Catalog>, before: &Catalog) -> Result {
    if let Some(refusal) = refusal {
        return Result::Refused(refusal);
    }
    let differences = different(&ranked(before.clone()), &ranked(after.unwrap_or_default()));
    if differences.is_empty() { Result::Same } else { Result::Different(differences) }
}

/// Does the script end transactions itself, or run what no transaction may?
fn needs_copy(script: &Script) -> bool {
    let schema = lockstep_core::schema::Schema::default();
    parse(&script.text, 0).iter().any(|statement| {
        matches!(statement.command, Command::Transaction(_))
            || refused_in_transaction(statement, &schema).is_some()
    })
}

/// Runs a script as its runner would. Gives the first refusal.
pub fn play(connection: &mut Connection, script: &Script) -> Outcome<Option<String>> {
    let single = script.transaction == TransactionMode::Single;
    if single {
        connection.ask("BEGIN")?;
    }
    let refusal = statements(connection, script)?;
    if single {
        connection.query(if refusal.is_some() { "ROLLBACK" } else { "COMMIT" })?.ok();
    }
    Ok(refusal)
}

fn statements(connection: &mut Connection, script: &Script) -> Outcome<Option<String>> {
    let all = parse(&script.text, 0);
    for (index, statement) in all.iter().enumerate() {
        if matches!(statement.command, Command::Psql(_) | Command::CopyData { .. }) {
            continue;
        }
        let sql = |range: &std::ops::Range<u32>| &script.text[range.start as usize..range.end as usize];
        let data = all.get(index + 1).filter(|next| matches!(next.command, Command::CopyData { .. }));
        let data = data.map(|next| sql(&next.range).trim_end_matches("\\."));
        if let Err(refusal) = connection.query_with_data(sql(&statement.range), data)? {
            let shown: String = sql(&statement.range).split_whitespace().collect::<Vec<_>>().join(" ");
            return Ok(Some(format!("{refusal}: {}", shown.chars().take(160).collect::<String>())));
        }
    }
    Ok(None)
}
