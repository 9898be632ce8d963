//! sqlx: `20240115093000_add_users.sql`, or `….up.sql` with `….down.sql`.
//! <https://docs.rs/sqlx/latest/sqlx/macro.migrate.html>

use super::named::{Pairing, assemble, named};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode,
    Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "sqlx",
    title: "sqlx",
    recognise,
    read,
    runner: Runner::in_transactions(
        "sqlx runs each migration in a transaction, unless its first line is -- no-transaction.",
    ),
    down: Place::UP_AND_DOWN,
    commands: Commands {
        run: "sqlx migrate run",
        status: "sqlx migrate info",
        roll_back: "sqlx migrate revert",
        create: "sqlx migrate add -r {name}",
    },
    writing: Writing::files(Outside::FirstLine("-- no-transaction")),
};

/// What a file has to begin with, to the byte.
const NO_TRANSACTION: &str = "-- no-transaction";

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| is_migration(file)).count();
    if count == 0 {
        return None;
    }
    let marked = files.iter().filter(|file| file.text().starts_with(NO_TRANSACTION)).count();
    let manifest = files.iter().any(|file| {
        file.name() == "Cargo.toml" && file.text().lines().any(|line| line.trim_start().starts_with("sqlx"))
    });
    let reason = match (manifest, marked) {
        (true, _) => "There is a Cargo.toml that names sqlx.".to_owned(),
        (false, 0) => return None,
        (false, 1) => format!("A file begins with {NO_TRANSACTION}."),
        (false, _) => format!("{marked} files begin with {NO_TRANSACTION}."),
    };
    Some(Recognition { strength: Strength::Marker, files: count, reason })
}

/// A number, an underscore, a name.
fn is_migration(file: &File<'_>) -> bool {
    let number = file.name().split_once('_').map_or("", |(number, _)| number);
    file.is_sql() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn read(files: &Files<'_>) -> Draft {
    let mode = |file: &File<'_>| TransactionMode::unless(file.text().starts_with(NO_TRANSACTION));
    assemble(named(files.iter().filter(|file| is_migration(file)), mode), Pairing::Version)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn a_first_line_tells() {
        let read = histories(&[
            ("20240101000000_a.up.sql", "SELECT 1;"),
            ("20240101000000_a.down.sql", "SELECT 1;"),
            ("20240102000000_b.sql", "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);"),
        ]);
        let expected = [
            "sqlx",
            "20240101000000 [a]: 20240101000000_a.up.sql (single) <- 20240101000000_a.down.sql (single)",
            "20240102000000 [b]: 20240102000000_b.sql (none) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
