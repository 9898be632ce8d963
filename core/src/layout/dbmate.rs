//! dbmate: `20240115093000_add_users.sql` with `-- migrate:up` and `-- migrate:down`.
//! <https://github.com/amacneil/dbmate#creating-migrations>

use super::sections::{self, Marks, Part, up_or_down};
use super::{Commands, Layout, Outside, Place, Runner, TransactionMode, Writing};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "dbmate",
    title: "dbmate",
    recognise: |files| sections::recognise(files, &MARKS, "-- migrate:up"),
    read: |files| sections::read(files, &MARKS),
    runner: Runner::in_transactions(
        "dbmate runs each migration in a transaction, unless its line says transaction:false.",
    ),
    down: Place::SameFile,
    commands: Commands {
        run: "dbmate up",
        status: "dbmate status",
        roll_back: "dbmate rollback",
        create: "dbmate new {name}",
    },
    writing: Writing::sections("-- migrate:up", "-- migrate:down", Outside::InSection("transaction:false")),
};

const MARKS: Marks = Marks {
    begins: part,
    before: Part::Outside,
    mode: |text, wanted| {
        TransactionMode::unless(
            text.lines().any(|line| part(line) == Some(wanted) && line.contains("transaction:false")),
        )
    },
    plain: sections::as_written,
};

fn part(line: &str) -> Option<Part> {
    up_or_down(line, "migrate:")
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn options_stand_on_the_line() {
        let read = histories(&[
            (
                "db/migrations/20240102000000_b.sql",
                "-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
            ),
            ("db/migrations/20240101000000_a.sql", "-- migrate:up\nSELECT 1;\n\n-- migrate:down\n"),
            ("db/schema.sql", "SELECT 1;"),
        ]);
        let expected = [
            "dbmate",
            "20240101000000 [a]: 20240101000000_a.sql (single) <- 20240101000000_a.sql (single)",
            "20240102000000 [b]: 20240102000000_b.sql (none) <- 20240102000000_b.sql (single)",
            "aside: dbmate would not run this file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
