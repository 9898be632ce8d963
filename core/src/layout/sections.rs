//! Files with both directions in them, parted by comment lines of the tool's own.

use std::ops::Range;

use super::file_name::{Direction, FileName};
use super::named::{Named, Pairing, assemble};
use super::{Draft, File, Files, Recognition, Script, Strength, TransactionMode, mask};

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The way up.
    Up,
    /// The way back.
    Down,
    /// Neither: what a tool passes over.
    Outside,
}

/// How a tool parts its files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// What begins after this line, if it is one of the tool's.
    pub begins: fn(&str) -> Option<Part>,
    /// What stands before the first of these lines.
    pub before: Part,
    /// How the runner wraps that part of a file with this text.
    pub mode: fn(&str, Part) -> TransactionMode,
    /// Turns what the tool would replace in a script into something that parses; as many bytes.
    pub plain: fn(&str) -> String,
}

/// For a tool that replaces nothing.
pub(super) fn as_written(text: &str) -> String {
    text.to_owned()
}

/// What a comment line says after `-- +goose` or the like; none when it is not one.
pub(super) fn directive<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let said = line.strip_prefix("--")?.trim();
    let rest = said.get(word.len()..).filter(|_| said[..word.len()].eq_ignore_ascii_case(word))?;
    Some(rest.trim())
}

/// What a directive begins whose first word is up or down: `-- +goose Up`.
pub(super) fn up_or_down(line: &str, word: &str) -> Option<Part> {
    let first = directive(line, word)?.split_whitespace().next()?;
    match first {
        up if up.eq_ignore_ascii_case("up") => Some(Part::Up),
        down if down.eq_ignore_ascii_case("down") => Some(Part::Down),
        _ => None,
    }
}

/// A tool is recognised by its marks in the files; `mark` shows what they look like.
pub(super) fn recognise(files: &Files<'_>, marks: &Marks, mark: &str) -> Option<Recognition> {
    // A file whose name says where it leads holds no sections, whatever its comments say.
    let leads = |file: &&File| [".up.sql", ".down.sql"].iter().any(|ending| file.name().ends_with(ending));
    let count = files.sql().filter(|file| !leads(file) && is_marked(file, marks)).count();
    (count > 0).then(|| Recognition {
        strength: Strength::Marker,
        files: count,
        reason: match count {
            1 => format!("A file has a line {mark}."),
            _ => format!("{count} files have a line {mark}."),
        },
    })
}

fn is_marked(file: &File<'_>, marks: &Marks) -> bool {
    file.text().lines().any(|line| line.starts_with("--") && (marks.begins)(line).is_some())
}

/// The SQL files that have the tool's marks, or need none because they have a number and lead only up.
pub(super) fn read(files: &Files<'_>, marks: &Marks) -> Draft {
    let mut scripts = Vec::new();
    for file in files.sql() {
        // Without a mark a file is a migration by its number, which stands first.
        let begins_with_digit = file.name().starts_with(|first: char| first.is_ascii_digit());
        let is_up = marks.before == Part::Up && begins_with_digit;
        if is_up || is_marked(file, marks) {
            scripts.extend(parts(file, marks));
        }
    }
    assemble(scripts, Pairing::Evidence)
}

/// The two directions of a file.
fn parts(file: &File<'_>, marks: &Marks) -> Vec<Named> {
    let (mut ups, mut downs) = (Vec::new(), Vec::new());
    let mut part = marks.before;
    let mut at = 0;
    let mut has_down = false;
    for line in file.text().split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if let Some(next) = line.starts_with("--").then(|| (marks.begins)(line.trim_end())).flatten() {
            part = next;
            has_down |= part == Part::Down;
            continue;
        }
        match part {
            Part::Up => ups.push(range),
            Part::Down => downs.push(range),
            Part::Outside => {}
        }
    }
    let script = |ranges: &[Range<usize>], part: Part| {
        within(file, ranges, (marks.mode)(file.text(), part), marks.plain)
    };
    let name = file.says().clone();
    let up = script(&ups, Part::Up);
    let beside = Some(up.range.start);
    let mut found =
        vec![Named { name: FileName { direction: Direction::Up, ..name.clone() }, script: up, beside: None }];
    if has_down {
        let name = FileName { direction: Direction::Down, ..name };
        found.push(Named { name, script: script(&downs, Part::Down), beside });
    }
    found
}

/// A script of these ranges of a file's text, in order: from the first one's begin to the last one's end, what is
/// between them blanked.
pub(super) fn within(
    file: &File<'_>,
    ranges: &[Range<usize>],
    transaction: TransactionMode,
    plain: impl Fn(&str) -> String,
) -> Script {
    let text = file.text();
    let start = ranges.first().map_or(text.len(), |range| range.start);
    let end = ranges.last().map_or(start, |range| range.end);
    let kept: Vec<Range<usize>> = ranges.iter().map(|range| range.start - start..range.end - start).collect();
    let text = plain(&mask::keep(&text[start..end], &kept));
    let offset = file.range.start + file.head as u32;
    Script {
        title: file.name().to_owned(),
        file: file.id,
        range: offset + start as u32..offset + end as u32,
        text: text.into(),
        transaction,
        missing: false,
    }
}
