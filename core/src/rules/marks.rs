//! Marks in a text that show that it is not finished: a merge conflict, a placeholder.

use std::cell::OnceCell;
use std::ops::Range;

use crate::sorted;

/// The first lines of merge conflicts: bytes of the text.
pub(super) fn conflicts(text: &str) -> Vec<Range<usize>> {
    lines(text)
        .filter(|(_, line)| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
        .map(|(range, _)| range)
        .collect()
}

/// `${NAME}`, `{{ name }}` and `<%= name %>`: bytes of the text. Comments are not looked into.
pub(super) fn placeholders(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts have none of these, and need not be looked through once more for each mark.
    if !text.contains(['{', '%']) {
        return found;
    }
    // Where nothing looks like a mark, comments need not be told from the rest.
    let comments = OnceCell::new();
    let is_comment = |at: usize| {
        let comments = comments.get_or_init(|| crate::sql::comments(text, 0));
        comments.iter().any(|range| (range.start as usize..range.end as usize).contains(&at))
    };
    for (open, close) in [("${", "}"), ("{{", "}}"), ("<%", "%>")] {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at) {
            let inside = start + open.len();
            let length = text[inside..].find(close);
            let names = |length: &usize| is_name(&text[inside..inside + length]);
            match length.filter(names) {
                Some(length) if !text[..start].ends_with('$') && !is_comment(start) => {
                    let end = inside + length + close.len();
                    found.push(start..end);
                    from = end;
                }
                _ => from = inside,
            }
        }
    }
    sorted::sort_by_key(&mut found, |range| range.start);
    found
}

/// Is there a mark that makes the statement no SQL, so that the parser's complaint says nothing more?
pub(super) fn explains_syntax_error(statement: &str) -> bool {
    let divides = lines(statement).any(|(_, line)| line.trim_end() == "=======");
    divides || !conflicts(statement).is_empty() || !placeholders(statement).is_empty()
}

fn is_name(text: &str) -> bool {
    let text = text.trim_matches(['=', '-', ' ', '%']);
    text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '.' | '$'))
        && text.len() <= 80
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | ' ' | '$' | '|'))
}

fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        (range, line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_in_braces() {
        for (text, expected) in [
            ("CREATE SCHEMA ${SCHEMA};", vec!["${SCHEMA}"]),
            ("GRANT ALL ON t TO {{ .User }};", vec!["{{ .User }}"]),
            ("SELECT '<%= secret %>'", vec!["<%= secret %>"]),
            ("SELECT '{{1,2},{3,4}}'::int[]", vec![]),
            ("SELECT $${\"a\": 1}$$", vec![]),
            ("-- uses ${HOME}\nSELECT 1", vec![]),
            ("SELECT '{\"a\":{\"b\":1}}'", vec![]),
        ] {
            let found: Vec<&str> = placeholders(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn conflicts_begin_at_the_line() {
        let text = "<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> branch\n SELECT '<<<<<<< x';";
        assert_eq!(conflicts(text).len(), 2);
    }
}
