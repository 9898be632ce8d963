//! A folder a migration, with `up.sql` and `down.sql` in it.

use super::file_name::{FileName, words};
use super::{Draft, File, Files, Migration, TransactionMode};
use crate::sorted::{self, Map};

/// The folder's version and name, where the file is the way up of a migration.
pub(super) fn up_of<'f>(file: &'f File<'_>) -> Option<(String, &'f str)> {
    if !file.name().eq_ignore_ascii_case("up.sql") {
        return None;
    }
    let folder = file.folder();
    // SeaORM and its like begin with an m, Hasura's and Diesel's with the number.
    let numbered = folder.strip_prefix('m').unwrap_or(folder);
    let version = FileName::parse(numbered).version?;
    Some((version.clone(), numbered.strip_prefix(version.as_str()).unwrap_or(numbered)))
}

/// The migrations, ordered by what `key` makes of a version.
pub(super) fn read(
    files: &Files<'_>,
    key: fn(&str) -> String,
    mode: impl Fn(&File<'_>) -> TransactionMode,
) -> Draft {
    let downs: Map<&str, &File<'_>> = files
        .iter()
        .filter(|file| file.name().eq_ignore_ascii_case("down.sql"))
        .map(|file| (file.folder_path(), file))
        .collect();
    let mut draft = Draft::default();
    let mut paired = Vec::new();
    for file in files.iter() {
        let Some((version, name)) = up_of(file) else { continue };
        let script = |file: &File<'_>| {
            let mut script = file.script(mode(file));
            script.title = format!("{}/{}", file.folder(), file.name());
            script
        };
        let down = downs.get(file.folder_path());
        paired.extend(down.map(|down| down.id));
        draft.migrations.push(Migration {
            version,
            name: words(name),
            up: script(file),
            down: down.map(|down| script(down)),
            under_review: true,
        });
    }
    let orphans = downs.into_iter().filter(|(_, down)| !paired.contains(&down.id));
    draft.orphans = orphans.map(|(_, down)| down.script(mode(down))).collect();
    sorted::sort_by_key(&mut draft.migrations, |migration| {
        (key(&migration.version), migration.up.title.clone())
    });
    draft
}
