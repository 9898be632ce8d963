//! SeaORM's SQL, which its migrations in Rust include: `m20240115_093000_add_users.sql`, `….up.sql` with `….down.sql`, or a folder
//! of that name with `up.sql` and `down.sql`.
//! <https://www.sea-ql.org/SeaORM/docs/migration/writing-migration/>

use super::file_name::FileName;
use super::named::{Named, Pairing, assemble};
use super::{
    Commands, Draft, File, Files, Layout, Place, Recognition, Runner, Strength, TransactionMode, folders,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "sea-orm",
    title: "SeaORM",
    recognise,
    read,
    runner: Runner {
        one_transaction: true,
        ..Runner::in_transactions("SeaORM runs all pending migrations in one transaction.")
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "sea-orm-cli migrate up",
        status: "sea-orm-cli migrate status",
        roll_back: "sea-orm-cli migrate down",
        create: "sea-orm-cli migrate generate {name}",
    },
    // A migration is a module in Rust, which includes the SQL.
    writing: None,
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files
        .sql()
        .filter(|file| named_so(file.name()).is_some() || named_so(file.folder()).is_some())
        .count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: match count {
            1 => "A file or its folder is named m<date>_<time>_<name>.".to_owned(),
            _ => format!("{count} files or their folders are named m<date>_<time>_<name>."),
        },
    })
}

/// The name without the `m` before its date and time.
fn named_so(name: &str) -> Option<&str> {
    let rest = name.strip_prefix('m')?;
    let is_number = |range: std::ops::Range<usize>| {
        rest.get(range).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    (is_number(0..8) && is_number(9..15) && rest.get(8..9) == Some("_")).then_some(rest)
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = folders::read(files, str::to_owned, |_| TransactionMode::Single);
    let single = |file: &File<'_>| {
        let name = FileName::parse(named_so(file.name())?);
        Some(Named { name, script: file.script(TransactionMode::Single), beside: None })
    };
    let files = assemble(files.sql().filter_map(single).collect(), Pairing::Version);
    draft.migrations.extend(files.migrations);
    draft.orphans.extend(files.orphans);
    crate::sorted::sort_by_key(&mut draft.migrations, |migration| migration.version.clone());
    draft
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn files_and_folders_begin_with_an_m() {
        let read = histories(&[
            ("src/m20220102_000001_b/up.sql", "SELECT 1;"),
            ("src/m20220102_000001_b/down.sql", "SELECT 2;"),
            ("src/m20220101_000001_create_a.up.sql", "SELECT 1;"),
            ("src/m20220101_000001_create_a.down.sql", "SELECT 2;"),
            ("src/m20220103_000001_c.sql", "SELECT 1;"),
        ]);
        let expected = [
            "sea-orm",
            "20220101_000001 [create a]: m20220101_000001_create_a.up.sql (single) <- m20220101_000001_create_a.down.sql (single)",
            "20220102_000001 [b]: m20220102_000001_b/up.sql (single) <- m20220102_000001_b/down.sql (single)",
            "20220103_000001 [c]: m20220103_000001_c.sql (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
