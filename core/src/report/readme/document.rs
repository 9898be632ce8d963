//! What a document that stands with the migrations says of them: read as text, not as SQL.

use super::chapter::Chapter;
use crate::Review;
use crate::layout::Script;
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
    let document = if super::running::is_part_of_a_document(review, &chapters.first()?.migration().up) {
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

/// The path that the document gives a script in a command that runs it, or that runs another of its scripts.
pub(super) fn path_in(review: &Review, script: &Script) -> Option<String> {
    let text = &review.workspace.file(script.file).text;
    let folder_of = |title: &str| {
        text.match_indices(&format!("/{title}")).find_map(|(at, _)| {
            let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
            let start = text[..at].rfind(|c: char| !is_path(c)).map_or(0, |before| before + 1);
            let folder = text.get(start..at)?;
            folder.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(folder)
        })
    };
    let named = |script: &Script| script.title.contains('.').then(|| folder_of(&script.title)).flatten();
    let others = || review.history.migrations.iter().find_map(|migration| named(&migration.up));
    let folder = named(script).or_else(others)?;
    Some(format!("{folder}/{}", script.title))
}

/// The phases that the document plans, under headings such as “Phase 1: Add tables”, with what stands right below or else
/// with the steps listed there. Markdown, one line each.
pub(super) fn phases(review: &Review, chapters: &[Chapter]) -> Vec<String> {
    let Some(script) = chapters.first().map(|chapter| &chapter.migration().up) else { return Vec::new() };
    if !super::running::is_part_of_a_document(review, script) {
        return Vec::new();
    }
    struct Planned {
        heading: String,
        said: Option<String>,
        steps: Vec<String>,
    }
    let mut found: Vec<Planned> = Vec::new();
    let (mut is_code, mut is_open) = (false, false);
    for line in review.workspace.file(script.file).text.lines().map(str::trim) {
        is_code ^= line.starts_with("```");
        if is_code || line.is_empty() {
            continue;
        }
        if line.starts_with('#') {
            // Without symbols, and without a mark behind them that it is done.
            let heading = line.trim_start_matches(['#', '*', ' ']);
            let heading = heading.split(|c: char| !c.is_alphanumeric() && !c.is_ascii()).next().unwrap_or("");
            let heading = heading.trim_end_matches(['*', ' ', ':']);
            is_open =
                heading.strip_prefix("Phase ").is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if is_open {
                found.push(Planned { heading: markup::text(heading), said: None, steps: Vec::new() });
            }
        } else if let Some(last) = found.last_mut().filter(|_| is_open) {
            let item = line.strip_prefix("- [ ] ").or_else(|| {
                line.split_once(". ").filter(|(n, _)| n.parse::<u32>().is_ok()).map(|(_, it)| it)
            });
            match item {
                Some(item) => {
                    let bare = item.replace('*', "");
                    let bare =
                        bare.split(|c: char| !c.is_alphanumeric() && !c.is_ascii()).next().unwrap_or("");
                    last.steps.push(markup::with_code(bare.trim_end_matches(['.', ':', ' '])));
                }
                None if last.said.is_none()
                    && last.steps.is_empty()
                    && line.starts_with(char::is_alphabetic) =>
                {
                    last.said = Some(sentence(line));
                }
                None => {}
            }
        }
    }
    let told = |planned: Planned| {
        let steps = planned.steps.join("; ");
        let said = planned.said.or_else(|| (!steps.is_empty()).then(|| format!("{steps}.")));
        format!("**{}**{}", planned.heading, said.map_or_else(String::new, |said| format!(": {said}")))
    };
    found.into_iter().map(told).collect()
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
