//! Liquibase's formatted SQL: changesets in files that begin with `--liquibase formatted sql`.
//! <https://docs.liquibase.com/concepts/changelogs/sql-format.html>

use std::ops::Range;

use super::file_name::{compare_versions, words};
use super::sections::{directive, within};
use super::{
    Commands, Draft, File, Files, Layout, Migration, Place, Recognition, Runner, Script, SetAside, Strength,
    TransactionMode, mask,
};
use crate::sorted;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    name: "liquibase",
    title: "Liquibase",
    recognise,
    read,
    runner: Runner::in_transactions(
        "Liquibase runs each changeset in a transaction, unless it says runInTransaction:false.",
    ),
    down: Place::SameFileLines("--rollback "),
    commands: Commands {
        run: "liquibase update",
        status: "liquibase status --verbose",
        roll_back: "liquibase rollback-count --count=1",
        create: "touch changelog/{name}.sql",
    },
    writing: None,
};

fn recognise(files: &Files<'_>) -> Option<Recognition> {
    let count = files.sql().filter(|file| header(file.text()).is_some()).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: match count {
            1 => "A file begins with --liquibase formatted sql.".to_owned(),
            _ => format!("{count} files begin with --liquibase formatted sql."),
        },
    })
}

/// What the first line says after `--liquibase formatted sql`.
fn header(text: &str) -> Option<&str> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    directive(first, "liquibase formatted sql")
}

fn read(files: &Files<'_>) -> Draft {
    let mut changelogs: Vec<&File<'_>> = files.sql().filter(|file| header(file.text()).is_some()).collect();
    sorted::sort_by(&mut changelogs, |a, b| {
        compare_versions(&a.path, &b.path).then_with(|| a.path.cmp(&b.path))
    });
    let mut draft = Draft::default();
    for file in changelogs {
        changesets(file, &mut draft);
    }
    draft
}

/// The changesets of a file, in its order.
fn changesets(file: &File<'_>, draft: &mut Draft) {
    let text = file.text();
    let defaults = header(text).unwrap_or_default();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at..at + line.len(), line.trim_end()));
        at += line.len();
    }
    let begins: Vec<usize> =
        (0..lines.len()).filter(|index| directive(lines[*index].1, "changeset ").is_some()).collect();
    for (index, begin) in begins.iter().enumerate() {
        let end = begins.get(index + 1).copied().unwrap_or(lines.len());
        let Some(said) = directive(lines[*begin].1, "changeset ") else { continue };
        let (name, attributes) = split_name(said);
        let attribute = |key: &str| value(attributes, key).or_else(|| value(defaults, key));
        let body = &lines[begin + 1..end];
        let whole = lines[*begin].0.start..lines[end - 1].0.end;
        if attribute("dbms").is_some_and(|list| !is_for_postgres(list)) {
            let start = file.range.start + file.head as u32;
            draft.set_aside.push(SetAside {
                file: file.id,
                range: start + whole.start as u32..start + whole.end as u32,
                reason: "A changeset for another kind of database.".to_owned(),
            });
            continue;
        }
        let (ups, downs) = directions(text, body);
        let mode = TransactionMode::unless(attribute("runInTransaction") == Some("false"));
        let script = |ranges: &[Range<usize>], delimiter: Option<&str>| -> Script {
            let mut script = within(file, ranges, mode, |text| {
                let text = mask::placeholders(text, "${", "}");
                delimiter.map_or(text.clone(), |delimiter| with_semicolons(&text, delimiter))
            });
            script.title = format!("{}: {name}", file.name());
            script
        };
        let down = (!downs.is_empty()).then(|| script(&downs, attribute("rollbackEndDelimiter")));
        let id = name.rsplit_once(':').map_or(name, |(_, id)| id);
        let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
        let is_number = id.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        draft.migrations.push(Migration {
            version: id.to_owned(),
            name: words(if is_number { stem } else { id }),
            up: script(&ups, attribute("endDelimiter")),
            down,
            under_review: true,
        });
    }
}

