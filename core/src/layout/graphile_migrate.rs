//! graphile-migrate: `committed/000001-add_users.sql`, then `current.sql`.
//! <https://github.com/graphile/migrate>

use super::file_name::FileName;
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, SetAside, Strength,
    TransactionMode, outline,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "graphile-migrate",
    title: "graphile-migrate",
    recognise,
    read,
    runner: Runner {
        goes_back: false,
        ..Runner::in_transactions(
            "graphile-migrate runs each migration in a transaction, unless it says --! no-transaction.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "npx graphile-migrate migrate",
        status: "npx graphile-migrate status",
        roll_back: "# graphile-migrate has no way back: run the script, then delete the migration's row from graphile_migrate.migrations\n\
                    psql \"$DATABASE_URL\" --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file {file}",
        create: "npx graphile-migrate watch   # then: npx graphile-migrate commit --message \"{name}\"",
    },
    writing: None,
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| is_committed(file)).count();
    let hashed =
        files.sql().any(|file| file.text().lines().take(4).any(|line| line.starts_with("--! Hash:")));
    (count > 0 && hashed).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "The files in committed/ begin with --! Previous and --! Hash.".to_owned(),
    })
}

fn is_committed(file: &File<'_>) -> bool {
    file.folder() == "committed" && FileName::parse(file.name()).version.is_some()
}

/// `current.sql`, or the files of a folder `current/`.
fn is_current(file: &File<'_>) -> bool {
    file.is_sql() && (file.name() == "current.sql" || file.folder() == "current")
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut ordered: Vec<&File<'_>> =
        files.sql().filter(|file| is_committed(file) || is_current(file)).collect();
    sorted::sort_by_key(&mut ordered, |file| (!is_committed(file), file.name().to_owned()));
    for file in ordered {
        if is_current(file) && outline::statements(file.text()).next().is_none() {
            let reason = "The current migration is empty.".to_owned();
            draft.set_aside.push(SetAside { file: file.id, range: file.range.clone(), reason });
            continue;
        }
        let FileName { version, name, stem, .. } = FileName::parse(file.name());
        let headers =
            file.text().lines().take_while(|line| line.starts_with("--!") || line.trim().is_empty());
        let mode =
            TransactionMode::unless(headers.into_iter().any(|line| line.trim_end() == "--! no-transaction"));
        let version = version.filter(|_| is_committed(file)).unwrap_or(stem);
        let up = file.script_of(&named(file.text()), mode);
        draft.migrations.push(Migration { version, name, up, down: None, under_review: true });
    }
    draft
}

/// `:DATABASE_OWNER` is replaced by the tool; what with is not known, so it becomes a name of as many bytes.
fn named(text: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let begins = character == ':'
            && before != ':'
            && !before.is_alphanumeric()
            && characters.peek().is_some_and(char::is_ascii_uppercase);
        named.push(if begins { '_' } else { character });
        before = character;
    }
    named
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn committed_ones_then_the_current_one() {
        let read = histories(&[
            (
                "migrations/committed/000002.sql",
                "--! Previous: sha1:a\n--! Hash: sha1:b\n--! no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);",
            ),
            (
                "migrations/committed/000001-add-t.sql",
                "--! Previous: -\n--! Hash: sha1:a\n\nGRANT USAGE ON SCHEMA app TO :DATABASE_VISITOR;",
            ),
            ("migrations/current.sql", "SELECT 1::INT;"),
        ]);
        let expected = [
            "graphile-migrate",
            "000001 [add t]: 000001-add-t.sql (single) <- no way back",
            "000002 []: 000002.sql (none) <- no way back",
            "current [current]: current.sql (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
