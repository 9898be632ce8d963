//! Atlas: `20240115093000_add_users.sql` and an `atlas.sum`.
//! <https://atlasgo.io/concepts/migration-directory-integrity>

use super::named::{Pairing, assemble, named};
use super::sections::directive;
use super::{
    Commands, Draft, File, Files, Layout, Outside, Place, Recognition, Runner, SetAside, Strength,
    TransactionMode, Writing,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "atlas",
    title: "Atlas",
    recognise,
    read,
    runner: Runner {
        goes_back: false,
        ..Runner::in_transactions(
            "Atlas runs each file in a transaction, unless the file says -- atlas:txmode none.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "atlas migrate apply --url \"$DATABASE_URL\"",
        status: "atlas migrate status --url \"$DATABASE_URL\"",
        roll_back: "atlas migrate down --url \"$DATABASE_URL\"",
        create: "atlas migrate new {name}",
    },
    writing: Writing::files(Outside::FirstLine("-- atlas:txmode none\n")),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    files.iter().any(is_sum).then(|| Recognition {
        strength: Strength::Marker,
        files: files.sql().count(),
        reason: "There is an atlas.sum.".to_owned(),
    })
}

fn is_sum(file: &File<'_>) -> bool {
    file.name() == "atlas.sum"
}

fn read(files: &Files<'_>) -> Draft {
    let says_none = |line: &str| directive(line, "atlas:txmode").is_some_and(|mode| mode == "none");
    let mode = |file: &File<'_>| TransactionMode::unless(file.text().lines().any(says_none));
    let mut draft = assemble(named(files.numbered(), mode), Pairing::Evidence);
    draft.set_aside.extend(files.iter().filter(|file| is_sum(file)).map(|file| SetAside {
        file: file.id,
        range: file.range.clone(),
        reason: "Atlas's checksums, not a migration.".to_owned(),
    }));
    draft
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn by_its_checksums() {
        let read = histories(&[
            ("migrations/atlas.sum", "h1:x\n"),
            (
                "migrations/20240102000000_b.sql",
                "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY i ON t (a);",
            ),
            ("migrations/20240101000000_a.sql", "SELECT 1;"),
        ]);
        let expected = [
            "atlas",
            "20240101000000 [a]: 20240101000000_a.sql (single) <- no way back",
            "20240102000000 [b]: 20240102000000_b.sql (none) <- no way back",
            "aside: Atlas's checksums, not a migration.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
