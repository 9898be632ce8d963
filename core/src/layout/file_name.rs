//! What a migration's file name says: its version, its name, its direction.

use std::cmp::Ordering;

/// What a path says about the script in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileName {
    /// The number in front, as it is written.
    pub version: Option<String>,
    /// The rest of the name in words; empty when there is no rest.
    pub name: String,
    /// Which way the script leads.
    pub direction: Direction,
    /// The file's name without its ending.
    pub stem: String,
    /// The folder, without a part that only says the direction; empty at the top.
    pub folder: String,
}

/// Which way a script leads, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// Forward, or nothing is said.
    Up,
    /// Back.
    Down,
    /// Back if there is a forward script of the same version, otherwise forward:
    /// `003_rollback_pricing.sql`, `007_shut_down.sql`.
    DownOfSibling,
}

const DOWN_WORDS: &[&str] = &["rollback", "down", "undo", "revert"];
const DOWN_FOLDERS: &[&str] = &["rollback", "rollbacks", "down", "downs", "undo", "revert"];
const UP_FOLDERS: &[&str] = &["up", "ups"];
const SQL_ENDINGS: &[&str] = &["sql", "psql", "pgsql", "plpgsql", "ddl"];
/// Words that may stand before the number: `migration_002.sql`, `V2__add_column.sql`.
const BEFORE_THE_NUMBER: &[&str] = &["migration", "migrate", "patch", "step", "v"];

impl FileName {
    /// Reads a path with `/` between its parts.
    pub fn parse(path: &str) -> FileName {
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem =
            if has_sql_ending(file) { file.rsplit_once('.').map_or(file, |(stem, _)| stem) } else { file };
        let is_one_of = |list: &[&str], word: &str| list.iter().any(|entry| entry.eq_ignore_ascii_case(word));
        let mut direction = Direction::Up;
        let mut folder = Vec::new();
        for part in folders.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if is_one_of(DOWN_FOLDERS, part) {
                direction = Direction::Down;
            } else if !is_one_of(UP_FOLDERS, part) {
                folder.push(part);
            }
        }
        let mut rest = stem;
        if let Some((before, word)) = rest.rsplit_once('.') {
            if is_one_of(DOWN_WORDS, word) {
                (rest, direction) = (before, Direction::Down);
            } else if word.eq_ignore_ascii_case("up") {
                rest = before;
            }
        }
        if let Some(after) = after_down_word(rest) {
            (rest, direction) = (after, Direction::Down);
        }
        let (version, mut name) = match version_end(rest) {
            Some((start, end)) => (Some(rest[start..end].to_owned()), &rest[end..]),
            None => (None, rest),
        };
        name = name.trim_matches(is_separator);
        if version.is_some() && is_one_of(DOWN_WORDS, name) {
            (name, direction) = ("", Direction::Down);
        } else if version.is_some() && name.eq_ignore_ascii_case("up") {
            name = "";
        } else if let Some((before, word)) = name.rsplit_once(['_', '-']) {
            if word.eq_ignore_ascii_case("rollback") {
                (name, direction) = (before, Direction::Down);
            } else if direction == Direction::Up && version.is_some() && is_one_of(DOWN_WORDS, word) {
                direction = Direction::DownOfSibling;
            }
        }
        if direction == Direction::Up && version.is_some() && after_down_word(name).is_some() {
            direction = Direction::DownOfSibling;
        }
        FileName { version, name: words(name), direction, stem: stem.to_owned(), folder: folder.join("/") }
    }
}

/// A name in words without the word that says the direction, for comparing an up with its down.
pub(super) fn subject(name: &str) -> String {
    let is_direction = |word: &&str| !DOWN_WORDS.contains(word) && *word != "up";
    name.to_ascii_lowercase().split(' ').filter(is_direction).collect::<Vec<_>>().join(" ")
}

/// Does the name end as SQL files do, in whatever case?
pub(super) fn has_sql_ending(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && SQL_ENDINGS.iter().any(|sql| sql.eq_ignore_ascii_case(ending))
    })
}

