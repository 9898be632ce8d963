//! Hasura: a folder a migration, `1705311000000_add_users/up.sql`, the number being milliseconds.
//! <https://hasura.io/docs/2.0/migrations-metadata-seeds/manage-migrations/>

use super::folders::{self, up_of};
use super::{
    Commands, File, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode, Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "hasura",
    title: "Hasura",
    recognise,
    read: |files| folders::read(files, |version| format!("{version:0>20}"), |_| TransactionMode::Single),
    runner: Runner::in_transactions("Hasura runs each migration in a transaction."),
    down: Place::Ending(&[("up.sql", "down.sql")]),
    commands: Commands {
        run: "hasura migrate apply --database-name default",
        status: "hasura migrate status --database-name default",
        roll_back: "hasura migrate apply --down 1 --database-name default",
        create: "hasura migrate create {name} --database-name default",
    },
    writing: Writing::files(Outside::Never),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let is_own = |version: &str| version.len() == 13 && version.bytes().all(|byte| byte.is_ascii_digit());
    let ups = || files.iter().filter_map(up_of);
    let count = ups().filter(|(version, _)| is_own(version)).count();
    // Early migrations of some projects were numbered by hand.
    if count * 2 > ups().count() {
        return Some(Recognition {
            strength: Strength::Marker,
            files: count,
            reason: match count {
                1 => "A folder named <milliseconds>_<name> holds an up.sql.".to_owned(),
                _ => format!("{count} folders named <milliseconds>_<name> hold an up.sql."),
            },
        });
    }
    let is_placed =
        |file: &&File<'_>| file.folder_path().contains("hasura/migrations/") && up_of(file).is_some();
    let placed = files.iter().filter(is_placed).count();
    (placed > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: placed,
        reason: "Folders in hasura/migrations hold an up.sql.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn folders_of_milliseconds() {
        let read = histories(&[
            ("migrations/default/1705311000001_b/up.sql", "SELECT 1;"),
            ("migrations/default/1705311000000_a/up.sql", "SELECT 1;"),
            ("migrations/default/1705311000000_a/down.sql", "SELECT 2;"),
        ]);
        let expected = [
            "hasura",
            "1705311000000 [a]: 1705311000000_a/up.sql (single) <- 1705311000000_a/down.sql (single)",
            "1705311000001 [b]: 1705311000001_b/up.sql (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }

    #[test]
    fn folders_numbered_by_hand() {
        let read = histories(&[
            ("app/hasura/migrations/Plans/10_b/up.sql", "SELECT 1;"),
            ("app/hasura/migrations/Plans/9_a/up.sql", "SELECT 1;"),
        ]);
        let expected = [
            "hasura",
            "9 [a]: 9_a/up.sql (single) <- no way back",
            "10 [b]: 10_b/up.sql (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
