//! A Markdown document as headings, fences and the file names that it mentions, all with their bytes.

use std::ops::Range;

use super::blocks::{Block, Kind, Mark, blocks, mark};
use crate::layout::file_name::has_sql_ending;
use crate::layout::mask;

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Every block of code, in the order of the text.
    pub fences: Vec<Fence>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// 1 to 6.
    pub level: u32,
    /// Its words, without marks.
    pub text: String,
    /// Where it is.
    pub range: Range<usize>,
    /// Where the next heading of its level or above begins.
    pub section_end: usize,
}

/// A block of code.
#[derive(Debug)]
pub(super) struct Fence {
    /// What stands behind the opening marks; empty for an indented block.
    pub info: String,
    /// Where the block is, marks and all.
    pub range: Range<usize>,
    /// The bytes of its code; more than one range where a list's indentation or a quotation's marks stand between.
    pub code: Vec<Range<usize>>,
    /// The short paragraph right before it, such as `Rollback:`.
    pub label: String,
    /// The headings above it, outermost first, as indices.
    pub headings: Vec<usize>,
}

/// A file that the document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// The path as it is written, or put together from a tree of folders.
    pub path: String,
    /// Where the name is.
    pub range: Range<usize>,
}

/// The longest paragraph that can be a fence's label, in bytes.
const LONGEST_LABEL: usize = 160;

impl Document {
    /// Reads a document.
    pub fn parse(text: &str) -> Document {
        let text = &without_nested_fences(text);
        let mut document = Document::default();
        // The last paragraph, of the text and of each list in it.
        let mut labels: Vec<(usize, Range<usize>)> = Vec::new();
        let mut above: Vec<usize> = Vec::new();
        for Block { kind, range, depth } in blocks(text) {
            match kind {
                Kind::Heading(level, words) => {
                    let heading = Heading { level, text: words, range, section_end: usize::MAX };
                    document.begin_section(heading, &mut above);
                    labels.clear();
                }
                Kind::Paragraph => {
                    labels.retain(|(other, _)| *other < depth);
                    labels.push((depth, range));
                }
                Kind::Code { info, lines } => {
                    // An item of a list is no label of what stands behind the list.
                    labels.retain(|(other, _)| *other <= depth);
                    let words = labels.pop().map_or("", |(_, range)| text[range].trim());
                    labels.clear();
                    let label = if words.len() <= LONGEST_LABEL { words.to_owned() } else { String::new() };
                    let mut fence = Fence { info, range, code: Vec::new(), label, headings: above.clone() };
                    lines.into_iter().for_each(|line| fence.add_code(line));
                    document.fences.push(fence);
                }
            }
        }
        document
    }

    /// Adds a heading; `above` are the headings that what follows stands under, outermost first.
    fn begin_section(&mut self, heading: Heading, above: &mut Vec<usize>) {
        while let Some(last) = above.pop_if(|last| self.headings[*last].level >= heading.level) {
            self.headings[last].section_end = heading.range.start;
        }
        above.push(self.headings.len());
        self.headings.push(heading);
    }

    /// The bytes from a heading to the next one of its level or above.
    pub fn section(&self, heading: usize) -> Range<usize> {
        self.headings[heading].range.start..self.headings[heading].section_end
    }
}

impl Fence {
    fn add_code(&mut self, range: Range<usize>) {
        match self.code.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ if range.is_empty() => {}
            _ => self.code.push(range),
        }
    }

    /// From the code's first byte to its last; at the block's end when there is none.
    pub fn span(&self) -> Range<usize> {
        match (self.code.first(), self.code.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => self.range.end..self.range.end,
        }
    }

    /// The code, with whatever stands between its parts blanked; as long as [`Fence::span`].
    pub fn text(&self, document: &str) -> String {
        let span = self.span();
        let kept: Vec<_> =
            self.code.iter().map(|range| range.start - span.start..range.end - span.start).collect();
        mask::keep(&document[span], &kept)
    }

    /// The language, in lower case: the first word of the info.
    pub fn language(&self) -> String {
        let first = self
            .info
            .split(|character: char| character.is_whitespace() || matches!(character, ',' | '{'))
            .next();
        first.unwrap_or_default().to_ascii_lowercase()
    }
}

