//! What a document's words say about a fence: its migration's name, and which way it leads.

use std::ops::Range;

use super::document::{Document, Fence, mentions, paths};
use crate::layout::file_name::{Direction, FileName, subject};
use crate::layout::outline::{self, Kind};
use crate::layout::paste;

/// A fence with SQL in it.
#[derive(Debug)]
pub(super) struct Fenced {
    /// Which of the document's fences.
    pub index: usize,
    /// From its code's first byte to its last.
    pub span: Range<usize>,
    /// What its code does.
    pub kind: Kind,
    /// What it is called.
    pub naming: Naming,
    /// Up, or down.
    pub direction: Direction,
}

/// What a fence is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Naming {
    /// A file, by a comment in it, its info, or the heading or words above it.
    File(String),
    /// A numbered migration, by a heading such as `Migration 2: Add columns`.
    Number { version: String, name: String, title: String },
    /// Nothing but the heading above it, or the document's own words when there is none.
    Heading(String),
}

const SQL_LANGUAGES: &[&str] = &["sql", "postgresql", "postgres", "pgsql", "psql", "plpgsql"];
const BACK: &[&str] = &["rollback", "rollbacks", "revert", "reverting", "undo", "undoing", "backout"];
const FORTH: &[&str] = &["up", "apply", "forward", "deploy", "migration", "migrations", "run"];
const BOTH: &[&str] = &["and", "with", "or"];
const TESTING: &[&str] = &["test", "tests", "testing", "backup", "backups", "benchmark", "benchmarks"];

/// The fences of a document that are SQL by their language, or by what is in them where none is given.
pub(super) fn sql_fences(document: &Document, text: &str) -> Vec<Fenced> {
    let mut fences = Vec::new();
    for (index, fence) in document.fences.iter().enumerate() {
        let code = fence.text(text);
        let language = fence.language();
        let is_sql = SQL_LANGUAGES.contains(&language.as_str())
            || language.is_empty() && outline::looks_like_sql(&code);
        if !is_sql {
            continue;
        }
        let naming = naming(document, fence, &code, between(document, index, text));
        let by_file = match &naming {
            Naming::File(path) => FileName::parse(path).direction,
            _ => Direction::Up,
        };
        let is_down = by_file == Direction::Down
            || leads_back(&fence.label)
            || first_comment(&code).is_some_and(begins_with_down)
            || fence.headings.iter().any(|heading| leads_back(&document.headings[*heading].text));
        let direction = if is_down { Direction::Down } else { by_file };
        fences.push(Fenced { index, span: fence.span(), kind: outline::kind(&code), naming, direction });
    }
    fences
}

/// The words between a fence and the heading or fence before it.
fn between<'a>(document: &Document, index: usize, text: &'a str) -> &'a str {
    let start = document.fences[index].range.start;
    let fence_before = index.checked_sub(1).map_or(0, |before| document.fences[before].range.end);
    let heading_before =
        document.fences[index].headings.last().map_or(0, |heading| document.headings[*heading].range.end);
    text.get(fence_before.max(heading_before)..start).unwrap_or_default()
}

fn naming(document: &Document, fence: &Fence, code: &str, words_above: &str) -> Naming {
    let headings: Vec<&str> =
        fence.headings.iter().rev().map(|heading| document.headings[*heading].text.as_str()).collect();
    let by_file = only_path(&fence.info)
        .or_else(|| leading_comments(code).find_map(path_alone))
        .or_else(|| only_path(words_above))
        .or_else(|| headings.iter().find_map(|heading| only_path(heading)));
    if let Some(path) = by_file {
        return Naming::File(path.replace('\\', "/"));
    }
    if let Some(naming) = headings.iter().find_map(|heading| numbered(heading)) {
        return naming;
    }
    Naming::Heading(headings.first().map_or_else(|| "document".to_owned(), |heading| without_marks(heading)))
}

