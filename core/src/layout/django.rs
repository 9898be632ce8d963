//! What Django's `sqlmigrate` prints: a comment before each operation, BEGIN and COMMIT around a migration.
//! <https://docs.djangoproject.com/en/stable/ref/django-admin/#sqlmigrate>

use std::ops::Range;

use super::file_name::{FileName, compare_versions};
use super::sections::{as_written, within};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Strength, TransactionMode,
    Wrapping,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "django",
    title: "Django",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::EachStatement,
        one_transaction: false,
        psql: false,
        goes_back: false,
        sentence: "Django runs a migration in a transaction, as the BEGIN that sqlmigrate prints shows, unless it is not atomic.",
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "python manage.py migrate",
        status: "python manage.py showmigrations",
        roll_back: "python manage.py migrate APP PREVIOUS",
        create: "python manage.py makemigrations --name {name}",
    },
    writing: None,
};

/// How the operations' descriptions begin.
const OPERATIONS: &[&str] = &[
    "Add constraint",
    "Add field",
    "Add index",
    "Alter constraint",
    "Alter field",
    "Alter index_together",
    "Alter unique_together",
    "Change Meta options",
    "Change managers",
    "Concurrently create index",
    "Concurrently remove index",
    "Create constraint",
    "Create index",
    "Create model",
    "Custom state/database change",
    "Create proxy model",
    "Delete model",
    "Raw Python operation",
    "Raw SQL operation",
    "Remove constraint",
    "Remove field",
    "Remove index",
    "Rename field",
    "Rename index",
    "Rename model",
    "Rename table",
];

/// The operation that three lines describe: `--`, `-- Create model Author`, `--`.
fn operation<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let [first, described, last] = lines else { return None };
    let said = described.strip_prefix("-- ").filter(|_| *first == "--" && *last == "--")?;
    OPERATIONS.iter().any(|begin| said.starts_with(begin)).then_some(said)
}

/// The first of them in a text.
fn first_operation(text: &str) -> Option<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.windows(3).find_map(operation)
}

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| first_operation(file.text()).is_some()).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "Operations are described as Django's sqlmigrate does.".to_owned(),
    })
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = Draft::default();
    for file in files.sql() {
        let blocks = blocks(file);
        let single = blocks.len() == 1;
        for (index, range) in blocks.into_iter().enumerate() {
            let text = &file.text()[range.clone()];
            let FileName { version, name, stem, .. } = file.says().clone();
            let described = first_operation(text).unwrap_or_default();
            let mut up = within(file, &[range], TransactionMode::None, as_written);
            let (version, name) = if single {
                (version.unwrap_or(stem), if name.is_empty() { described.to_owned() } else { name })
            } else {
                up.title = format!("{}, part {}", file.name(), index + 1);
                ((index + 1).to_string(), described.to_owned())
            };
            draft.migrations.push(Migration { version, name, up, down: None, under_review: true });
        }
    }
    sorted::sort_by(&mut draft.migrations, |a, b| compare_versions(&a.version, &b.version));
    draft
}

/// A migration ends where its COMMIT does.
fn blocks(file: &File<'_>) -> Vec<Range<usize>> {
    let text = file.text();
    let mut blocks = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim() == "COMMIT;" {
            blocks.push(start..at);
            start = at;
        }
    }
    match blocks.last_mut() {
        Some(last) if text[start..].trim().is_empty() => last.end = text.len(),
        _ => blocks.push(start..text.len()),
    }
    blocks
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn blocks() {
        let read = histories(&[(
            "out.sql",
            "BEGIN;\n--\n-- Create model Author\n--\nCREATE TABLE a (id int);\nCOMMIT;\nBEGIN;\n--\n-- Add field name to author\n--\nALTER TABLE a ADD COLUMN name text;\nCOMMIT;\n",
        )]);
        let expected = [
            "django",
            "1 [Create model Author]: out.sql, part 1 (none) <- no way back",
            "2 [Add field name to author]: out.sql, part 2 (none) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }

    #[test]
    fn one_file_is_one_migration() {
        let read = histories(&[(
            "0002_name.sql",
            "BEGIN;\n--\n-- Add field name to author\n--\nALTER TABLE a ADD COLUMN name text;\nCOMMIT;\n",
        )]);
        let expected = ["django", "0002 [name]: 0002_name.sql (none) <- no way back"];
        assert_eq!(read, expected.join("\n"));
    }
}
