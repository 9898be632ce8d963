//! The blocks of a Markdown text, by CommonMark's rules as far as migrations need them: headings,
//! paragraphs and code, also within lists and quotations.
//!
//! It forgives what CommonMark does not: a fence in a list goes on to its closing mark even where its code
//! is less indented than the list, and one behind an HTML tag is a fence.

use std::ops::Range;

/// A block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub kind: Kind,
    /// Where it is, marks and all.
    pub range: Range<usize>,
    /// How many lists it is in.
    pub depth: usize,
}

/// What a block is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading with its level, 1 to 6, and its words without marks.
    Heading(u32, String),
    /// A paragraph, or an item of a list.
    Paragraph,
    /// Code.
    Code {
        /// What stands behind the opening marks; empty for an indented block.
        info: String,
        /// Each line of the code, line end and all, without what only indents it.
        lines: Vec<Range<usize>>,
    },
}

/// A line that opens or closes a fence.
pub(super) struct Mark<'a> {
    pub character: u8,
    pub length: usize,
    pub info: &'a str,
}

/// The fence's mark on a line, however it is indented.
pub(super) fn mark(line: &str) -> Option<Mark<'_>> {
    let line = line.trim();
    let character = *line.as_bytes().first().filter(|first| matches!(first, b'`' | b'~'))?;
    let length = line.bytes().take_while(|byte| *byte == character).count();
    let info = line[length..].trim();
    // Otherwise it is code between words.
    let opens = character == b'~' || !info.contains('`');
    (length >= 3 && opens).then_some(Mark { character, length, info })
}

/// The blocks of a text, in its order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reader.line(text, at..at + line.len());
        at += line.len();
    }
    reader.close(text);
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: Option<Open>,
    /// How many lists that one is in.
    depth: usize,
    /// How far the content of each list is indented that the line is in, the outermost first.
    lists: Vec<usize>,
    /// In how many quotations the open block stands.
    quotes: usize,
}

/// The block that the next line may belong to.
enum Open {
    Paragraph(Range<usize>),
    Fence {
        start: usize,
        character: u8,
        length: usize,
        indent: usize,
        info: String,
        lines: Vec<Range<usize>>,
    },
    Indented {
        indent: usize,
        range: Range<usize>,
        lines: Vec<Range<usize>>,
    },
}

impl Reader {
    fn line(&mut self, text: &str, line: Range<usize>) {
        let (quotes, start) = quotations(text, &line);
        if quotes < self.quotes && !matches!(self.open, Some(Open::Paragraph(_))) {
            self.close(text);
        }
        if matches!(self.open, Some(Open::Fence { .. })) {
            // What is quoted deeper than the fence is code.
            let (_, start) = quotations_up_to(text, &line, self.quotes);
            return self.line_of_fence(text, start..line.end);
        }
        if quotes != self.quotes {
            self.close(text);
            self.lists.clear();
            self.quotes = quotes;
        }
        let content = &text[start..line.end];
        if content.trim().is_empty() {
            match &mut self.open {
                Some(Open::Indented { lines, indent, .. }) => {
                    lines.push(start + indentation(content, *indent).1..line.end);
                }
                _ => self.close(text),
            }
            return;
        }
        self.content(text, start..line.end);
    }

    /// A line with something on it, outside of every fence.
    fn content(&mut self, text: &str, line: Range<usize>) {
        let content = &text[line.clone()];
        let (indent, skipped) = indentation(content, usize::MAX);
        if !matches!(self.open, Some(Open::Paragraph(_))) {
            self.lists.retain(|list| *list <= indent);
        }
        let base = self.lists.last().copied().unwrap_or(0);
        if indent >= base + 4 && !matches!(self.open, Some(Open::Paragraph(_))) {
            let code = line.start + indentation(content, base + 4).1..line.end;
            match &mut self.open {
                Some(Open::Indented { range, lines, .. }) => {
                    range.end = line.end;
                    lines.push(code);
                }
                _ => {
                    self.open(Open::Indented { indent: base + 4, range: line, lines: vec![code] }, indent);
                }
            }
            return;
        }
        if matches!(self.open, Some(Open::Indented { .. })) {
            self.close(text);
        }
        self.marked(text, line.start + skipped..line.end, indent);
    }

