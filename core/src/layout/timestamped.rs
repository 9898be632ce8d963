//! Scripts that bear the moment they were made: `20240115093000_add_users.sql`, `2024-01-15_add_users.sql`.

use super::file_name::is_timestamp;
use super::{Files, Layout, Outside, Place, Recognition, Strength, Writing, numbered, psql};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "timestamped",
    title: "Timestamped SQL files",
    recognise,
    read: psql::read,
    runner: psql::RUNNER,
    down: Place::BY_HAND,
    commands: psql::commands("touch \"migrations/$(date -u +%Y%m%d%H%M%S)_{name}.sql\""),
    writing: Writing::files(Outside::Always),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let versions = numbered::versions(files);
    let count = versions.len();
    let timestamps = versions.iter().filter(|version| is_timestamp(version)).count();
    (timestamps * 2 > count).then(|| Recognition {
        strength: Strength::Possible,
        files: count,
        reason: match timestamps {
            1 => "A file's name begins with a time, and has no mark of a tool's own.".to_owned(),
            _ => {
                format!("{timestamps} of the file names begin with a time, and have no mark of a tool's own.")
            }
        },
    })
}
