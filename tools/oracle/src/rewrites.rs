//! Rewrites on a server: the migrations as written and as rewritten end in the same catalog with the same rows, and the
//! rewritten ones lock what was promised.
//!
//! A case is a paste of files, of which the first is deployed and the rest is to be rewritten; its title begins with
//! the kind of rewrite that has to be offered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use lockstep_core::layout::{Script, TransactionMode};
use lockstep_core::report::json::Severity;
use lockstep_core::rewrite::{self, Rewrite};
use lockstep_core::rollback::{Verdict, WayBack};
use lockstep_core::simulate::{State, step};
use lockstep_core::sql::{self, Command};
use lockstep_core::text::FileId;
use lockstep_core::{Review, Settings, Workspace, review};

use crate::Outcome;
use crate::case::Case;
use crate::catalog::{Catalog, Reader};
use crate::corpus;
use crate::play::simulated;
use crate::roundtrip::{different, ranked};
use crate::running::{self, Place};
use crate::server::{Connection, Server};

/// A case on one version, or a rewrite of a real project's migration.
pub struct Proved {
    /// Its title.
    pub title: String,
    /// The server's major version.
    pub major: u32,
    /// In what the server contradicts, a line each.
    pub problems: Vec<String>,
}

/// Plays the cases that are for this server's version.
pub fn check(server: &Server, cases: &[Case]) -> Outcome<Vec<Proved>> {
    let reader = Reader::new(server.major);
    let mut found = Vec::new();
    for case in cases.iter().filter(|case| case.versions.contains(server.major)) {
        let problems = check_case(server, &reader, case)
            .map_err(|error| format!("{} on {}: {error}", case.title, server.major))?;
        found.push(Proved { title: case.title.clone(), major: server.major, problems });
    }
    Ok(found)
}

/// The results, and how many of them have problems.
pub fn report(results: &[Proved]) -> (String, usize) {
    let mut text = String::new();
    let failed: Vec<&Proved> = results.iter().filter(|result| !result.problems.is_empty()).collect();
    for result in &failed {
        let _ = writeln!(text, "{} [{}]", result.title, result.major);
        for problem in &result.problems {
            let _ = writeln!(text, "    {problem}");
        }
    }
    let _ =
        write!(text, "Rewrites that hold on servers: {} of {}", results.len() - failed.len(), results.len());
    (text, failed.len())
}

fn check_case(server: &Server, reader: &Reader, case: &Case) -> Outcome<Vec<String>> {
    let mut workspace = Workspace::new();
    workspace.add("case.sql", &case.sql);
    let settings = Settings { postgres: server.major, since: Some("001".to_owned()), ..Settings::default() };
    let review = review(&workspace, &settings);
    let wanted = case.title.split(": ").nth(1).unwrap_or_default();
    let offered = review.findings.iter().flat_map(|finding| rewrite::offers(&review, finding));
    let Some(rewrite) = offered.into_iter().find(|rewrite| wanted.starts_with(rewrite.kind.id)) else {
        return Ok(vec![format!("{wanted} is not offered")]);
    };
    let mut base = fresh(server, reader, "rewrites_base", None)?;
    let first = &review.history.migrations[0].up;
    let mut problems = run(&mut base, first)?;
    drop(base);
    problems.extend(prove(server, reader, &review, &rewrite)?);
    drop_database(server, "rewrites_base")?;
    Ok(problems)
}

/// Plays the migrations as written and as rewritten on copies of the database `rewrites_base`.
fn prove(server: &Server, reader: &Reader, review: &Review, rewrite: &Rewrite) -> Outcome<Vec<String>> {
    let workspace = rewrite::apply(&review.workspace, rewrite);
    let layout = Some(review.history.layout.name.to_owned());
    let rewritten = lockstep_core::review(&workspace, &Settings { layout, ..review.settings.clone() });
    let mut problems = Vec::new();
    let mut as_written = fresh(server, reader, "rewrites_as_written", Some("rewrites_base"))?;
    let mut old_statements: BTreeSet<String> = BTreeSet::new();
    for migration in &review.history.migrations[rewrite.migration..] {
        problems.extend(run(&mut as_written, &migration.up)?);
        old_statements.extend(statements(&migration.up).map(|text| one_line(&text)));
    }
    if !problems.is_empty() {
        // There is nothing to compare with.
        return Ok(problems);
    }
    let mut as_rewritten = fresh(server, reader, "rewrites_as_rewritten", Some("rewrites_base"))?;
    let before = (read(reader, &mut as_rewritten)?, rows(&mut as_rewritten)?);
    let promised = rewrite.locks.1.and_then(|mode| running::Mode::of_manual(&mode.to_string()));
    for (index, migration) in rewritten.history.migrations.iter().enumerate().skip(rewrite.migration) {
        let before = &rewritten.timeline.ups[index].before;
        problems.extend(measure(server, reader, &mut as_rewritten, &migration.up, before, |text| {
            // Only what the rewrite brings has promised anything.
            promised.filter(|_| !old_statements.contains(&one_line(text)))
        })?);
    }
    let catalogs = (read(reader, &mut as_written)?, read(reader, &mut as_rewritten)?);
    let differences = different(&ranked(catalogs.0), &ranked(catalogs.1));
    // Columns may stand in another order where that is said.
    let is_meant = |line: &String| !rewrite.differences.is_empty() && line.contains(": number: ");
    problems.extend(differences.into_iter().filter(|line| !is_meant(line)));
    // Which number a row gets, or which random value, differs from one execution to the next.
    if rewrite.kind.id != "add-column-in-steps" {
        let rows = (rows(&mut as_written)?, rows(&mut as_rewritten)?);
        for (table, hash) in &rows.0 {
            if rows.1.get(table) != Some(hash) {
                problems.push(format!("the rows of {table} differ"));
            }
        }
    }
    // Ways back that did not lead back as they were written need not do so now.
    let led_back = |way: &WayBack| matches!(way.verdict, Verdict::Exact | Verdict::Lossy);
    if review.ways_back[rewrite.migration..].iter().all(led_back) {
        problems.extend(back(reader, &mut as_rewritten, &rewritten, rewrite, before)?);
    }
    drop((as_written, as_rewritten));
    drop_database(server, "rewrites_as_written")?;
    drop_database(server, "rewrites_as_rewritten")?;
    Ok(problems)
}

