//! Diesel: a folder a migration, `2024-01-15-093000_add_users/up.sql` with its `down.sql`.
//! <https://docs.rs/diesel_migrations>

use super::folders::{self, up_of};
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode,
    Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "diesel",
    title: "Diesel",
    recognise,
    read,
    runner: Runner::in_transactions(
        "Diesel runs each migration in a transaction, unless a metadata.toml beside it says run_in_transaction = false.",
    ),
    down: Place::Ending(&[("up.sql", "down.sql")]),
    commands: Commands {
        run: "diesel migration run",
        status: "diesel migration list",
        roll_back: "diesel migration revert",
        create: "diesel migration generate {name}",
    },
    writing: Writing::files(Outside::InFolder("metadata.toml", "run_in_transaction = false\n")),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.iter().filter(|file| up_of(file).is_some()).count();
    let own = files.iter().any(|file| matches!(file.name(), "diesel.toml" | "metadata.toml"));
    (count > 0).then(|| Recognition {
        strength: if own { Strength::Marker } else { Strength::Names },
        files: count,
        reason: match count {
            1 => "A folder named <version>_<name> holds an up.sql.".to_owned(),
            _ => format!("{count} folders named <version>_<name> hold an up.sql."),
        },
    })
}

fn read(files: &Files<'_>) -> Draft {
    // Diesel compares versions as text, without their dashes.
    folders::read(files, |version| version.replace('-', ""), |file| mode(files, file))
}

fn mode(files: &Files<'_>, file: &File<'_>) -> TransactionMode {
    let metadata = files
        .iter()
        .find(|other| other.name() == "metadata.toml" && other.folder_path() == file.folder_path());
    let says_no = metadata.is_some_and(|metadata| {
        metadata
            .text()
            .lines()
            .any(|line| line.split_whitespace().collect::<String>() == "run_in_transaction=false")
    });
    TransactionMode::unless(says_no)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn versions_without_dashes() {
        let read = histories(&[
            ("migrations/2019-01-01-000000_b/up.sql", "SELECT 1;"),
            ("migrations/2019-01-01-000000_b/down.sql", "SELECT 2;"),
            ("migrations/20180101000000_a/up.sql", "SELECT 1;"),
            ("migrations/00000000000000_diesel_initial_setup/up.sql", "SELECT 1;"),
            ("migrations/2020-01-01-000000_c/up.sql", "SELECT 1;"),
            ("migrations/2020-01-01-000000_c/metadata.toml", "run_in_transaction = false\n"),
        ]);
        let expected = [
            "diesel",
            "00000000000000 [diesel initial setup]: 00000000000000_diesel_initial_setup/up.sql (single) <- no way back",
            "20180101000000 [a]: 20180101000000_a/up.sql (single) <- no way back",
            "2019-01-01-000000 [b]: 2019-01-01-000000_b/up.sql (single) <- 2019-01-01-000000_b/down.sql (single)",
            "2020-01-01-000000 [c]: 2020-01-01-000000_c/up.sql (none) <- no way back",
            "aside: Not an SQL file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
