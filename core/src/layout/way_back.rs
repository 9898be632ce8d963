//! Where a tool looks for down scripts.

use super::{History, Migration};

/// Where a down script stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the up script's file, behind it.
    SameFile,
    /// The same, in comments that begin like this.
    SameFileLines(&'static str),
    /// In a file of its own: the first of these endings that the up's path has, and what stands for it.
    Ending(&'static [(&'static str, &'static str)]),
    /// In a file of its own whose name begins with another letter.
    Letter(&'static str, &'static str),
    /// In a file of its own: a part of the path, and what stands for it.
    Part(&'static str, &'static str),
    /// The tool has no way back: a file that is kept by hand, in a folder beside the up's.
    Folder(&'static str),
}

impl Place {
    /// Beside the migrations, kept by hand.
    pub const BY_HAND: Place = Place::Folder("rollback");

    /// `.up.sql` and `.down.sql`.
    pub(super) const UP_AND_DOWN: Place =
        Place::Ending(&[(".up.sql", ".down.sql"), ("_up.sql", "_down.sql"), (".sql", ".down.sql")]);

    /// The path of the down script for an up script.
    pub fn path(self, up: &str) -> String {
        let beside = |folder: &str| match up.rsplit_once('/') {
            Some((before, file)) => format!("{before}/{folder}/{file}"),
            None => format!("{folder}/{up}"),
        };
        match self {
            Place::SameFile | Place::SameFileLines(_) => up.to_owned(),
            Place::Ending(endings) => {
                let with =
                    |(from, to): &(&str, &str)| up.strip_suffix(from).map(|stem| format!("{stem}{to}"));
                endings.iter().find_map(with).unwrap_or_else(|| beside("rollback"))
            }
            Place::Part(from, to) => match up.rfind(from) {
                Some(at) => format!("{}{to}{}", &up[..at], &up[at + from.len()..]),
                None => beside("rollback"),
            },
            Place::Letter(from, to) => {
                let (before, file) = up.rsplit_once('/').unwrap_or(("", up));
                let slash = if before.is_empty() { "" } else { "/" };
                match file.strip_prefix(from) {
                    Some(rest) => format!("{before}{slash}{to}{rest}"),
                    None => beside("rollback"),
                }
            }
            Place::Folder(folder) => beside(folder),
        }
    }
}

/// The path of a migration's down script: that of the one it has, else in the manner of the history's others, else as
/// the tool wants it.
pub fn down_path(
    history: &History,
    migration: &Migration,
    path_of: impl Fn(&super::Script) -> String,
) -> String {
    let up = path_of(&migration.up);
    if let Some(down) = &migration.down {
        return path_of(down);
    }
    let pairs: Vec<(String, String)> = history
        .migrations
        .iter()
        .filter_map(|own| Some((path_of(&own.up), path_of(own.down.as_ref()?))))
        .collect();
    let is_habit = |place: &&Place| pairs.iter().any(|(up, down)| place.path(up) == *down);
    let own = &history.layout.down;
    std::iter::once(own).chain(HABITS).find(is_habit).unwrap_or(own).path(&up)
}

/// Where people put down scripts that no tool asks for.
const HABITS: &[Place] = &[
    Place::Folder("rollback"),
    Place::Folder("rollbacks"),
    Place::Folder("down"),
    Place::Folder("undo"),
    Place::UP_AND_DOWN,
    Place::Ending(&[(".sql", "_rollback.sql")]),
    Place::Ending(&[(".sql", "_down.sql")]),
    Place::Ending(&[(".sql", ".rollback.sql")]),
    Place::Ending(&[("/up.sql", "/down.sql"), ("/migration.sql", "/down.sql")]),
    Place::Part("/up/", "/down/"),
];
