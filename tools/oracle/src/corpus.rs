//! A real project's migrations on a server and on the simulator.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lockstep_core::layout::{History, is_candidate, is_candidate_folder, read};
use lockstep_core::simulate::State;
use lockstep_core::{Settings, Workspace};

use crate::Outcome;
use crate::catalog::Reader;
use crate::check::share;
use crate::database::Database;
use crate::play::{Stage, play};
use crate::roundtrip::{baseline, reload};
use crate::server::Server;

/// The migrations below a folder.
pub fn history(folder: &Path, major: u32) -> Outcome<History> {
    Ok(read(&workspace(folder)?, &Settings { postgres: major, ..Settings::default() }))
}

/// The files below a folder that could belong to migrations.
pub fn workspace(folder: &Path) -> Outcome<Workspace> {
    let mut workspace = Workspace::default();
    add_files(&mut workspace, folder, folder)?;
    Ok(workspace)
}

/// What a report on a project begins with: `PostgreSQL 18: 342 migrations of FOLDER, diesel`.
pub fn heading(server: &Server, folder: &Path, history: &History) -> String {
    format!(
        "PostgreSQL {}: {} migrations of {}, {}\n",
        server.major,
        history.migrations.len(),
        folder.display(),
        history.layout.name
    )
}

/// Plays the migrations below a folder in order. Says where errors and catalogs differ, and how often: verdicts that are
/// not the same, and facts of the last catalog.
pub fn run(server: &Server, folder: &Path) -> Outcome<(String, usize)> {
    let history = history(folder, server.major)?;
    let mut text = heading(server, folder, &history);
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "corpus")?;
    let mut state = State::default();
    let (mut statements, mut same, mut refused) = (0, 0, 0);
    let mut stage = Stage::new(&mut database.connection, &reader, server.major);
    for migration in &history.migrations {
        let (played, after) = play(&mut stage, &migration.up.text, &state, false)?;
        for one in &played {
            statements += 1;
            same += usize::from(one.same_verdict());
            refused += usize::from(one.server.is_some());
            if !one.same_verdict() {
                let _ = writeln!(text, "{}, {}", migration.up.title, one.told());
            }
        }
        for difference in stage.look(&after.schema)? {
            let _ = writeln!(text, "{}: {difference}", migration.up.title);
        }
        // Each migration has a session of its own.
        stage.connection.query("ROLLBACK")?.ok();
        stage.connection.ask("RESET ALL")?;
        reader.settings(stage.connection)?;
        state = State { schema: after.schema, ..State::default() };
    }
    let standing: Vec<String> = stage.standing.iter().map(|difference| difference.label()).collect();
    let _ = writeln!(
        text,
        "{statements} statements, {refused} refused by the server, {} with the same verdict and SQLSTATE ({}%)",
        same,
        share(same, statements)
    );
    let objects = reader.read(stage.connection)?.unwrap_or_default();
    let _ = writeln!(
        text,
        "The last catalog: {} facts, {} differ {}",
        objects.len(),
        standing.len(),
        counted(&standing)
    );
    for (what, again) in [("DDL loaded again", reload as crate::roundtrip::Again), ("pg_dump read", baseline)]
    {
        match again(server, &reader, &mut database, &state.schema)? {
            None => {
                let _ = writeln!(text, "{what}: there is no pg_dump as new as the server");
            }
            Some(differences) => {
                let _ = writeln!(text, "{what}: {} differences", differences.len());
                for difference in differences {
                    let _ = writeln!(text, "    {difference}");
                }
            }
        }
    }
    Ok((text, statements - same + standing.len()))
}

/// `(3 column.type, 1 index.definition)`.
fn counted(labels: &[String]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in labels {
        *counts.entry(label).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(label, count)| format!("{count} {label}")).collect();
    if counts.is_empty() { String::new() } else { format!("({})", counts.join(", ")) }
}

/// Adds the files below a folder that may be migrations.
fn add_files(workspace: &mut Workspace, root: &Path, folder: &Path) -> Outcome {
    let failed = |error| format!("cannot read {}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if is_candidate_folder(&name) {
                add_files(workspace, root, &path)?;
            }
        } else if is_candidate(&name) {
            let bytes = std::fs::read(&path).map_err(failed)?;
            workspace.add(path.strip_prefix(root).unwrap_or(&path).to_string_lossy(), bytes);
        }
    }
    Ok(())
}