    /// A line from its first mark or word on, which stands at this column.
    fn marked(&mut self, text: &str, line: Range<usize>, column: usize) {
        let content = text[line.clone()].trim_end();
        if let Some(level) = self.underlines(content) {
            if let Some(Open::Paragraph(words)) = self.open.take() {
                let kind = Kind::Heading(level, words_of(&text[words.clone()]));
                self.blocks.push(Block { kind, range: words.start..line.end, depth: self.depth });
            }
            return;
        }
        let level = content.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&level) && content[level..].chars().next().is_none_or(char::is_whitespace) {
            self.close(text);
            let words = content[level..].trim();
            let without = words.trim_end_matches('#');
            let words =
                if without.is_empty() || without.ends_with([' ', '\t']) { without.trim_end() } else { words };
            self.lists.retain(|list| *list <= column);
            let kind = Kind::Heading(level as u32, words_of(words));
            self.blocks.push(Block { kind, range: line, depth: self.lists.len() });
        } else if let Some(Mark { character, length, info }) = mark(content) {
            self.close(text);
            let (start, info) = (line.start, info.to_owned());
            let lines = Vec::new();
            self.open(Open::Fence { start, character, length, indent: column, info, lines }, column);
        } else if is_rule(content) {
            self.close(text);
        } else if let Some(marker) = list_marker(content) {
            self.close(text);
            self.lists.retain(|list| *list <= column);
            let rest = &content[marker..];
            let (spaces, skipped) = indentation(rest, 4);
            self.lists.push(column + marker + spaces.max(1));
            if !rest.trim().is_empty() {
                self.marked(text, line.start + marker + skipped..line.end, column + marker + spaces);
            }
        } else {
            match &mut self.open {
                Some(Open::Paragraph(paragraph)) => paragraph.end = line.end,
                _ => self.open(Open::Paragraph(line), column),
            }
        }
    }

    /// The level of the heading that this line makes of the paragraph above.
    fn underlines(&self, content: &str) -> Option<u32> {
        let Some(Open::Paragraph(_)) = self.open else { return None };
        [('=', 1), ('-', 2)]
            .into_iter()
            .find_map(|(mark, level)| content.chars().all(|letter| letter == mark).then_some(level))
    }

    fn line_of_fence(&mut self, text: &str, line: Range<usize>) {
        let Some(Open::Fence { character, length, indent, lines, .. }) = &mut self.open else { return };
        let content = &text[line.clone()];
        let closes = mark(content).is_some_and(|mark| {
            mark.character == *character && mark.length >= *length && mark.info.is_empty()
        });
        if !closes {
            lines.push(line.start + indentation(content, *indent).1..line.end);
            return;
        }
        self.close_at(text, line.start + content.trim_end().len());
    }

    fn close(&mut self, text: &str) {
        let end = match &self.open {
            Some(Open::Fence { start, lines, .. }) => lines.last().map(|line| line.end).unwrap_or(*start),
            _ => 0,
        };
        self.close_at(text, end);
    }

    /// Ends the open block; `end` is where a fence ends.
    fn close_at(&mut self, text: &str, end: usize) {
        let (kind, range) = match self.open.take() {
            None => return,
            Some(Open::Paragraph(range)) => (Kind::Paragraph, range),
            Some(Open::Fence { start, info, lines, .. }) => {
                let kind = Kind::Code { info, lines };
                let first = start + text[start..].find('\n').unwrap_or(text.len() - start);
                (kind, start..end.max(first))
            }
            Some(Open::Indented { range, mut lines, .. }) => {
                // Blank lines behind it are none of it.
                lines.retain(|line| line.end <= range.end);
                (Kind::Code { info: String::new(), lines }, range)
            }
        };
        self.blocks.push(Block { kind, range, depth: self.depth });
    }

    /// Opens a block that begins in this column, and so outside of every list that is indented further.
    fn open(&mut self, open: Open, column: usize) {
        self.lists.retain(|list| *list <= column);
        self.depth = self.lists.len();
        self.open = Some(open);
    }
}

/// In how many quotations a line is, and where its content begins.
fn quotations(text: &str, line: &Range<usize>) -> (usize, usize) {
    quotations_up_to(text, line, usize::MAX)
}

fn quotations_up_to(text: &str, line: &Range<usize>, limit: usize) -> (usize, usize) {
    let (mut quotes, mut start) = (0, line.start);
    while quotes < limit {
        let content = &text[start..line.end];
        let Some(rest) = content[indentation(content, 3).1..].strip_prefix('>') else { break };
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        start = line.end - rest.len();
        quotes += 1;
    }
    (quotes, start)
}

/// How far a line is indented, up to a limit, in columns and in bytes.
fn indentation(line: &str, limit: usize) -> (usize, usize) {
    let (mut columns, mut bytes) = (0, 0);
    for byte in line.bytes() {
        let width = match byte {
            b' ' => 1,
            b'\t' => 4 - columns % 4,
            _ => break,
        };
        if columns + width > limit {
            break;
        }
        columns += width;
        bytes += 1;
    }
    (columns, bytes)
}

/// The length of what makes the line an item of a list.
fn list_marker(content: &str) -> Option<usize> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let mark = content[digits..].chars().next()?;
    let marks = if digits == 0 { matches!(mark, '-' | '*' | '+') } else { matches!(mark, '.' | ')') };
    let length = digits + 1;
    let alone = |length| content[length..].chars().next().is_none_or(char::is_whitespace);
    (marks && digits <= 9 && alone(length)).then_some(length)
}

