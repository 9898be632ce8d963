//! The numbers that migrations bear, as far as they are plain numbers.

use super::Scene;

/// A migration whose version is one whole number.
pub(super) struct Numbered<'a> {
    /// Its index in the history.
    pub migration: usize,
    /// The number.
    pub number: u128,
    /// As its file writes it.
    pub written: &'a str,
    /// Under review?
    pub under_review: bool,
    /// What counts together: the folder.
    pub group: &'a str,
}

impl Numbered<'_> {
    /// A date or a moment rather than a count: `20240115`, `20240115093000`, `1705311000`.
    pub fn is_timestamp(&self) -> bool {
        self.written.len() >= 8
    }
}

/// The numbered migrations in the order of the history.
pub(super) fn numbered<'a>(scene: &'a Scene) -> Vec<Numbered<'a>> {
    let mut found = Vec::new();
    // It knows a migration by its whole name, and runs them in the order of the names: no number can be wrong.
    if scene.history.layout.name == "prisma" {
        return found;
    }
    for (migration, own) in scene.history.migrations.iter().enumerate() {
        let written = own.version.as_str();
        if let Ok(number) = written.parse::<u128>()
            && written.bytes().all(|byte| byte.is_ascii_digit())
        {
            let path = &scene.workspace.file(own.up.file).path;
            let folder = |path: &'a str| path.rsplit_once('/').unwrap_or_default();
            let (mut group, _) = folder(path);
            // A folder for each migration: those beside it count together.
            if folder(group).1.starts_with(written) || group.starts_with(written) {
                group = folder(group).0;
            }
            found.push(Numbered { migration, number, written, under_review: own.under_review, group });
        }
    }
    found
}

/// The numbered migrations, folder by folder.
pub(super) fn groups<'a>(scene: &'a Scene) -> Vec<Vec<Numbered<'a>>> {
    let mut groups: Vec<Vec<Numbered>> = Vec::new();
    for own in numbered(scene) {
        match groups.iter_mut().find(|group| group[0].group == own.group) {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    groups
}
