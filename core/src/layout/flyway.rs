//! Flyway: `V1.2__add_users.sql`, the way back in `U1.2__…`, repeatable ones in `R__…`.
//! <https://documentation.red-gate.com/fd/migrations-271585107.html>

use std::cmp::Ordering;

use super::file_name::{compare_versions, version_key, words};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Outside, Place, Recognition, Runner, Script, SetAside,
    Strength, TransactionMode, Writing, mask, outline,
};
use crate::sorted::{self, Map};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "flyway",
    title: "Flyway",
    recognise,
    read,
    runner: Runner {
        goes_back: false,
        ..Runner::in_transactions(
            "Flyway runs each migration in a transaction, except where a statement cannot run in one or a .conf beside it says executeInTransaction=false.",
        )
    },
    down: Place::Letter("V", "U"),
    commands: Commands {
        run: "flyway migrate",
        status: "flyway info",
        roll_back: "flyway undo",
        create: "touch migrations/V{name}.sql",
    },
    writing: Writing::files(Outside::Beside(".conf", "executeInTransaction=false\n")),
};

/// What a file's name says to Flyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// `V`, `U`, `B` or `R`.
    pub kind: char,
    /// `1.2`; empty for a repeatable migration.
    pub version: &'a str,
    /// `add_users`.
    pub description: &'a str,
}

impl Name<'_> {
    /// Reads `V1_2__add_users.sql`.
    pub fn parse(file: &str) -> Option<Name<'_>> {
        let stem = file.strip_suffix(".sql").or_else(|| file.strip_suffix(".SQL"))?;
        let kind = stem.chars().next().filter(|kind| matches!(kind, 'V' | 'U' | 'B' | 'R'))?;
        let (version, description) = stem[1..].split_once("__")?;
        let is_version = version.starts_with(|first: char| first.is_ascii_digit())
            && version.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-'));
        (if kind == 'R' { version.is_empty() } else { is_version }).then_some(Name {
            kind,
            version,
            description,
        })
    }
}

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| Name::parse(file.name()).is_some()).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: match count {
            1 => "A file is named V<version>__<description>.sql or as Flyway's other kinds.".to_owned(),
            _ => format!("{count} files are named V<version>__<description>.sql or as Flyway's other kinds."),
        },
    })
}

fn read(files: &Files<'_>) -> Draft {
    let mixed = files.iter().filter(|file| Name::parse(file.name()).is_some() && is_mixed(files, file));
    let mut draft =
        Draft { mixed: mixed.map(|file| (file.id, file.range.start)).collect(), ..Draft::default() };
    let (mut repeatable, mut callbacks) = (Vec::new(), Vec::new());
    let mut baselines = Vec::new();
    let mut undos: Map<String, Vec<Script>> = Map::default();
    for file in files.iter() {
        let Some(name) = Name::parse(file.name()) else {
            if is_callback_after(file.name()) {
                callbacks.push(migration(files, file, file.name(), ""));
            }
            continue;
        };
        match name.kind {
            'V' => draft.migrations.push(migration(files, file, name.version, name.description)),
            'B' => baselines.push((file, migration(files, file, name.version, name.description))),
            'U' => undos.entry(version_key(name.version), Vec::new).push(script(files, file)),
            _ => repeatable.push(migration(files, file, "", name.description)),
        }
    }
    let order = |a: &Migration, b: &Migration| compare_versions(&a.version, &b.version);
    sorted::sort_by(&mut draft.migrations, order);
    // A new database begins with the newest baseline; what an older one has run is what the others show.
    let oldest = draft.migrations.first().map(|migration| migration.version.clone());
    for (file, baseline) in baselines {
        let is_covered = oldest
            .as_ref()
            .is_some_and(|oldest| compare_versions(oldest, &baseline.version) != Ordering::Greater);
        if is_covered {
            let reason = format!(
                "A baseline for new databases, instead of the migrations up to {}.",
                baseline.version
            );
            draft.set_aside.push(SetAside { file: file.id, range: file.range.clone(), reason });
        } else {
            draft.migrations.insert(0, baseline);
        }
    }
    for migration in &mut draft.migrations {
        let of_version = undos.get_mut(&version_key(&migration.version));
        migration.down = of_version.and_then(Vec::pop);
    }
    draft.orphans = undos.into_iter().flat_map(|(_, undos)| undos).collect();
    sorted::sort_by_key(&mut repeatable, |migration| migration.name.clone());
    sorted::sort_by_key(&mut callbacks, |migration| migration.name.clone());
    draft.migrations.extend(repeatable);
    draft.migrations.extend(callbacks);
    draft
}