/// Goes back over the rewritten migrations, where all of them have ways back: the catalog and the rows are as before then,
/// but for a column that has come last.
fn back(
    reader: &Reader,
    connection: &mut Connection,
    rewritten: &Review,
    rewrite: &Rewrite,
    before: (Catalog, BTreeMap<String, String>),
) -> Outcome<Vec<String>> {
    let downs: Vec<&Script> = rewritten.history.migrations[rewrite.migration..]
        .iter()
        .filter_map(|own| own.down.as_ref())
        .collect();
    let mut problems = Vec::new();
    if downs.len() < rewritten.history.migrations.len() - rewrite.migration {
        return Ok(problems);
    }
    for down in downs.into_iter().rev() {
        problems.extend(run(connection, down)?.into_iter().map(|problem| format!("back, {problem}")));
    }
    let differences = different(&ranked(before.0), &ranked(read(reader, connection)?));
    let is_place = |line: &String| line.contains(": number: ");
    problems
        .extend(differences.into_iter().filter(|line| !is_place(line)).map(|line| format!("back, {line}")));
    let after = rows(connection)?;
    let other = before.1.iter().filter(|(table, hash)| after.get(*table) != Some(*hash));
    problems.extend(other.map(|(table, _)| format!("back, the rows of {table} differ")));
    Ok(problems)
}

fn read(reader: &Reader, connection: &mut Connection) -> Outcome<Catalog> {
    Ok(reader.read(connection)?.unwrap_or_default())
}

/// A new database, perhaps a copy.
fn fresh(server: &Server, reader: &Reader, name: &str, template: Option<&str>) -> Outcome<Connection> {
    let template = template.map_or(String::new(), |template| format!(" TEMPLATE {template}"));
    let mut admin = Connection::open(server.port, "postgres")?;
    admin.ask(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
    admin.ask(&format!("CREATE DATABASE {name}{template}"))?;
    let mut connection = Connection::open(server.port, name)?;
    reader.prepare(&mut connection)?;
    Ok(connection)
}

fn drop_database(server: &Server, name: &str) -> Outcome {
    Connection::open(server.port, "postgres")?
        .ask(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .map(drop)
}

/// Runs a script as its runner would. Gives what the server refuses.
fn run(connection: &mut Connection, script: &Script) -> Outcome<Vec<String>> {
    let mut problems = Vec::new();
    let is_wrapped = script.transaction == TransactionMode::Single;
    if is_wrapped {
        connection.ask("BEGIN")?;
    }
    for statement in sql::parse(&script.text, 0) {
        let text = &script.text[statement.range.start as usize..statement.range.end as usize];
        if let Err(refusal) = connection.query(text)? {
            problems.push(format!("as written, the server refuses: {refusal}: {}", one_line(text)));
        }
    }
    if is_wrapped {
        connection.query("COMMIT")?.ok();
    }
    connection.query("ROLLBACK")?.ok();
    connection.ask("RESET lock_timeout")?;
    Ok(problems)
}

/// Runs a script with each statement in a transaction of its own, so that its locks can be told. Gives what the server
/// refuses, and where its locks and work are not as predicted or promised.
fn measure(
    server: &Server,
    reader: &Reader,
    connection: &mut Connection,
    script: &Script,
    before: &State,
    promised: impl Fn(&str) -> Option<running::Mode>,
) -> Outcome<Vec<String>> {
    let place = Place { server, database: "rewrites_as_rewritten" };
    let mut problems = Vec::new();
    let mut state = before.clone();
    for statement in sql::parse(&script.text, 0) {
        let text = &script.text[statement.range.start as usize..statement.range.end as usize];
        // A block that commits cannot run within another transaction, where its locks could be read.
        if matches!(statement.command, Command::Do(_)) {
            if let Err(refusal) = connection.query(text)? {
                problems.push(format!("the server refuses: {refusal}: {}", one_line(text)));
            }
            state = step(&state, &statement, &simulated(server.major)).after;
            continue;
        }
        let played = running::play(connection, &place, text, &state)?;
        problems.extend(
            played.refused_by_one.into_iter().map(|(_, refused)| format!("{refused}: {}", one_line(text))),
        );
        for one in &played.compared {
            problems.extend(
                one.differences()
                    .into_iter()
                    .map(|(what, detail)| format!("{what}: {detail}: {}", one_line(text))),
            );
            let over_work = one.strongest_lock_over_work();
            if promised(text).is_some_and(|promised| over_work > Some(promised)) {
                problems.push(format!("a stronger lock over work than promised: {}", one_line(text)));
            }
        }
        state = played.after;
    }
    connection.query("ROLLBACK")?.ok();
    connection.ask("RESET ALL")?;
    reader.settings(connection)?;
    Ok(problems)
}

/// The texts of a script's statements.
fn statements(script: &Script) -> impl Iterator<Item = String> {
    let text = script.text.clone();
    sql::parse(&script.text, 0)
        .into_iter()
        .map(move |own| text[own.range.start as usize..own.range.end as usize].to_owned())
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
}

/// A fingerprint of each table's rows, whatever the order of its columns.
fn rows(connection: &mut Connection) -> Outcome<BTreeMap<String, String>> {
    let tables = connection.ask(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_'",
    )?;
    let mut found = BTreeMap::new();
    for row in tables {
        let [Some(table)] = row.as_slice() else { continue };
        let hash = connection.ask(&format!(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(row, ',' ORDER BY row)), '') FROM (SELECT to_jsonb(t)::text AS row FROM {table} t) AS rows"
        ))?;
        let hash = hash.first().and_then(|row| row.first().cloned().flatten()).unwrap_or_default();
        found.insert(table.clone(), hash);
    }
    Ok(found)
}

