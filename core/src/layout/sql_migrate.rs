//! sql-migrate: `-- +migrate Up` and `-- +migrate Down`, each perhaps several times.
//! <https://github.com/rubenv/sql-migrate#writing-migrations>

use super::sections::{self, Marks, Part, directive, up_or_down};
use super::{Commands, Layout, Outside, Place, Runner, TransactionMode, Writing};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "sql-migrate",
    title: "sql-migrate",
    recognise: |files| sections::recognise(files, &MARKS, "-- +migrate Up"),
    read: |files| sections::read(files, &MARKS),
    runner: Runner::in_transactions(
        "sql-migrate runs each direction of a file in a transaction, unless its line says notransaction.",
    ),
    down: Place::SameFile,
    commands: Commands {
        run: "sql-migrate up",
        status: "sql-migrate status",
        roll_back: "sql-migrate down",
        create: "sql-migrate new {name}",
    },
    writing: Some(Writing {
        outside: Outside::InSection("notransaction"),
        sections: Some(("-- +migrate Up", "-- +migrate Down")),
        around_block: Some(("-- +migrate StatementBegin", "-- +migrate StatementEnd")),
    }),
};

const MARKS: Marks = Marks {
    begins: part,
    before: Part::Outside,
    mode: |text, wanted| {
        let without = |line: &str| {
            let options = directive(line, "+migrate").unwrap_or_default();
            options.split_whitespace().any(|option| option.eq_ignore_ascii_case("notransaction"))
        };
        TransactionMode::unless(text.lines().any(|line| part(line) == Some(wanted) && without(line)))
    },
    plain: sections::as_written,
};

fn part(line: &str) -> Option<Part> {
    up_or_down(line, "+migrate")
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn directions_may_repeat() {
        let read = histories(&[
            (
                "1_a.sql",
                "-- +migrate Up\nSELECT 1;\n-- +migrate Down notransaction\nSELECT 2;\n-- +migrate Up\nSELECT 3;\n",
            ),
            ("2_b.sql", "-- +migrate Up notransaction\nSELECT 1;\n"),
        ]);
        let expected = [
            "sql-migrate",
            "1 [a]: 1_a.sql (single) <- 1_a.sql (none)",
            "2 [b]: 2_b.sql (none) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
