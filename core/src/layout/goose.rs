//! goose: `00001_add_users.sql` with `-- +goose Up` and `-- +goose Down`.
//! <https://pressly.github.io/goose/documentation/annotations/>

use super::sections::{self, Marks, Part, directive, up_or_down};
use super::{Commands, Layout, Outside, Place, Runner, TransactionMode, Writing};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "goose",
    title: "goose",
    recognise: |files| sections::recognise(files, &MARKS, "-- +goose Up"),
    read: |files| sections::read(files, &MARKS),
    runner: Runner::in_transactions(
        "goose runs each file in a transaction, unless the file says -- +goose NO TRANSACTION.",
    ),
    down: Place::SameFile,
    commands: Commands {
        run: "goose -dir migrations postgres \"$DATABASE_URL\" up",
        status: "goose -dir migrations postgres \"$DATABASE_URL\" status",
        roll_back: "goose -dir migrations postgres \"$DATABASE_URL\" down",
        create: "goose -dir migrations create {name} sql",
    },
    writing: Some(Writing {
        outside: Outside::FirstLine("-- +goose NO TRANSACTION"),
        sections: Some(("-- +goose Up", "-- +goose Down")),
        around_block: Some(("-- +goose StatementBegin", "-- +goose StatementEnd")),
    }),
};

const MARKS: Marks = Marks {
    begins: |line| up_or_down(line, "+goose"),
    before: Part::Outside,
    // It stands anywhere and is meant for both directions.
    mode: |text, _| {
        let mut said = text.lines().filter_map(|line| directive(line, "+goose"));
        TransactionMode::unless(said.any(|said| said.eq_ignore_ascii_case("no transaction")))
    },
    plain: sections::as_written,
};

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn directions_in_one_file() {
        let read = histories(&[
            (
                "00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n-- +goose Down\nDROP INDEX i;\n",
            ),
            (
                "00001_a.sql",
                "-- A header.\n-- +GOOSE up\n-- +goose StatementBegin\nCREATE TABLE t (a int);\n-- +goose StatementEnd\n",
            ),
            ("00010_c.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\n"),
            ("schema.sql", "SELECT 1;"),
        ]);
        let expected = [
            "goose",
            "00001 [a]: 00001_a.sql (single) <- no way back",
            "00002 [b]: 00002_b.sql (none) <- 00002_b.sql (none)",
            "00010 [c]: 00010_c.sql (single) <- 00010_c.sql (single)",
            "aside: goose would not run this file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
