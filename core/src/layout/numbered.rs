//! Numbered scripts: `001_add_users.sql`, with the way back in a folder `rollback/` or in
//! `rollback_001.sql`, `001_rollback.sql`, `down_001.sql`.

use super::file_name::is_timestamp;
use super::{Files, Layout, Outside, Place, Recognition, Strength, Writing, psql};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "numbered",
    title: "Numbered SQL files",
    recognise,
    read: psql::read,
    runner: psql::RUNNER,
    down: Place::BY_HAND,
    commands: psql::commands("touch migrations/{name}.sql migrations/rollback/{name}.sql"),
    writing: Writing::files(Outside::Always),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let versions = versions(files);
    let count = versions.len();
    let timestamps = versions.iter().filter(|version| is_timestamp(version)).count();
    (count > 0 && timestamps * 2 <= count).then(|| Recognition {
        strength: Strength::Possible,
        files: count,
        reason: match count {
            1 => "A file's name begins with a number, and has no mark of a tool's own.".to_owned(),
            _ => format!("{count} of the file names begin with a number, and have no mark of a tool's own."),
        },
    })
}

/// The numbers that the names of SQL files begin with.
pub(super) fn versions(files: &Files<'_>) -> Vec<String> {
    files.sql().filter_map(|file| file.says().version.clone()).collect()
}
