//! Prisma Migrate: a folder a migration, `20240115093000_add_users/migration.sql`.
//! <https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories>

use super::file_name::{FileName, words};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Outside, Place, Recognition, Runner, SetAside, Strength,
    Wrapping, Writing,
};
use crate::sorted::{self, Map};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "prisma",
    title: "Prisma Migrate",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::SimpleQuery,
        one_transaction: false,
        psql: false,
        goes_back: false,
        sentence: "Prisma sends a migration.sql as one simple query, which PostgreSQL runs as one transaction \
                   unless the file holds a single statement.",
    },
    down: Place::Ending(&[("migration.sql", "down.sql")]),
    commands: Commands {
        run: "npx prisma migrate deploy",
        status: "npx prisma migrate status",
        roll_back: "npx prisma db execute --schema prisma/schema.prisma --file {file}\n\
                    # only for a migration that failed; of one that succeeded, delete the row in _prisma_migrations\n\
                    npx prisma migrate resolve --rolled-back {migration}",
        create: "npx prisma migrate dev --create-only --name {name}",
    },
    writing: Writing::files(Outside::Alone),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| is_migration(file)).count();
    let lock = files.iter().any(is_lock);
    (count > 0).then(|| Recognition {
        strength: if lock { Strength::Marker } else { Strength::Names },
        files: count,
        reason: match (lock, count) {
            (true, _) => {
                "There is a migration_lock.toml, and a migration.sql in a folder for each migration."
                    .to_owned()
            }
            (false, 1) => "A folder named <timestamp>_<name> holds a migration.sql.".to_owned(),
            (false, _) => format!("{count} folders named <timestamp>_<name> hold a migration.sql."),
        },
    })
}

fn is_migration(file: &File<'_>) -> bool {
    file.name().eq_ignore_ascii_case("migration.sql") && FileName::parse(file.folder()).version.is_some()
}

fn is_lock(file: &File<'_>) -> bool {
    file.name() == "migration_lock.toml"
}

fn read(files: &Files<'_>) -> Draft {
    let mut migrations: Vec<&File<'_>> = files.iter().filter(|file| is_migration(file)).collect();
    // The tool sorts the folders' names as text.
    sorted::sort_by_key(&mut migrations, |file| (file.folder().to_owned(), file.path.to_string()));
    let wrap = |file: &File<'_>| {
        let mut script = file.script(LAYOUT.runner.wrapping.mode(file.text()));
        script.title = format!("{}/{}", file.folder(), file.name());
        script
    };
    // Prisma runs no down; teams keep one beside the migration, as its documentation advises.
    let is_down = |file: &&File<'_>| {
        ["down.sql", "rollback.sql"].iter().any(|name| file.name().eq_ignore_ascii_case(name))
    };
    let downs: Map<&str, &File<'_>> =
        files.iter().filter(is_down).map(|file| (file.folder_path(), file)).collect();
    let migrations = migrations.into_iter().map(|file| {
        let FileName { version, .. } = FileName::parse(file.folder());
        let version = version.unwrap_or_default();
        let name = words(file.folder().strip_prefix(&version).unwrap_or(file.folder()));
        Migration {
            version,
            name,
            up: wrap(file),
            down: downs.get(file.folder_path()).map(|down| wrap(down)),
            under_review: true,
        }
    });
    let set_aside = files.iter().filter_map(|file| {
        let reason = if is_lock(file) {
            match provider(file.text()) {
                None | Some("postgresql" | "cockroachdb") => {
                    "Prisma's lock on the kind of database, not a migration.".to_owned()
                }
                Some(other) => {
                    format!("Prisma's lock says that these migrations are for {other}, not for PostgreSQL.")
                }
            }
        } else if file.name().ends_with(".prisma") {
            "Prisma's schema, not a migration.".to_owned()
        } else {
            return None;
        };
        Some(SetAside { file: file.id, range: file.range.clone(), reason })
    });
    Draft { migrations: migrations.collect(), set_aside: set_aside.collect(), ..Draft::default() }
}

/// `provider = "postgresql"`
fn provider(lock: &str) -> Option<&str> {
    let line = lock.lines().find_map(|line| line.trim().strip_prefix("provider"))?;
    line.split('"').nth(1)
}
