//! Alembic's offline output, `alembic upgrade … --sql`: its revisions are parted by `-- Running upgrade a -> b`.
//! <https://alembic.sqlalchemy.org/en/latest/offline.html>

use std::ops::Range;

use super::sections::{as_written, directive, within};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Strength, TransactionMode,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "alembic",
    title: "Alembic",
    recognise,
    read,
    runner: Runner {
        one_transaction: true,
        ..Runner::in_transactions(
            "Alembic runs all pending revisions in one transaction, unless its env.py sets transaction_per_migration.",
        )
    },
    down: Place::BY_HAND,
    commands: Commands {
        run: "alembic upgrade head",
        status: "alembic current --verbose",
        roll_back: "alembic downgrade -1",
        create: "alembic revision --message \"{name}\"",
    },
    writing: None,
};

/// Which way a revision leads, and its id.
fn revision(line: &str) -> Option<(bool, &str)> {
    let up = directive(line, "Running upgrade").map(|said| (true, said));
    let (up, said) = up.or_else(|| directive(line, "Running downgrade").map(|said| (false, said)))?;
    let (from, to) = said.split_once("->")?;
    let id = if up { to } else { from };
    Some((up, id.split([',', ' ']).find(|word| !word.is_empty())?))
}

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let has_revision = |file: &&File<'_>| file.text().lines().any(|line| revision(line).is_some());
    let count = files.sql().filter(has_revision).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "There is a line -- Running upgrade, as alembic upgrade --sql prints it.".to_owned(),
    })
}

fn read(files: &Files<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut downs = Vec::new();
    for file in files.sql() {
        let mut parts: Vec<(bool, &str, Vec<Range<usize>>)> = Vec::new();
        let mut before = Vec::new();
        let text = file.text();
        // The transaction around all of them is the runner's.
        let is_end = |range: &Range<usize>| text[range.end..].trim().is_empty();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let said = line.trim();
            if let Some((up, id)) = revision(said) {
                parts.push((up, id, std::mem::take(&mut before)));
            } else if parts.is_empty() && said == "BEGIN;" || said == "COMMIT;" && is_end(&range) {
            } else {
                parts.last_mut().map_or(&mut before, |(_, _, ranges)| ranges).push(range);
            }
        }
        for (up, id, ranges) in parts {
            let mut script = within(file, &ranges, TransactionMode::Single, as_written);
            script.title = id.to_owned();
            if up {
                let (version, name) = (id.to_owned(), String::new());
                draft.migrations.push(Migration {
                    version,
                    name,
                    up: script,
                    down: None,
                    under_review: true,
                });
            } else {
                downs.push((id.to_owned(), script));
            }
        }
    }
    for (id, script) in downs {
        let found =
            draft.migrations.iter_mut().find(|migration| migration.version == id && migration.down.is_none());
        match found {
            Some(migration) => migration.down = Some(script),
            None => draft.orphans.push(script),
        }
    }
    if draft.migrations.is_empty() {
        // Only a way back was pasted: that is what is to be run.
        let alone = draft.orphans.drain(..).map(|up| Migration {
            version: up.title.clone(),
            name: String::new(),
            up,
            down: None,
            under_review: true,
        });
        draft.migrations = alone.collect();
    }
    draft
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn revisions() {
        let read = histories(&[(
            "out.sql",
            "BEGIN;\n\nCREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);\n\n-- Running upgrade  -> 1975ea83b712\n\nCREATE TABLE t (a INTEGER);\n\n-- Running upgrade 1975ea83b712 -> 27c6a30d7c24, with more\n\nALTER TABLE t ADD COLUMN b INTEGER;\n\nCOMMIT;\n\n",
        )]);
        let expected = [
            "alembic",
            "1975ea83b712 []: 1975ea83b712 (single) <- no way back",
            "27c6a30d7c24 []: 27c6a30d7c24 (single) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