/// `author:id` and what follows; either may be in quotes.
fn split_name(said: &str) -> (&str, &str) {
    let mut quote = None;
    let end = said.find(|character: char| match quote {
        None if character.is_whitespace() => true,
        None => {
            quote = matches!(character, '"' | '\'').then_some(character);
            false
        }
        Some(open) => {
            if character == open {
                quote = None;
            }
            false
        }
    });
    said.split_at(end.unwrap_or(said.len()))
}

/// The value of `key:value` or `key:"value"` among attributes.
fn value<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let at = rest.find(key)?;
        let begins_word = at == 0 || rest[..at].ends_with(|before: char| before.is_whitespace());
        let after = &rest[at + key.len()..];
        if let Some(value) = after.strip_prefix(':').filter(|_| begins_word) {
            return Some(match value.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap_or_default(),
                None => value.split_whitespace().next().unwrap_or_default(),
            });
        }
        rest = after;
    }
}

fn is_for_postgres(list: &str) -> bool {
    let mut names = list.split(',').map(str::trim);
    let refused = names.clone().any(|name| name.eq_ignore_ascii_case("!postgresql"));
    !refused
        && names.any(|name| {
            name.starts_with('!')
                || name.eq_ignore_ascii_case("postgresql")
                || name.eq_ignore_ascii_case("all")
        })
}

/// The ranges of the way up, and those of the way back: behind `--rollback`, or in a comment that begins with
/// `liquibase rollback`.
fn directions(text: &str, body: &[(Range<usize>, &str)]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut ups, mut downs) = (Vec::new(), Vec::new());
    let mut in_comment = false;
    for (range, line) in body {
        if in_comment {
            let end = line.find("*/");
            in_comment = end.is_none();
            downs.push(range.start..end.map_or(range.end, |end| range.start + end));
        } else if let Some(said) = directive(line, "rollback") {
            let start = text[range.clone()].find(said).filter(|_| !said.is_empty());
            downs.push(start.map_or(range.end, |start| range.start + start)..range.end);
        } else if let Some(said) = line.trim_start().strip_prefix("/*")
            && said.trim_start().to_ascii_lowercase().starts_with("liquibase rollback")
        {
            in_comment = !said.contains("*/");
        } else {
            ups.push(range.clone());
        }
    }
    (ups, downs)
}

/// The delimiter at a line's end becomes the semicolon that PostgreSQL knows.
fn with_semicolons(text: &str, delimiter: &str) -> String {
    let delimiter = delimiter.trim_start_matches("\\n");
    if delimiter.is_empty() || delimiter == ";" {
        return text.to_owned();
    }
    let line = |line: &str| {
        let said = line.trim_end();
        match said.strip_suffix(delimiter) {
            Some(before) => {
                format!("{before};{}{}", " ".repeat(delimiter.len() - 1), &line[said.len()..])
            }
            None => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::histories;

    #[test]
    fn changesets() {
        let read = histories(&[
            (
                "changelog/001.sql",
                "--liquibase formatted sql\n\n--changeset ann:1 dbms:postgresql\n--preconditions onFail:MARK_RAN\nCREATE TABLE ${schema}.t (a int);\n--rollback DROP TABLE ${schema}.t;\n\n--changeset \"ann b\":add-index runInTransaction:false endDelimiter:/\nCREATE INDEX CONCURRENTLY i ON t (a)\n/\n/* liquibase rollback\nDROP INDEX i;\n*/\n--changeset ann:3 dbms:mysql\nSELECT 1;\n",
            ),
            ("changelog/002.sql", "-- liquibase formatted sql\n-- changeset ann:4\nSELECT 1;\n"),
        ]);
        let expected = [
            "liquibase",
            "1 [001]: 001.sql: ann:1 (single) <- 001.sql: ann:1 (single)",
            "add-index [add index]: 001.sql: \"ann b\":add-index (none) <- 001.sql: \"ann b\":add-index (none)",
            "4 [002]: 002.sql: ann:4 (single) <- no way back",
            "aside: A changeset for another kind of database.",
        ];
        assert_eq!(read, expected.join("\n"));
    }
}
