//! Two texts of SQL, line by line.

use lockstep_core::schema::Change;
use similar::{ChangeTag, TextDiff};

use super::colour::coloured;
use crate::protocol::{DiffLine, Token, TokenKind};

/// By what lines are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// What they say: that of DDL which Lockstep has written.
    Essence,
    /// Every letter: that of files.
    Letter,
}

/// What of the text is in both, and what in one only.
pub fn compare(before: &str, after: &str, by: By) -> Vec<DiffLine> {
    // A function's body is one token of many lines: the whole is coloured first and cut afterwards.
    let (old, new) = (lines(before), lines(after));
    let (old_essence, new_essence) = (essences(&old, by), essences(&new, by));
    let (old_essence, new_essence) = (references(&old_essence), references(&new_essence));
    let differences = TextDiff::from_slices(&old_essence, &new_essence);
    let compared = differences.iter_all_changes().filter_map(|line| {
        let (change, line) = match line.tag() {
            ChangeTag::Equal => (Change::Same, &new[line.new_index()?]),
            ChangeTag::Insert => (Change::Added, &new[line.new_index()?]),
            ChangeTag::Delete => (Change::Removed, &old[line.old_index()?]),
        };
        Some(DiffLine { change, text: line.0.to_owned(), tokens: line.1.clone() })
    });
    compared.collect()
}

fn essences(lines: &[(&str, Vec<Token>)], by: By) -> Vec<String> {
    let of = |(text, tokens): &(&str, Vec<Token>)| match by {
        By::Essence => essence(text, tokens),
        By::Letter => (*text).to_owned(),
    };
    lines.iter().map(of).collect()
}

fn references(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// What a line of DDL says, whatever its neighbours are: without the spaces that align it with them, and
/// without the comma before the next one.
fn essence(text: &str, tokens: &[Token]) -> String {
    let is_verbatim = |at: usize| {
        let holds = |token: &&Token| (token.start..token.start + token.length).contains(&(at as u32));
        let quoted = |token: &Token| matches!(token.kind, TokenKind::String | TokenKind::Comment);
        tokens.iter().find(holds).is_some_and(quoted)
    };
    let mut essence = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if letter != ' ' || !essence.ends_with(' ') || is_verbatim(at) {
            essence.push(letter);
        }
    }
    essence.truncate(essence.trim_end_matches(',').len());
    essence
}

/// The lines of a text, each with its tokens counted from its own start.
fn lines(text: &str) -> Vec<(&str, Vec<Token>)> {
    let tokens = coloured(text, 0);
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len() as u32;
            start = range.end;
            let first = tokens.partition_point(|token| token.start + token.length <= range.start);
            let of_line = tokens[first..].iter().take_while(|token| token.start < range.end).map(|token| {
                let from = token.start.max(range.start);
                let to = (token.start + token.length).min(range.end);
                Token { start: from - range.start, length: to - from, kind: token.kind }
            });
            (line.trim_end_matches(['\r', '\n']), of_line.collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared() {
        let lines = compare("a\nb\n", "a\nc\n", By::Essence);
        let short: Vec<_> = lines.iter().map(|line| (line.change, line.text.as_str())).collect();
        assert_eq!(short, [(Change::Same, "a"), (Change::Removed, "b"), (Change::Added, "c")]);
    }

    #[test]
    fn alignment_and_commas_are_no_change() {
        let before = "CREATE TABLE a (\n    id   int,\n    note text DEFAULT 'a  b'\n);\n";
        let after = "CREATE TABLE a (\n    id    int,\n    note  text DEFAULT 'a b',\n    extra text\n);\n";
        let changed: Vec<_> = compare(before, after, By::Essence)
            .into_iter()
            .filter(|line| line.change != Change::Same)
            .map(|line| (line.change, line.text))
            .collect();
        let line = |change, text: &str| (change, text.to_owned());
        assert_eq!(
            changed,
            [
                line(Change::Removed, "    note text DEFAULT 'a  b'"),
                line(Change::Added, "    note  text DEFAULT 'a b',"),
                line(Change::Added, "    extra text"),
            ]
        );
        let by_letter = compare("a,\n", "a\n", By::Letter);
        assert_eq!(
            by_letter.iter().map(|line| line.change).collect::<Vec<_>>(),
            [Change::Removed, Change::Added]
        );
    }

    #[test]
    fn a_token_over_two_lines_is_cut() {
        let lines = lines("x 'a\nb' 1");
        let spans =
            |tokens: &[Token]| tokens.iter().map(|token| (token.start, token.length)).collect::<Vec<_>>();
        assert_eq!((spans(&lines[0].1), spans(&lines[1].1)), (vec![(2, 3)], vec![(0, 2), (3, 1)]));
    }
}