/// The text with the fences inside of a ```` ```markdown ```` fence blanked.
///
/// CommonMark ends the outer fence at the first bare mark, which is the end of the inner one; whoever
/// wrote ```` ```sql ```` inside of it meant the inner one, and the rest of the document depends on it.
fn without_nested_fences(text: &str) -> String {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let mut blanked = text.to_owned();
    if blanked.starts_with('\u{feff}') {
        blanked.replace_range(..'\u{feff}'.len_utf8(), "   ");
    }
    let mut index = 0;
    while index < lines.len() {
        let Some(outer) = mark(lines[index].1) else {
            index += 1;
            continue;
        };
        let closes = |mark: &Mark<'_>| {
            mark.character == outer.character && mark.length >= outer.length && mark.info.is_empty()
        };
        let first_close =
            (index + 1..lines.len()).find(|line| mark(lines[*line].1).is_some_and(|mark| closes(&mark)));
        let is_markdown = matches!(outer.info.to_ascii_lowercase().as_str(), "markdown" | "md");
        let nested = if is_markdown { nesting(&lines, index, &outer) } else { None };
        match nested {
            Some((inner, close)) => {
                for line in inner {
                    let (start, line) = lines[line];
                    blanked.replace_range(start..start + line.len(), &mask::blank(line));
                }
                index = close + 1;
            }
            None => index = first_close.map_or(lines.len(), |close| close + 1),
        }
    }
    blanked
}

/// The lines that open and close fences inside of the one opened at `open`, and the line that closes
/// that one; none if they do not come out even.
fn nesting(lines: &[(usize, &str)], open: usize, outer: &Mark<'_>) -> Option<(Vec<usize>, usize)> {
    let mut inner = Vec::new();
    let mut inside = false;
    for (index, (_, line)) in lines.iter().enumerate().skip(open + 1) {
        let Some(mark) =
            mark(line).filter(|mark| mark.character == outer.character && mark.length >= outer.length)
        else {
            continue;
        };
        match (mark.info.is_empty(), inside) {
            (true, false) => return Some((inner, index)),
            (false, true) => return None,
            (_, _) => {
                inside = !inside;
                inner.push(index);
            }
        }
    }
    None
}

/// The SQL files that a text names, in its order, in prose, lists, commands and trees of folders.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    // Folders of a tree, each with the column that it is written at.
    let mut tree: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut names = paths(line).peekable();
        if let Some((column, folder)) = tree_folder(line) {
            tree.retain(|(outer, _)| *outer < column);
            tree.push((column, folder));
        } else if names.peek().is_none() && line.trim().is_empty() {
            tree.clear();
        }
        for range in names {
            let column = line[..range.start].chars().count();
            let written = &line[range.clone()];
            let folders = tree.iter().filter(|(outer, _)| *outer < column).map(|(_, folder)| *folder);
            let path: Vec<&str> = folders.chain([written]).collect();
            found.push(Mention {
                path: path.join("/").replace('\\', "/"),
                range: at + range.start..at + range.end,
            });
        }
        at += line.len();
    }
    found
}

/// A line of a tree that names a folder, and nothing else: its column and name.
fn tree_folder(line: &str) -> Option<(usize, &str)> {
    let name = line.trim_end().strip_suffix('/')?;
    let start = name
        .rfind(|character| !is_path_character(character))
        .map_or(0, |before| before + name[before..].chars().next().map_or(1, char::len_utf8));
    let before_is_drawing = line[..start].chars().all(|character| !character.is_ascii_alphanumeric());
    (start < name.len() && before_is_drawing).then(|| (line[..start].chars().count(), &name[start..]))
}

fn is_path_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '/' | '\\' | '+')
}