/// A name in words: separators become spaces.
pub(super) fn words(name: &str) -> String {
    name.split(is_separator).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_separator(character: char) -> bool {
    matches!(character, '_' | '-' | '.' | ' ' | '+' | '#')
}

/// What follows `rollback_` or its like.
fn after_down_word(text: &str) -> Option<&str> {
    DOWN_WORDS.iter().find_map(|word| {
        let after = text.get(word.len()..).filter(|_| text[..word.len()].eq_ignore_ascii_case(word))?;
        (after.is_empty() || after.starts_with(is_separator)).then(|| after.trim_start_matches(is_separator))
    })
}

/// Where the version stands in a stem, if it begins with one.
fn version_end(stem: &str) -> Option<(usize, usize)> {
    let prefix = BEFORE_THE_NUMBER.iter().find_map(|word| {
        let rest = stem.get(word.len()..).filter(|_| stem[..word.len()].eq_ignore_ascii_case(word))?;
        let digits = rest.trim_start_matches(is_separator);
        digits.starts_with(|first: char| first.is_ascii_digit()).then(|| stem.len() - digits.len())
    });
    let start = prefix.unwrap_or(0);
    let digits = |from: usize| stem[from..].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(start);
    if first == 0 {
        return None;
    }
    let mut end = start + first;
    let year = first == 4 && matches!(&stem[start..start + 2], "19" | "20");
    let mut groups = vec![first];
    // 1.2.3, 2024-01-15, 2024_01_15_093000, 20240115_093000 and 20240115T093000 are one version each.
    while let Some(separator) = stem.get(end..end + 1) {
        let next = digits(end + 1);
        let continues = match separator {
            _ if next == 0 => false,
            "." => true,
            "_" | "-" | "T" if year => {
                groups.len() < 3 && next == 2 || groups.len() >= 3 && matches!(next, 2 | 4 | 6)
            }
            "_" | "-" | "T" => groups.len() == 1 && first == 8 && matches!(next, 4 | 6),
            _ => false,
        };
        if !continues {
            break;
        }
        groups.push(next);
        end += 1 + next;
    }
    let rest = &stem[end..];
    let mut following = rest.chars();
    match (following.next(), following.next()) {
        (None, _) => Some((start, end)),
        (Some(next), _) if !next.is_alphanumeric() => Some((start, end)),
        // 002b_fix is a version of its own; 3d_models is a name.
        (Some(letter), after)
            if letter.is_ascii_lowercase()
                && first >= 2
                && after.is_none_or(|next| !next.is_alphanumeric()) =>
        {
            Some((start, end + 1))
        }
        _ if first >= 3 => Some((start, end)),
        _ => None,
    }
}

/// Is the version a moment in time, and not a number counted up?
pub(super) fn is_timestamp(version: &str) -> bool {
    let digits: Vec<u8> = version.bytes().filter(u8::is_ascii_digit).collect();
    let is_year = digits.starts_with(b"19") || digits.starts_with(b"20");
    match digits.len() {
        8 | 12 | 14 | 16..=17 => is_year,
        10 | 13 => true,
        _ => false,
    }
}

/// Compares versions as numbers, group by group: 10 after 9, `001` equal to `1`.
pub(super) fn compare_versions(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let order = match (next_group(&mut a), next_group(&mut b)) {
            (None, None) => return Ordering::Equal,
            (Some(first), Some(second)) => compare_groups(first, second),
            (first, second) => first.is_some().cmp(&second.is_some()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The same text for versions that [`compare_versions`] finds equal.
pub(super) fn version_key(version: &str) -> String {
    let mut key = String::new();
    let mut rest = version;
    while let Some(group) = next_group(&mut rest) {
        let digits = group.trim_start_matches('0');
        key.push('.');
        key.push_str(&if group.starts_with(|first: char| first.is_ascii_digit()) {
            digits.to_owned()
        } else {
            group.to_ascii_lowercase()
        });
    }
    key
}

/// The next run of digits, or of letters, without the separators before it.
fn next_group<'a>(text: &mut &'a str) -> Option<&'a str> {
    let from_group = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let is_number = from_group.starts_with(|first: char| first.is_ascii_digit());
    let end = from_group
        .find(|next: char| next.is_ascii_digit() != is_number || !next.is_alphanumeric())
        .unwrap_or(from_group.len());
    let (group, rest) = from_group.split_at(end);
    *text = rest;
    (!group.is_empty()).then_some(group)
}

/// Digits by their value, however many there are; digits before letters; letters as they are, in lower case.
fn compare_groups(a: &str, b: &str) -> Ordering {
    let is_number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    match (is_number(a), is_number(b)) {
        (true, true) => {
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        }
        (false, false) => a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()),
        (a_is_number, b_is_number) => b_is_number.cmp(&a_is_number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        use Direction::*;
        for (path, version, name, direction) in [
            ("001_add_users.sql", "001", "add users", Up),
            ("db/migrations/0010-add-users.SQL", "0010", "add users", Up),
            ("rollback/001_rollback.sql", "001", "", Down),
            ("rollback/001_add_users.sql", "001", "add users", Down),
            ("001_rollback.sql", "001", "", Down),
            ("001_add_users_rollback.sql", "001", "add users", Down),
            ("001_add_users.down.sql", "001", "add users", Down),
            ("001_add_users.up.sql", "001", "add users", Up),
            ("001.down.sql", "001", "", Down),
            ("rollback_001.sql", "001", "", Down),
            ("rollback_add_quality_control.sql", "", "add quality control", Down),
            ("rollback.sql", "", "", Down),
            ("down_002_add.sql", "002", "add", Down),
            ("003_rollback_pricing.sql", "003", "rollback pricing", DownOfSibling),
            ("007_shut_down.sql", "007", "shut down", DownOfSibling),
            ("007_clean_up.sql", "007", "clean up", Up),
            ("20240115093000_x.sql", "20240115093000", "x", Up),
            ("20240115_093000_x.sql", "20240115_093000", "x", Up),
            ("20240115T093000_x.sql", "20240115T093000", "x", Up),
            ("2024-01-15-093000_x.sql", "2024-01-15-093000", "x", Up),
            ("2024_01_15_093000_create_x.sql", "2024_01_15_093000", "create x", Up),
            ("2024_01_15_10_x.sql", "2024_01_15_10", "x", Up),
            ("001_2_x.sql", "001", "2 x", Up),
            ("1.2.3_x.sql", "1.2.3", "x", Up),
            ("V2__add_column.sql", "2", "add column", Up),
            ("migration_002.sql", "002", "", Up),
            ("002b_fix.sql", "002b", "fix", Up),
            ("001initial.sql", "001", "initial", Up),
            ("3d_models.sql", "", "3d models", Up),
            ("seed.sql", "", "seed", Up),
            ("vienna.sql", "", "vienna", Up),
            ("-", "", "", Up),
            ("", "", "", Up),
            (".sql", "", "sql", Up),
            ("é_ü.sql", "", "é ü", Up),
        ] {
            let read = FileName::parse(path);
            let version = Some(version).filter(|version| !version.is_empty()).map(str::to_owned);
            assert_eq!(
                (read.version, read.name.as_str(), read.direction),
                (version, name, direction),
                "{path}"
            );
        }
    }

    #[test]
    fn a_folder_that_says_the_direction_is_no_part_of_the_place() {
        assert_eq!(FileName::parse("db/migrations/rollback/001_x.sql").folder, "db/migrations");
        assert_eq!(FileName::parse("./up/001_x.sql").folder, "");
    }

    #[test]
    fn versions_compare_as_numbers() {
        for (a, b, expected) in [
            ("9", "10", Ordering::Less),
            ("001", "1", Ordering::Equal),
            ("002", "002b", Ordering::Less),
            ("1.2.10", "1.2.9", Ordering::Greater),
            ("2024-01-15", "20240115", Ordering::Less),
            ("99999999999999999999999999999999999999999999", "100", Ordering::Greater),
            ("b", "a", Ordering::Greater),
            ("1", "a", Ordering::Less),
        ] {
            assert_eq!(compare_versions(a, b), expected, "{a} {b}");
            assert_eq!(compare_versions(b, a), expected.reverse(), "{b} {a}");
            assert_eq!(version_key(a) == version_key(b), expected == Ordering::Equal, "{a} {b}");
        }
    }

    #[test]
    fn timestamps_are_told_from_numbers() {
        for version in ["20240115", "20240115093000", "2024_01_15_093000", "1705311000", "1705311000123"] {
            assert!(is_timestamp(version), "{version}");
        }
        for version in ["1", "0042", "100000", "1.2.3", "99990101"] {
            assert!(!is_timestamp(version), "{version}");
        }
    }
}
