//! go-pg/migrations: `1_add_users.up.sql`, in a transaction when it is named `1_add_users.tx.up.sql`.
//! <https://github.com/go-pg/migrations>

use super::file_name::words;
use super::named::{Named, Pairing, assemble};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode,
    Wrapping, Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "go-pg",
    title: "go-pg/migrations",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::SimpleQuery,
        one_transaction: false,
        psql: false,
        goes_back: true,
        sentence: "go-pg/migrations runs a .tx.up.sql in a transaction, and sends any other file as one simple query.",
    },
    down: Place::Part(".up.", ".down."),
    commands: Commands {
        run: "go run . up",
        status: "go run . version",
        roll_back: "go run . down",
        create: "touch migrations/{name}.tx.up.sql migrations/{name}.tx.down.sql",
    },
    writing: Writing::files(Outside::WithoutPart(".tx")),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| is_migration(file)).count();
    files.iter().any(is_transactional).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "Files are named <version>_<name>.tx.up.sql.".to_owned(),
    })
}

fn is_transactional(file: &File<'_>) -> bool {
    file.name().ends_with(".tx.up.sql") || file.name().ends_with(".tx.down.sql")
}

fn is_migration(file: &File<'_>) -> bool {
    let name = file.name();
    name.starts_with(|first: char| first.is_ascii_digit())
        && (name.ends_with(".up.sql") || name.ends_with(".down.sql"))
}

fn read(files: &Files<'_>) -> Draft {
    let scripts = files.iter().filter(|file| is_migration(file)).map(|file| {
        let mode = match is_transactional(file) {
            true => TransactionMode::Single,
            false => LAYOUT.runner.wrapping.mode(file.text()),
        };
        let mut name = file.says().clone();
        name.name = words(name.name.strip_suffix(" tx").unwrap_or(&name.name));
        Named { name, script: file.script(mode), beside: None }
    });
    assemble(scripts.collect(), Pairing::Version)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn tx_in_the_name() {
        let read = histories(&[
            ("1_a.tx.up.sql", "SELECT 1; SELECT 2;"),
            ("1_a.tx.down.sql", "SELECT 1;"),
            ("2_b.up.sql", "SELECT 1;"),
        ]);
        let expected = [
            "go-pg",
            "1 [a]: 1_a.tx.up.sql (single) <- 1_a.tx.down.sql (single)",
            "2 [b]: 2_b.up.sql (none) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