/// Reviews each migration of a project as if it were the next to be deployed, and proves what is offered. Gives what was
/// found, and how many rewrites do not hold.
pub fn run_corpus(server: &Server, folder: &Path) -> Outcome<(String, usize)> {
    let whole = corpus::workspace(folder)?;
    let settings = Settings { postgres: server.major, ..Settings::default() };
    let history = lockstep_core::layout::read(&whole, &settings);
    let reader = Reader::new(server.major);
    let mut text = String::new();
    let (mut dangers, mut offered, mut failed) = (BTreeMap::<&str, (usize, usize)>::new(), 0, 0);
    let mut refused = 0;
    drop(fresh(server, &reader, "rewrites_base", None)?);
    for (index, migration) in history.migrations.iter().enumerate() {
        if index > 0 {
            let later: Vec<FileId> = history.migrations[index + 1..]
                .iter()
                .flat_map(|later| std::iter::once(&later.up).chain(&later.down))
                .map(|script| script.file)
                .collect();
            let mut workspace = Workspace::new();
            for (id, file) in whole.files().filter(|(id, _)| !later.contains(id)) {
                let _ = id;
                workspace.add(file.path.clone(), &*file.text);
            }
            let settings = Settings {
                layout: Some(history.layout.name.to_owned()),
                since: Some(history.migrations[index - 1].version.clone()),
                ..settings.clone()
            };
            let review = review(&workspace, &settings);
            let mut tried: Vec<(usize, u32, &str)> = Vec::new();
            for finding in review.findings.iter().filter(|finding| finding.severity == Severity::Danger) {
                let counts = dangers.entry(finding.rule.id).or_default();
                counts.0 += 1;
                let rewrites = rewrite::offers(&review, finding);
                counts.1 += usize::from(!rewrites.is_empty());
                for rewrite in rewrites {
                    let key = (rewrite.migration, finding.span.start, rewrite.kind.id);
                    if tried.contains(&key) {
                        continue;
                    }
                    tried.push(key);
                    offered += 1;
                    let problems = prove(server, &reader, &review, &rewrite)?;
                    if problems.iter().any(|problem| problem.starts_with("as written,")) {
                        refused += 1;
                        offered -= 1;
                        continue;
                    }
                    failed += usize::from(!problems.is_empty());
                    if !problems.is_empty() {
                        let _ = writeln!(text, "{}, {}", migration.up.title, rewrite.kind.id);
                    }
                    for problem in problems {
                        let _ = writeln!(text, "    {problem}");
                    }
                }
            }
        }
        let mut base = Connection::open(server.port, "rewrites_base")?;
        run(&mut base, &migration.up)?;
    }
    let _ = writeln!(text, "{}: {} migrations", folder.display(), history.migrations.len());
    for (rule, (found, answered)) in &dangers {
        let _ = writeln!(text, "    {rule}: {found} dangers, {answered} with a rewrite");
    }
    let sum = dangers.values().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    let _ = write!(
        text,
        "PostgreSQL {}: {} of {} dangers have a rewrite; {} of {offered} rewrites hold; {refused} of migrations that this server refuses as they are written",
        server.major,
        sum.1,
        sum.0,
        offered - failed
    );
    Ok((text, failed))
}
