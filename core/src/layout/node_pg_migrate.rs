//! node-pg-migrate's SQL files: comment lines `Up Migration` and `Down Migration`.
//! <https://salsita.github.io/node-pg-migrate/cli>

use super::sections::{self, Marks, Part};
use super::{Commands, Layout, Outside, Place, Runner, TransactionMode, Writing};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "node-pg-migrate",
    title: "node-pg-migrate",
    recognise: |files| sections::recognise(files, &MARKS, "-- Up Migration"),
    read: |files| sections::read(files, &MARKS),
    runner: Runner {
        one_transaction: true,
        ..Runner::in_transactions(
            "node-pg-migrate runs all pending migrations in one transaction, so every lock is held until the last one is done.",
        )
    },
    down: Place::SameFile,
    commands: Commands {
        run: "npx node-pg-migrate up",
        status: "psql \"$DATABASE_URL\" --command 'SELECT name, run_on FROM pgmigrations ORDER BY run_on'",
        roll_back: "npx node-pg-migrate down",
        create: "npx node-pg-migrate create {name} --migration-file-language sql",
    },
    writing: Writing::sections("-- Up Migration", "-- Down Migration", Outside::Never),
};

const MARKS: Marks = Marks {
    begins: |line| {
        let said = line.trim_start_matches(['-', ' ', '\t']).trim_start();
        let mut words = said.split_whitespace().map(str::to_ascii_lowercase);
        match (words.next().as_deref(), words.next().as_deref()) {
            (Some("up"), Some("migration")) => Some(Part::Up),
            (Some("down"), Some("migration")) => Some(Part::Down),
            _ => None,
        }
    },
    before: Part::Outside,
    mode: |_, _| TransactionMode::Single,
    plain: sections::as_written,
};

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn comment_lines_begin_a_direction() {
        let read = histories(&[
            ("1705311000000_a.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n"),
            ("1705311000001_b.sql", "-- down migration\nSELECT 2;\n---- UP migration of b\nSELECT 1;\n"),
        ]);
        let expected = [
            "node-pg-migrate",
            "1705311000000 [a]: 1705311000000_a.sql (single) <- 1705311000000_a.sql (single)",
            "1705311000001 [b]: 1705311000001_b.sql (single) <- 1705311000001_b.sql (single)",
        ];
        assert_eq!(read, expected.join("\n"));
    }

    #[test]
    fn a_comment_in_a_file_that_leads_down_makes_no_section() {
        let read = histories(&[
            ("000001_a.up.sql", "SELECT 1;\n"),
            ("000001_a.down.sql", "-- Down migration\nSELECT 2;\n"),
        ]);
        assert!(read.starts_with("golang-migrate"), "{read}");
    }
}