/// Callbacks that run when all migrations have.
fn is_callback_after(file: &str) -> bool {
    let stem = file.strip_suffix(".sql").unwrap_or_default();
    let event = stem.split_once("__").map_or(stem, |(event, _)| event);
    matches!(event, "afterMigrate" | "afterMigrateApplied" | "afterVersioned")
}

fn migration(files: &Files<'_>, file: &File<'_>, version: &str, description: &str) -> Migration {
    let up = script(files, file);
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let version = if description.is_empty() || version.is_empty() {
        stem.to_owned()
    } else {
        version.replace('_', ".")
    };
    Migration { version, name: words(description), up, down: None, under_review: true }
}

fn script(files: &Files<'_>, file: &File<'_>) -> Script {
    let text = mask::placeholders(file.text(), "${", "}");
    let in_transaction = configured(files, file)
        .unwrap_or_else(|| !outline::statements(&text).any(|words| runs_alone(&words)));
    file.script_of(&text, TransactionMode::unless(!in_transaction))
}

/// What the `.conf` beside a script says of its transaction.
fn configured(files: &Files<'_>, file: &File<'_>) -> Option<bool> {
    let mut beside = files.iter().filter(|other| {
        other.folder_path() == file.folder_path()
            && other.name().strip_suffix(".conf").is_some_and(|name| name == file.name())
    });
    beside.next()?.text().lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "executeInTransaction").then(|| value.trim() != "false")
    })
}

/// Has it statements of both kinds, and does nothing here allow that? Source: `ParserSqlScript.parse`.
fn is_mixed(files: &Files<'_>, file: &File<'_>) -> bool {
    let text = mask::placeholders(file.text(), "${", "}");
    let kinds = || outline::statements(&text).map(|words| runs_alone(&words));
    let allows = |line: &str| line.contains("mixed") && line.contains("true");
    kinds().any(|alone| alone)
        && kinds().any(|alone| !alone)
        && configured(files, file).is_none()
        && !files.iter().any(|other| !other.is_sql() && other.text().lines().any(allows))
}

/// Statements for which Flyway leaves the transaction away by itself.
fn runs_alone(words: &[String]) -> bool {
    let has = |word: &str| words.iter().any(|other| other == word);
    match words.first().map(String::as_str) {
        Some("create" | "drop") => {
            has("concurrently") && has("index")
                || matches!(
                    words.get(1).map(String::as_str),
                    Some("database" | "tablespace" | "subscription")
                )
        }
        Some("reindex" | "vacuum") => true,
        Some("alter") => matches!(words.get(1).map(String::as_str), Some("system")),
        Some("discard") => has("all"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn kinds_of_files() {
        let read = histories(&[
            ("sql/V1_10__last.sql", "SELECT ${user};"),
            ("sql/V1.2__add_users.sql", "SELECT 1;"),
            ("sql/U1.2__add_users.sql", "SELECT 1;"),
            ("sql/B1__base.sql", "SELECT 1;"),
            ("sql/B1_10__newer_base.sql", "SELECT 1;"),
            ("sql/R__views.sql", "SELECT 1;"),
            ("sql/afterMigrate.sql", "SELECT 1;"),
            ("sql/V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"),
            ("sql/V3__conf.sql", "SELECT 1;"),
            ("sql/V3__conf.sql.conf", "executeInTransaction=false\n"),
            ("sql/beforeMigrate.sql", "SELECT 1;"),
        ]);
        let expected = [
            "flyway",
            "1 [base]: B1__base.sql (single) <- no way back",
            "1.2 [add users]: V1.2__add_users.sql (single) <- U1.2__add_users.sql (single)",
            "1.10 [last]: V1_10__last.sql (single) <- no way back",
            "2 [index]: V2__index.sql (none) <- no way back",
            "3 [conf]: V3__conf.sql (none) <- no way back",
            "R__views [views]: R__views.sql (single) <- no way back",
            "afterMigrate []: afterMigrate.sql (single) <- no way back",
            "aside: A baseline for new databases, instead of the migrations up to 1.10.",
            "aside: Not an SQL file.",
            "aside: Flyway would not run this file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
