//! A real project's migrations: what each statement locks and what work it does, on a server and as predicted.

use std::fmt::Write;
use std::path::Path;

use lockstep_core::simulate::State;

use super::cases::{Played, play};
use super::observe::Place;
use crate::Outcome;
use crate::catalog::Reader;
use crate::check::share;
use crate::corpus::history;
use crate::database::Database;
use crate::server::Server;

/// Plays the migrations below a folder in order; lists what differs, and says how much agrees.
pub fn run(server: &Server, folder: &Path) -> Outcome<String> {
    let history = history(folder, server.major)?;
    let reader = Reader::new(server.major);
    let mut database = Database::new(server, &reader, "running")?;
    let name = database.name();
    let place = Place { server, database: &name };
    let mut state = State::default();
    let mut text = String::new();
    let (mut statements, mut agreeing, mut one_sided) = (0, 0, 0);
    for migration in &history.migrations {
        let Played { compared, refused_by_one, after } =
            play(&mut database.connection, &place, &migration.up.text, &state)?;
        for one in &compared {
            let differences = one.differences();
            statements += 1;
            agreeing += usize::from(differences.is_empty());
            if !differences.is_empty() {
                let _ = writeln!(text, "{}, {}", migration.up.title, one.shown());
            }
            for (what, detail) in differences {
                let _ = writeln!(text, "    {what}: {detail}");
            }
        }
        for (line, detail) in refused_by_one {
            one_sided += 1;
            let _ = writeln!(text, "{}, line {line}: {detail}", migration.up.title);
        }
        // Each migration has a session of its own.
        database.connection.query("ROLLBACK")?.ok();
        database.connection.ask("RESET ALL")?;
        reader.settings(&mut database.connection)?;
        state = State { schema: after.schema, ..State::default() };
    }
    let _ = writeln!(
        text,
        "PostgreSQL {}, {}: {} migrations, {statements} statements, {agreeing} with the same locks and work ({}%), \
         {one_sided} that only one side accepts",
        server.major,
        folder.display(),
        history.migrations.len(),
        share(agreeing, statements),
    );
    Ok(text)
}