/// Where paths of SQL files stand in a line.
pub(super) fn paths(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < line.len() {
            let start = at + line[at..].find(is_path_character)?;
            let end = line[start..]
                .find(|character| !is_path_character(character))
                .map_or(line.len(), |end| start + end);
            at = end;
            let word = line[start..end].trim_end_matches(['.', '/', '-']);
            let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
            if has_sql_ending(name) {
                return Some(start..start + word.len());
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Language, label, headings and code of every fence.
    fn fences(text: &str) -> Vec<(String, String, Vec<String>, String)> {
        let document = Document::parse(text);
        let fence = |fence: &Fence| {
            let headings =
                fence.headings.iter().map(|index| document.headings[*index].text.clone()).collect();
            (fence.language(), fence.label.clone(), headings, fence.text(text))
        };
        document.fences.iter().map(fence).collect()
    }

    #[test]
    fn fences_know_their_headings_and_labels() {
        let text = "# Plan\n## **One** `a`\n```SQL title=x\nSELECT 1;\n```\n\nRollback:\n\n```\nx\n```\n## Two\n~~~sql\n~~~\n";
        assert_eq!(
            fences(text),
            [
                ("sql".into(), "".into(), vec!["Plan".into(), "One a".into()], "SELECT 1;\n".into()),
                ("".into(), "Rollback:".into(), vec!["Plan".into(), "One a".into()], "x\n".into()),
                ("sql".into(), "".into(), vec!["Plan".into(), "Two".into()], "".into()),
            ] as [(String, String, Vec<String>, String); 3]
        );
    }

    #[test]
    fn code_keeps_its_place_in_lists_quotations_and_with_windows_line_ends() {
        for text in [
            "1. first\n   ```sql\n   SELECT 1;\n   SELECT 2;\n   ```\n",
            "> ```sql\r\n> SELECT 1;\r\n> SELECT 2;\r\n> ```\r\n",
            "\u{feff}# Title\r\n```sql\r\nSELECT 1;\r\nSELECT 2;\r\n```\r\n",
        ] {
            let document = Document::parse(text);
            let fence = &document.fences[0];
            let code = fence.text(text);
            assert_eq!(
                code.split_whitespace().collect::<Vec<_>>(),
                ["SELECT", "1;", "SELECT", "2;"],
                "{text:?}"
            );
            assert_eq!(code.len(), fence.span().len());
            let at = code.find("SELECT 2").unwrap();
            assert!(text[fence.span().start + at..].starts_with("SELECT 2"), "{text:?}");
        }
    }

    #[test]
    fn a_fence_inside_of_a_markdown_fence_is_text() {
        let text = "```markdown\n# T\n```sql\nSELECT 1;\n```\nmore\n```\n## Real\n```sql\nSELECT 2;\n```\n";
        let found = fences(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].2.clone(), found[1].3.as_str()), (vec!["Real".to_owned()], "SELECT 2;\n"));
    }

    #[test]
    fn a_markdown_fence_that_does_not_come_out_even_ends_at_its_first_mark() {
        let text = "```md\n# T\n```\n```sql\nSELECT 2;\n```\n";
        assert_eq!(fences(text)[1].3, "SELECT 2;\n");
        let unclosed = "```md\n```sql\nSELECT 1;\n```\n## Real\n```sql\nSELECT 2;\n```\n";
        assert_eq!(fences(unclosed).last().unwrap().3, "SELECT 2;\n");
    }

    #[test]
    fn mentions_are_found_in_prose_and_trees() {
        let text = "### `001_a.sql`\npsql < db\\up\\002_b.sql, then *.sql\n\
                    db/\n├── 003_c.sql\n├── rollback/\n│   └── 003_c.sql\n└── 004_d.SQL\n\nSee 005_e.sql.\n";
        let found: Vec<_> = mentions(text).into_iter().map(|mention| mention.path).collect();
        assert_eq!(
            found,
            [
                "001_a.sql",
                "db/up/002_b.sql",
                "db/003_c.sql",
                "db/rollback/003_c.sql",
                "db/004_d.SQL",
                "005_e.sql"
            ]
        );
        for mention in mentions(text) {
            assert!(mention.path.replace('\\', "/").ends_with(&text[mention.range].replace('\\', "/")));
        }
    }

    #[test]
    fn a_tree_is_read_even_if_its_lines_are_garbled() {
        let text = "db/\n‚îú‚îÄ‚îÄ 001_a.sql\n‚îú‚îÄ‚îÄ rollback/\n‚îÇ   ‚îî‚îÄ‚îÄ 001_a.sql\n";
        let found: Vec<_> = mentions(text).into_iter().map(|mention| mention.path).collect();
        assert_eq!(found, ["db/001_a.sql", "db/rollback/001_a.sql"]);
    }
}