/// The one SQL file that some words name.
fn only_path(words: &str) -> Option<String> {
    let mut found = mentions(words).into_iter().map(|mention| mention.path);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The comment lines before a script's first statement, without their marks.
fn leading_comments(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .take_while(|line| ["--", "/*", "*", "#"].iter().any(|mark| line.starts_with(mark)))
        .map(|line| line.trim_start_matches(['-', '/', '*', '#', ' ']).trim_end_matches(['*', '/', ' ']))
}

fn first_comment(code: &str) -> Option<&str> {
    leading_comments(code).find(|comment| !comment.is_empty())
}

/// The path in a comment that says nothing else: `File: 001_a.sql`, `001_a.sql (new)`, but not `see 001_a.sql`.
fn path_alone(comment: &str) -> Option<String> {
    const LABELS: &[&str] =
        &["file", "filename", "name", "path", "migration", "script", "rollback", "down", "up", "new"];
    if let Some(path) =
        paste::named_file(&format!("-- {comment}")).filter(|path| paths(path).next().is_some())
    {
        return Some(path.to_owned());
    }
    let mut found = paths(comment);
    let range = found.next()?;
    let rest = [&comment[..range.start], &comment[range.end..]].concat();
    let only_labels = words(&rest).all(|word| LABELS.contains(&word.as_str()));
    (found.next().is_none() && only_labels).then(|| comment[range].to_owned())
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

/// Do the words announce the way back? `Migration and rollback` announces both, so it does not.
pub(super) fn leads_back(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let leading = ["roll", "rolling", "go", "going", "way"];
    let back = words.windows(2).any(|pair| leading.contains(&pair[0].as_str()) && pair[1] == "back");
    let down = words.len() <= 3 && has(&["down"]);
    (has(BACK) || back || down) && !(has(BOTH) && has(FORTH))
}

fn begins_with_down(comment: &str) -> bool {
    words(comment).next().is_some_and(|first| first == "down" || BACK.contains(&first.as_str()))
}

/// A heading that numbers its migration: `Migration 1: Add columns`, `Rollback 002`, `003 – Backfill`.
fn numbered(heading: &str) -> Option<Naming> {
    let text = without_marks(heading);
    let lower = text.to_ascii_lowercase();
    let after_word = ["migration", "script", "rollback"].iter().find_map(|word| {
        let end = lower.find(word)? + word.len();
        let rest = &text[end..];
        let number = rest.trim_start_matches([' ', '#', ':', '-', '_']);
        number.starts_with(|first: char| first.is_ascii_digit()).then_some(number)
    });
    // Only a number with leading zeros is a version by itself; `4. Review` counts sections.
    let rest = after_word.or_else(|| text.starts_with('0').then_some(text.as_str()))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (version, name) = rest.split_at(digits);
    if digits == 0 || name.starts_with(|next: char| next.is_alphanumeric()) {
        return None;
    }
    let name = name.trim_matches(|character: char| !character.is_alphanumeric());
    Some(Naming::Number { version: version.to_owned(), name: name.to_owned(), title: text.clone() })
}

/// A heading's words without pictures, the number of the section, and a colon at its end.
pub(super) fn without_marks(heading: &str) -> String {
    let is_mark = |character: char| !character.is_alphanumeric();
    let mut text = heading.trim_start_matches(is_mark);
    let number = text.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
    let is_section = number.len() < text.len() && text[..text.len() - number.len()].ends_with('.');
    if is_section && !number.trim_start_matches(is_mark).is_empty() {
        text = number.trim_start_matches(is_mark);
    }
    text.trim_end_matches([':', ' ', '*', '.']).trim_end_matches('\u{fe0f}').to_owned()
}

/// A name for use as a version: `handle-existing-data`.
pub(super) fn slug(heading: &str) -> String {
    words(heading).collect::<Vec<_>>().join("-")
}

impl Naming {
    /// What the migration is about, for comparing an up with its down.
    pub(super) fn subject(&self) -> String {
        match self {
            Naming::Heading(name) | Naming::Number { name, .. } => subject(name),
            Naming::File(path) => subject(&FileName::parse(path).name),
        }
    }
}

/// Where the outermost section begins that is all about the way back; the fence itself when only its label says so.
pub(super) fn rollback_section(document: &Document, fence: &Fenced) -> usize {
    let headings = &document.fences[fence.index].headings;
    let outermost = headings.iter().find(|heading| leads_back(&document.headings[**heading].text));
    outermost.map_or(fence.span.start, |heading| document.headings[*heading].range.start)
}

/// The up that a down stands with: the only one in the smallest section that holds one, or the one
/// right before a down that shares their section.
///
/// `ups` are the first bytes of the fences that lead up, in order, each with the script that it is part of.
pub(super) fn up_beside(document: &Document, down: &Fenced, ups: &[(usize, usize)]) -> Option<usize> {
    let headings = &document.fences[down.index].headings;
    let innermost = headings.last();
    for heading in headings.iter().rev().map(Some).chain([None]) {
        if heading.is_some_and(|heading| leads_back(&document.headings[*heading].text)) {
            continue;
        }
        let section = heading.map_or(0..usize::MAX, |heading| document.section(*heading));
        let first = ups.partition_point(|(start, _)| *start < section.start);
        let end = ups.partition_point(|(start, _)| *start < section.end);
        match &ups[first..end] {
            [] => {}
            [(_, only), others @ ..] if others.iter().all(|(_, script)| script == only) => {
                return Some(*only);
            }
            several if heading == innermost => {
                let before = several.partition_point(|(start, _)| *start < down.span.start);
                return before.checked_sub(1).map(|last| several[last].1);
            }
            _ => return None,
        }
    }
    None
}

/// Does the fence stand under a heading about tests or backups?
pub(super) fn is_about_testing(document: &Document, fence: &Fenced) -> bool {
    document.fences[fence.index]
        .headings
        .iter()
        .any(|heading| words(&document.headings[*heading].text).any(|word| TESTING.contains(&word.as_str())))
}
