//! Statements taken apart where they are text: what a rewrite keeps of the words as they were written.

use std::ops::Range;

use crate::sql::{Lexeme, Scanner, quote_identifier};

/// A token outside of all parentheses, white space and comments left out.
struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    kind: Lexeme,
}

impl Word<'_> {
    fn is(&self, keyword: &str) -> bool {
        self.kind == Lexeme::Word && self.text.eq_ignore_ascii_case(keyword)
    }
}

fn words(sql: &str) -> Vec<Word<'_>> {
    let mut depth = 0usize;
    let mut found = Vec::new();
    for token in Scanner::new(sql, 0) {
        let text = &sql[token.range.clone()];
        match (token.kind, text) {
            (Lexeme::Space | Lexeme::Comment, _) => continue,
            (Lexeme::Punctuation, "(" | "[") => depth += 1,
            (Lexeme::Punctuation, ")" | "]") => depth = depth.saturating_sub(1),
            _ if depth == 0 => found.push(Word { range: token.range, text, kind: token.kind }),
            _ => {}
        }
    }
    found
}

/// With a word behind the first that is this keyword, and without IF [NOT] EXISTS behind that:
/// `CREATE INDEX CONCURRENTLY …`.
pub(super) fn with_word_behind(sql: &str, keyword: &str, word: &str) -> Option<String> {
    let words = words(sql);
    let at = words.iter().position(|own| own.is(keyword))?;
    let mut next = at + 1;
    if words.get(next)?.is("IF") {
        next += if words.get(next + 1)?.is("NOT") { 3 } else { 2 };
    }
    let rest = &sql[words.get(next)?.range.start..];
    Some(format!("{} {word} {rest}", &sql[..words[at].range.end]))
}

/// An ALTER TABLE as what stands before its sub-commands, and the sub-commands.
pub(super) fn alterations(sql: &str) -> Option<(&str, Vec<&str>)> {
    let words = words(sql);
    let mut at = words.iter().position(|word| word.is("TABLE"))? + 1;
    if words.get(at)?.is("IF") {
        at += 2;
    }
    if words.get(at)?.is("ONLY") {
        at += 1;
    }
    while words.get(at + 1)?.text == "." {
        at += 2;
    }
    let mut end = words[at].range.end;
    if words.get(at + 1)?.text == "*" {
        end = words[at + 1].range.end;
    }
    let mut parts = Vec::new();
    let mut start = end;
    for comma in words.iter().filter(|word| word.range.start >= end && word.text == ",") {
        parts.push(sql[start..comma.range.start].trim());
        start = comma.range.end;
    }
    parts.push(sql[start..].trim());
    Some((sql[..end].trim(), parts))
}

/// A data change as what stands before WHERE, and the condition. None where it ends in something else.
pub(super) fn condition(sql: &str) -> Option<(&str, Option<&str>)> {
    let words = words(sql);
    if words.iter().any(|word| word.is("RETURNING")) {
        return None;
    }
    Some(match words.iter().find(|word| word.is("WHERE")) {
        Some(word) => (sql[..word.range.start].trim_end(), Some(sql[word.range.end..].trim())),
        None => (sql.trim_end(), None),
    })
}

/// With another name for an identifier wherever it stands in parentheses: the key of a CREATE INDEX.
pub(super) fn renamed_in_parentheses(sql: &str, from: &str, to: &str) -> String {
    let mut text = String::new();
    let mut depth = 0usize;
    for token in Scanner::new(sql, 0) {
        let own = &sql[token.range.clone()];
        match own {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_name = matches!(token.kind, Lexeme::Word | Lexeme::QuotedName);
        if depth > 0 && is_name && own == quote_identifier(from) {
            text += &quote_identifier(to);
        } else {
            text += own;
        }
    }
    text
}

/// With another name for what a CREATE INDEX creates.
pub(super) fn with_new_name(sql: &str, from: &str, to: &str) -> Option<String> {
    let word = words(sql).into_iter().find(|word| word.text == quote_identifier(from))?;
    Some(format!("{}{}{}", &sql[..word.range.start], quote_identifier(to), &sql[word.range.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_taken_apart() {
        assert_eq!(
            with_word_behind("CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a)", "index", "CONCURRENTLY")
                .as_deref(),
            Some("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")
        );
        assert_eq!(
            alterations("ALTER TABLE IF EXISTS ONLY a.\"b,c\" ADD x int CHECK (x IN (1, 2)), DROP y"),
            Some(("ALTER TABLE IF EXISTS ONLY a.\"b,c\"", vec!["ADD x int CHECK (x IN (1, 2))", "DROP y"]))
        );
        assert_eq!(
            condition("UPDATE t SET a = (SELECT 1 WHERE true) WHERE b > 1"),
            Some(("UPDATE t SET a = (SELECT 1 WHERE true)", Some("b > 1")))
        );
    }
}
