//! What no layout recognises: every SQL file is a migration named after the file.

use super::{Files, Layout, Outside, Place, Recognition, Strength, Writing, psql};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "plain",
    title: "Plain SQL files",
    recognise,
    read: psql::read,
    runner: psql::RUNNER,
    down: Place::BY_HAND,
    commands: psql::commands("touch migrations/{name}.sql"),
    writing: Writing::files(Outside::Always),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().count();
    let reason = match count {
        0 => return None,
        1 => "The file's name belongs to no migration tool, so it is one migration.".to_owned(),
        _ => format!(
            "The names of the {count} SQL files follow no migration tool, so each file is a migration."
        ),
    };
    Some(Recognition { strength: Strength::Anything, files: count, reason })
}
