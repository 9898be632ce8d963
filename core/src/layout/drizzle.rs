//! Drizzle Kit: `0000_add_users.sql` in the order of `meta/_journal.json`.
//! <https://orm.drizzle.team/docs/kit-overview>

use super::file_name::{Direction, FileName, compare_versions, words};
use super::named::{Named, Pairing, pair};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Script, SetAside, Strength,
    mask,
};
use crate::json::Json;
use crate::sorted::{self, Map, Set};
use crate::text::FileId;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "drizzle",
    title: "Drizzle Kit",
    recognise,
    read,
    runner: Runner {
        one_transaction: true,
        goes_back: false,
        ..Runner::in_transactions(
            "Drizzle runs all pending migrations in one transaction, so every lock is held until the last one is done.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "npx drizzle-kit migrate",
        status: "psql \"$DATABASE_URL\" --command 'SELECT hash, to_timestamp(created_at / 1000.0) AS made FROM drizzle.__drizzle_migrations ORDER BY created_at'",
        roll_back: "# Drizzle has no way back: run the script, then delete the migration's row from drizzle.__drizzle_migrations\n\
                    psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file {file}",
        create: "npx drizzle-kit generate --name {name}",
    },
    writing: None,
};

/// What Drizzle splits a file's statements at, wherever it stands.
const BREAKPOINT: &str = "--> statement-breakpoint";

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| has_number(file)).count();
    let split = files.sql().filter(|file| file.text().contains(BREAKPOINT)).count();
    if files.iter().any(is_journal) {
        let reason = "There is a meta/_journal.json.".to_owned();
        return Some(Recognition { strength: Strength::Marker, files: count, reason });
    }
    (split > 0 && count > 0).then(|| Recognition {
        strength: Strength::Names,
        files: count,
        reason: format!("Statements are parted with {BREAKPOINT}."),
    })
}

fn has_number(file: &File<'_>) -> bool {
    file.says().version.is_some()
}

fn is_journal(file: &File<'_>) -> bool {
    file.name() == "_journal.json"
}

/// What runs, in order, as `meta/_journal.json` says: the files' stems. Or what is wrong with it.
fn tags(journal: &str) -> Result<Vec<String>, String> {
    let journal = Json::parse(journal).map_err(|error| error.to_string())?;
    let Json::Array(entries) = &journal["entries"] else { return Err("it has no entries".to_owned()) };
    let tag = |entry: &Json| match &entry["tag"] {
        Json::String(tag) => Ok(tag.clone()),
        _ => Err("an entry has no tag".to_owned()),
    };
    entries.iter().map(tag).collect()
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = Draft::default();
    let journals: Vec<&File<'_>> = files.iter().filter(|file| is_journal(file)).collect();
    let mut is_read = false;
    let mut by_stem: Map<String, Vec<&File<'_>>> = Map::default();
    for file in files.sql() {
        by_stem.entry(file.says().stem.clone(), Vec::new).push(file);
    }
    for journal in journals {
        let reason = match tags(journal.text()) {
            Ok(tags) => {
                is_read = true;
                draft.migrations.extend(tags.iter().map(|tag| {
                    let named = by_stem.get(tag).map_or(&[][..], Vec::as_slice);
                    journalled(journal, tag, named)
                }));
                "Drizzle's journal, which gives the order.".to_owned()
            }
            Err(problem) => {
                format!("Drizzle's journal cannot be read ({problem}); the order is that of the numbers.")
            }
        };
        draft.set_aside.push(SetAside { file: journal.id, range: journal.range.clone(), reason });
    }
    let known: Set<(FileId, u32)> =
        draft.migrations.iter().map(|migration| (migration.up.file, migration.up.range.start)).collect();
    let is_other = |file: &&File<'_>| !known.contains(&(file.id, file.range.start));
    let mut others: Vec<&File<'_>> = files.sql().filter(is_other).collect();
    sorted::sort_by(&mut others, |a, b| {
        compare_versions(a.name(), b.name()).then_with(|| a.path.cmp(&b.path))
    });
    let mut downs = Vec::new();
    for file in others {
        let name = file.says().clone();
        if name.direction == Direction::Down {
            downs.push(Named { name, script: script(file), beside: None });
        } else if is_read || !has_number(file) {
            let reason = match is_read {
                true => "Not in the journal, so Drizzle never runs it.",
                false => "Its name has no number, so it is none of Drizzle's migrations.",
            };
            draft.set_aside.push(SetAside {
                file: file.id,
                range: file.range.clone(),
                reason: reason.to_owned(),
            });
        } else {
            draft.migrations.push(migration(&name.stem, script(file)));
        }
    }
    // Drizzle runs no down; teams keep them beside the migrations and run them by hand.
    let Draft { migrations, down_of_all, orphans, .. } = pair(draft.migrations, downs, Pairing::Evidence);
    let mut draft = Draft { migrations, down_of_all, orphans, ..draft };
    for file in files.iter().filter(|file| file.name().ends_with("_snapshot.json")) {
        let reason = "Drizzle's snapshot of the schema, not a migration.".to_owned();
        draft.set_aside.push(SetAside { file: file.id, range: file.range.clone(), reason });
    }
    draft
}

/// The migration that an entry of the journal names; `named` are the files of that name.
fn journalled(journal: &File<'_>, tag: &str, named: &[&File<'_>]) -> Migration {
    let root = journal.folder_path().rsplit_once('/').map_or("", |(root, _)| root);
    let in_place = named.iter().find(|file| file.folder_path() == root);
    if let Some(file) = in_place.or(named.first()) {
        return migration(tag, script(file));
    }
    let at = journal.text().find(tag).filter(|_| !tag.is_empty());
    let start = journal.range.start + (journal.head + at.unwrap_or(0)) as u32;
    let named = at.map_or("", |_| tag);
    let missing = Script {
        title: format!("{tag}.sql"),
        file: journal.id,
        range: start..start + named.len() as u32,
        text: mask::blank(named).into(),
        transaction: LAYOUT.runner.wrapping.mode(""),
        missing: true,
    };
    migration(tag, missing)
}

fn migration(stem: &str, up: Script) -> Migration {
    let FileName { version, .. } = FileName::parse(stem);
    let name = words(stem.strip_prefix(version.as_deref().unwrap_or("")).unwrap_or(stem));
    Migration {
        version: version.unwrap_or_else(|| stem.to_owned()),
        name,
        up,
        down: None,
        under_review: true,
    }
}

/// The file with every breakpoint made the semicolon that may be missing before it.
fn script(file: &File<'_>) -> Script {
    let semicolon = format!(";{}", " ".repeat(BREAKPOINT.len() - 1));
    file.script_of(&file.text().replace(BREAKPOINT, &semicolon), LAYOUT.runner.wrapping.mode(file.text()))
}
