//! postgres-migrations: `0001-add-users.sql`.
//! <https://github.com/ThomWright/postgres-migrations>

use super::named::{Pairing, assemble, named};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode,
    Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "postgres-migrations",
    title: "postgres-migrations",
    recognise,
    read,
    runner: Runner {
        goes_back: false,
        ..Runner::in_transactions(
            "postgres-migrations runs each file in a transaction, unless it says -- postgres-migrations disable-transaction.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "npx pg-migrate migrate",
        status: "psql \"$DATABASE_URL\" --command 'SELECT id, name, executed_at FROM migrations ORDER BY id'",
        roll_back: "# postgres-migrations has no way back: run the script by hand\n\
                    psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file {file}",
        create: "touch migrations/{name}.sql",
    },
    writing: Writing::files(Outside::FirstLine("-- postgres-migrations disable-transaction")),
};

const MARK: &str = "-- postgres-migrations disable-transaction";

fn says_so(file: &File<'_>) -> bool {
    file.text().lines().any(|line| line.trim() == MARK)
}

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| says_so(file)).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: format!("A file says {MARK}."),
    })
}

fn read(files: &Files<'_>) -> Draft {
    assemble(named(files.numbered(), |file| TransactionMode::unless(says_so(file))), Pairing::Version)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn a_comment_tells() {
        let read = histories(&[
            ("0001-a.sql", "SELECT 1;"),
            (
                "0002-b.sql",
                "-- postgres-migrations disable-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);",
            ),
            ("00010-c.sql", "SELECT 1;"),
        ]);
        let expected = [
            "postgres-migrations",
            "0001 [a]: 0001-a.sql (single) <- no way back",
            "0002 [b]: 0002-b.sql (none) <- no way back",
            "00010 [c]: 00010-c.sql (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