/// A line across the page.
fn is_rule(content: &str) -> bool {
    let mut marks = content.chars().filter(|letter| !letter.is_whitespace());
    let Some(first) = marks.next().filter(|first| matches!(first, '-' | '*' | '_')) else { return false };
    let mut count = 1;
    marks.all(|mark| {
        count += 1;
        mark == first
    }) && count >= 3
}

/// The words of a line, without what makes them bold, code, links or the like.
fn words_of(line: &str) -> String {
    let mut words = String::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        rest = match first {
            '\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                words.push_str(&after[..1]);
                &after[1..]
            }
            '`' => {
                let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
                let (marks, after) = rest.split_at(ticks);
                match after.split_once(marks) {
                    Some((code, after)) => {
                        words.push_str(code.trim());
                        after
                    }
                    None => {
                        words.push_str(marks);
                        after
                    }
                }
            }
            '*' | '[' => after,
            // Inside of a word it is a letter like others.
            '_' if !(words.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)) => {
                after
            }
            ']' => match after.strip_prefix('(').and_then(|link| link.split_once(')')) {
                Some((_, after)) => after,
                None => after,
            },
            '<' if after.starts_with(|next: char| next.is_ascii_alphabetic() || next == '/') => {
                after.split_once('>').map_or(after, |(_, after)| after)
            }
            '\r' | '\n' => {
                if !words.ends_with(' ') {
                    words.push(' ');
                }
                after.trim_start()
            }
            _ => {
                words.push(first);
                after
            }
        };
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block in a line.
    fn shown(text: &str) -> Vec<String> {
        let line = |block: Block| match block.kind {
            Kind::Heading(level, words) => format!("h{level} {words}"),
            Kind::Paragraph => format!("p {}", text[block.range].trim()),
            Kind::Code { info, lines } => {
                let code: String = lines.into_iter().map(|line| &text[line]).collect();
                format!("code {info}|{code}")
            }
        };
        blocks(text).into_iter().map(line).collect()
    }

    #[test]
    fn text_is_blocks() {
        for (text, expected) in [
            ("# A\ntext\nmore\n\nlast", &["h1 A", "p text\nmore", "p last"][..]),
            ("A\n===\nB\n---\n---\n", &["h1 A", "h2 B"]),
            ("## A ##\n#hashtag\n", &["h2 A", "p #hashtag"]),
            ("```sql\na\n```\nb", &["code sql|a\n", "p b"]),
            ("~~~~\n~~~\n~~~~\n", &["code |~~~\n"]),
            ("```sql\na", &["code sql|a"]),
            ("```a`b", &["p ```a`b"]),
            ("    a\n\n      b\n\nc", &["code |a\n\n  b\n", "p c"]),
            ("p\n    still p\n", &["p p\n    still p"]),
            ("- a\n  - b\n\n    c\n\n        code\n", &["p a", "p b", "p c", "code |code\n"]),
            ("1. a\n   ```sql\n   b\n   ```\n2. c", &["p a", "code sql|b\n", "p c"]),
            ("- ```sql\n  a\n  ```\n", &["code sql|a\n"]),
            ("- a\n  ```sql\nb\n  ```\n", &["p a", "code sql|b\n"]),
            ("> ```sql\n> a\n> ```\nb", &["code sql|a\n", "p b"]),
            ("> ```sql\n> a\n\nb", &["code sql|a\n", "p b"]),
            ("<details>\n```sql\na\n```\n", &["p <details>", "code sql|a\n"]),
            ("\t a\n", &["code | a\n"]),
            ("- \n\n    - ", &[]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_are_their_words() {
        for (heading, words) in [
            ("**One** `a_b`", "One a_b"),
            ("_One_ 001_add_x.sql", "One 001_add_x.sql"),
            ("[Link](https://example.org/a_b) \\*x\\*", "Link *x*"),
            ("`` a`b `` ` c", "a`b ` c"),
            ("A <br> B <3", "A  B <3"),
        ] {
            assert_eq!(words_of(heading), words);
        }
    }

    #[test]
    fn no_text_breaks_it() {
        let pieces = [
            "`", "```", "~~~", "> ", "- ", "1. ", "#", " ", "\t", "\n", "\r\n", "ü", "[", "](", "<a", "\\",
            "---", "a",
        ];
        let mut seed = 1u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text += pieces[(seed >> 16) as usize % pieces.len()];
            }
            let mut end = 0;
            for block in blocks(&text) {
                assert!(end <= block.range.start && block.range.end <= text.len(), "{text:?}");
                end = block.range.end;
                shown(&text);
            }
        }
    }
}
