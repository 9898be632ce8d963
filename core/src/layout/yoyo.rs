//! yoyo: `20240115_01_x1Y2z-add-users.sql` with `-- depends:`, the way back in `….rollback.sql`.
//! <https://ollycope.com/software/yoyo/latest/>

use super::file_name::{Direction, FileName};
use super::named::{Named, Pairing, pair};
use super::sections::directive;
use super::{
    Commands, Draft, File, Files, Layout, Migration, Outside, Place, Recognition, Runner, Strength,
    TransactionMode, Writing,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "yoyo",
    title: "yoyo",
    recognise,
    read,
    runner: Runner::in_transactions(
        "yoyo runs each migration in a transaction, unless the file says -- transactional: false.",
    ),
    down: Place::Ending(&[(".sql", ".rollback.sql")]),
    commands: Commands {
        run: "yoyo apply --database \"$DATABASE_URL\" migrations",
        status: "yoyo list --database \"$DATABASE_URL\" migrations",
        roll_back: "yoyo rollback --database \"$DATABASE_URL\" migrations",
        create: "yoyo new --sql --message \"{name}\" migrations",
    },
    writing: Writing::files(Outside::FirstLine("-- transactional: false")),
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| depends(file).is_some()).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Names,
        files: count,
        reason: match count {
            1 => "A file has a line -- depends:.".to_owned(),
            _ => format!("{count} files have a line -- depends:."),
        },
    })
}

/// What the comments at a file's head say after that word.
fn said<'a>(file: &File<'a>, word: &str) -> Option<&'a str> {
    let is_head = |line: &&str| line.starts_with("--") || line.trim().is_empty();
    file.text().lines().take_while(is_head).find_map(|line| directive(line, word))
}

fn depends<'a>(file: &File<'a>) -> Option<&'a str> {
    said(file, "depends:")
}

/// yoyo counts the migrations of a day: `20240115_01` is the version.
fn file_name(path: &str) -> FileName {
    let mut name = FileName::parse(path);
    if let (Some(version), Some((count, rest))) = (&mut name.version, name.name.split_once(' '))
        && count.bytes().all(|byte| byte.is_ascii_digit())
    {
        *version = format!("{version}_{count}");
        name.name = rest.to_owned();
    }
    name
}

fn read(files: &Files<'_>) -> Draft {
    let mut ups = Vec::new();
    let mut downs = Vec::new();
    for file in files.sql() {
        let name = file_name(&file.path);
        let without = said(file, "transactional:").is_some_and(|so| so.eq_ignore_ascii_case("false"));
        let mode = TransactionMode::unless(without);
        let script = file.script(mode);
        if name.direction == Direction::Down {
            downs.push(Named { name, script, beside: None });
        } else {
            let needs = depends(file).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
            ups.push((name, script, needs));
        }
    }
    sorted::sort_by_key(&mut ups, |(name, _, _): &(FileName, _, Vec<String>)| name.stem.clone());
    // By name, each as soon as all that it depends on have run; a circle is broken at its first by name.
    let mut migrations = Vec::new();
    let mut done: Vec<String> = Vec::new();
    while !ups.is_empty() {
        let is_ready = |needs: &[String]| needs.iter().all(|need| done.contains(need));
        let waits_inside =
            |needs: &[String]| needs.iter().any(|need| ups.iter().any(|(name, _, _)| name.stem == *need));
        let next = ups.iter().position(|(_, _, needs)| is_ready(needs) || !waits_inside(needs)).unwrap_or(0);
        let (FileName { version, name, stem, .. }, up, _) = ups.remove(next);
        done.push(stem.clone());
        migrations.push(Migration {
            version: version.unwrap_or(stem),
            name,
            up,
            down: None,
            under_review: true,
        });
    }
    pair(migrations, downs, Pairing::Version)
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn what_depends_comes_later() {
        let read = histories(&[
            ("20240101_01_b.sql", "-- b\n-- depends: 20240101_01_c\nSELECT 1;"),
            ("20240101_01_c.sql", "-- depends:\nSELECT 1;"),
            ("20240101_01_c.rollback.sql", "SELECT 1;"),
            ("20240101_02_d.sql", "-- transactional: false\n-- depends: 20240101_01_b\nSELECT 1;"),
        ]);
        let expected = [
            "yoyo",
            "20240101_01 [c]: 20240101_01_c.sql (single) <- 20240101_01_c.rollback.sql (single)",
            "20240101_01 [b]: 20240101_01_b.sql (single) <- no way back",
            "20240101_02 [d]: 20240101_02_d.sql (none) <- no way back",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
