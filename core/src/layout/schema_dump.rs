//! A whole schema in one file: what `pg_dump --schema-only` writes, and Rails as `structure.sql`.

use super::file_name::FileName;
use super::{
    Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Strength, TransactionMode, Wrapping,
    psql,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "schema-dump",
    title: "Schema dump",
    recognise,
    read,
    runner: Runner {
        wrapping: Wrapping::EachStatement,
        one_transaction: false,
        psql: true,
        goes_back: false,
        sentence: "psql loads a dump into an empty database, one statement after the other.",
    },
    down: Place::BY_HAND,
    commands: psql::commands("pg_dump --schema-only \"$DATABASE_URL\" > {name}.sql"),
    writing: None,
};

/// The dumps, where nothing else is there.
fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| is_dump(file)).count();
    (count > 0 && count == files.sql().count()).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: "It begins as what pg_dump writes does.".to_owned(),
    })
}

fn is_dump(file: &File<'_>) -> bool {
    let mut head = file.text().lines().take(20);
    head.any(|line| matches!(line.trim(), "-- PostgreSQL database dump" | "SET statement_timeout = 0;"))
}

fn read(files: &Files<'_>) -> Draft {
    let dumps = files.sql().filter(|file| is_dump(file)).map(|file| {
        let FileName { version, name, stem, .. } = file.says().clone();
        let up = file.script(TransactionMode::None);
        Migration { version: version.unwrap_or(stem), name, up, down: None, under_review: true }
    });
    Draft { migrations: dumps.collect(), ..Draft::default() }
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn a_dump() {
        let read =
            histories(&[("db/structure.sql", "SET statement_timeout = 0;\nCREATE TABLE t (a int);\n")]);
        let expected = ["schema-dump", "structure [structure]: structure.sql (none) <- no way back"];
        assert_eq!(read, expected.join("\n"));
    }
}
