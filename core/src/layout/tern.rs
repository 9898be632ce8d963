//! tern: `001_add_users.sql`, the way back below `---- create above / drop below ----`.
//! <https://github.com/jackc/tern#migrations>

use super::sections::{self, Marks, Part};
use super::{
    Commands, Files, Layout, Outside, Place, Recognition, Runner, Strength, TransactionMode, Writing, mask,
};

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "tern",
    title: "tern",
    recognise,
    read: |files| sections::read(files, &MARKS),
    runner: Runner::in_transactions(
        "tern runs each migration in a transaction, unless the file says ---- tern: disable-tx ----.",
    ),
    down: Place::SameFile,
    commands: Commands {
        run: "tern migrate --migrations migrations",
        status: "tern status --migrations migrations",
        roll_back: "tern migrate --migrations migrations --destination -1",
        create: "tern new {name} --migrations migrations",
    },
    writing: Writing::sections(
        "",
        "---- create above / drop below ----",
        Outside::FirstLine("---- tern: disable-tx ----"),
    ),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let by_marks = sections::recognise(files, &MARKS, "---- create above / drop below ----");
    // Migrations that do not lead back have no mark.
    let by_configuration = || {
        let count = files.numbered().count();
        let is_there = files.iter().any(|file| file.name() == "tern.conf");
        (is_there && count > 0).then(|| Recognition {
            strength: Strength::Marker,
            files: count,
            reason: "There is a tern.conf.".to_owned(),
        })
    };
    by_marks.or_else(by_configuration)
}

const MARKS: Marks = Marks {
    begins: |line| (line.trim_end() == "---- create above / drop below ----").then_some(Part::Down),
    before: Part::Up,
    mode: |text, _| {
        TransactionMode::unless(text.lines().any(|line| line.trim() == "---- tern: disable-tx ----"))
    },
    // Go's templates: what they would put there is not known.
    plain: |text| mask::placeholders(text, "{{", "}}"),
};

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn below_the_line_is_the_way_back() {
        let read = histories(&[
            (
                "001_a.sql",
                "create table {{.prefix}}_t (a int);\n---- create above / drop below ----\ndrop table {{.prefix}}_t;\n",
            ),
            ("002_b.sql", "---- tern: disable-tx ----\ncreate index concurrently i on t (a);\n"),
            ("shared/v1_001.sql", "create view v as select 1;\n"),
            ("tern.conf", "[database]\n"),
        ]);
        let expected = [
            "tern",
            "001 [a]: 001_a.sql (single) <- 001_a.sql (single)",
            "002 [b]: 002_b.sql (none) <- no way back",
            "aside: tern would not run this file.",
            "aside: Not an SQL file.",
        ];
        assert_eq!(read, expected.join("\n"));
    }

    #[test]
    fn by_its_configuration() {
        let read = histories(&[("001_a.sql", "create table t (a int);"), ("tern.conf", "[database]\n")]);
        let expected = ["tern", "001 [a]: 001_a.sql (single) <- no way back", "aside: Not an SQL file."];
        assert_eq!(read, expected.join("\n"));
    }
}
