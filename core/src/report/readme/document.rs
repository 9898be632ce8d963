//! What a document that stands with the migrations says of them: read as text, not as SQL.

use super::chapter::Chapter;
use crate::Review;
use crate::report::markup::{self, and, code};
use crate::text::SourceFile;

/// A line with fewer words is a label, not a sentence.
const WORDS: usize = 8;
/// More items of a list than these are not named.
const ITEMS: usize = 8;

/// The first paragraph of the document that the migrations are in, or else of the README that lies with them.
pub(super) fn purpose(review: &Review, chapters: &[Chapter]) -> Option<String> {
    let file = review.workspace.file(chapters.first()?.migration().up.file);
    let folder = |path: &str| path.rfind('/').map_or("", |at| &path[..=at]).to_owned();
    let is_readme = |other: &SourceFile| {
        !other.is_own_document()
            && other
                .path
                .strip_prefix(&folder(&file.path))
                .is_some_and(|name| name.eq_ignore_ascii_case("readme.md"))
    };
    let is_document = |path: &str| path.to_ascii_lowercase().ends_with(".md") || !path.contains('.');
    let document = if is_document(&file.path) {
        Some(file)
    } else {
        review.workspace.files().map(|(_, other)| other).find(|other| is_readme(other))
    };
    let paragraph =
        paragraphs(&document?.text).into_iter().map(|paragraph| plain(&paragraph)).find(|text| {
            text.starts_with(char::is_alphabetic)
                && text.split(' ').count() >= WORDS
                && text.ends_with(['.', ':', '!', '?'])
        })?;
    let paragraph = paragraph.trim_end_matches(':');
    Some(if paragraph.ends_with(['.', '!', '?']) { paragraph.to_owned() } else { format!("{paragraph}.") })
}

/// The paragraphs of a document, each on one line. Lists, tables, headings and code are none.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut is_code, mut is_open) = (false, false);
    for line in text.lines().map(str::trim) {
        is_code ^= line.starts_with("```");
        let is_text = !is_code
            && line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '`' | '"' | '('))
            && !line.starts_with("* ")
            && !line.starts_with("```");
        match found.last_mut().filter(|_| is_open) {
            Some(paragraph) if is_text || !is_code && line.starts_with(char::is_alphanumeric) => {
                paragraph.push(' ');
                *paragraph += line;
            }
            _ if is_text => {
                found.push(line.to_owned());
                is_open = true;
            }
            _ => is_open = false,
        }
    }
    found
}

/// What the document says of a script that it only names: behind a dash on the line of its name, or below a heading that
/// is its name. Markdown.
pub(super) fn described(chapter: Chapter) -> Option<String> {
    let script = &chapter.migration().up;
    let file = chapter.review.workspace.file(script.file);
    file.text.match_indices(script.title.as_str()).find_map(|(at, title)| {
        let start = file.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let (line, below) = file.text[start..].split_once('\n').unwrap_or((&file.text[start..], ""));
        let behind = line.get(at - start + title.len()..)?.trim_start_matches(['`', '*', '"', ' ', ')']);
        if line.trim_start().starts_with('#') {
            return below_heading(below);
        }
        let said = ["- ", "– ", "— ", ": "].iter().find_map(|dash| behind.strip_prefix(dash))?;
        (said.split_whitespace().count() > 1).then(|| sentence(said))
    })
}

/// A paragraph, and the names that the list below it begins its items with.
fn below_heading(below: &str) -> Option<String> {
    let mut lines = below.lines().map(str::trim).skip_while(|line| line.is_empty()).peekable();
    let paragraph = plain(lines.next_if(|line| line.starts_with(char::is_alphabetic))?);
    let items = lines.filter(|line| !line.is_empty()).map_while(|line| line.strip_prefix("- "));
    let names: Vec<String> =
        items.filter_map(|item| Some(code(item.strip_prefix('`')?.split_once('`')?.0))).take(ITEMS).collect();
    let lead = paragraph.trim_end_matches(':');
    let is_led = lead.len() < paragraph.len() && !names.is_empty();
    Some(if is_led { format!("{}: {}.", markup::with_code(lead), and(&names)) } else { sentence(&paragraph) })
}

fn sentence(said: &str) -> String {
    let said = plain(said);
    let said = markup::capitalised(&markup::with_code(said.trim_end_matches([':', '.'])));
    said + "."
}

/// A line of Markdown without a label in front and without marks.
fn plain(line: &str) -> String {
    let line = line.strip_prefix("**").and_then(|rest| rest.split_once("**")).map_or(line, |(_, rest)| rest);
    line.trim_start_matches([':', ' ']).replace('*', "").trim().to_owned()
}
