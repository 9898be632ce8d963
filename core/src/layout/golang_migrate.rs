//! golang-migrate: `000001_add_users.up.sql` with `000001_add_users.down.sql`.
//! <https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md>

use super::named::{Pairing, assemble, named};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, Wrapping, Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "golang-migrate",
    title: "golang-migrate",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::SimpleQuery,
        one_transaction: false,
        psql: false,
        goes_back: true,
        sentence: "golang-migrate sends a file as one simple query, which PostgreSQL runs as one transaction \
                   unless the file holds a single statement or has its own BEGIN.",
    },
    down: Place::UP_AND_DOWN,
    commands: Commands {
        run: "migrate -path migrations -database \"$DATABASE_URL\" up",
        status: "migrate -path migrations -database \"$DATABASE_URL\" version",
        roll_back: "migrate -path migrations -database \"$DATABASE_URL\" down 1",
        create: "migrate create -ext sql -dir migrations -seq {name}",
    },
    writing: Writing::files(Outside::Alone),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| is_migration(file)).count();
    let others = files.sql().filter(|file| file.says().version.is_some()).count() - count;
    (count > 0).then(|| Recognition {
        // A few such files among many numbered ones are not the tool's.
        strength: if count >= others { Strength::Names } else { Strength::Possible },
        files: count,
        reason: match count {
            1 => "A file is named <version>_<name>.up.sql or .down.sql.".to_owned(),
            _ => format!("{count} files are named <version>_<name>.up.sql or .down.sql."),
        },
    })
}

/// `^([0-9]+)_(.*)\.(down|up)\.(.*)$`
fn is_migration(file: &File<'_>) -> bool {
    let name = file.name();
    let Some((version, rest)) = name.split_once('_') else { return false };
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    let lower = rest.to_ascii_lowercase();
    is_number && file.is_sql() && [".up.sql", ".down.sql"].iter().any(|ending| lower.ends_with(ending))
}

fn read(files: &Files<'_>) -> Draft {
    let mode = |file: &File<'_>| LAYOUT.runner.wrapping.mode(file.text());
    assemble(named(files.iter().filter(|file| is_migration(file)), mode), Pairing::Version)
}
