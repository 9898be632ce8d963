//! PostgreSQL's lexical rules (`scan.l`), as far as they say where one token ends and the next begins.
//!
//! Never fails: text that PostgreSQL's scanner would refuse still comes out as
//! tokens, so that a broken statement has an end. One pass, no allocation.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lexeme {
    /// White space.
    Space,
    /// `-- …` without its line end, or `/* … */`.
    Comment,
    /// A string in any of PostgreSQL's spellings: `'…'`, `E'…'`, `$tag$…$tag$`, `B'…'`, `U&'…'`.
    String,
    /// `"…"` or `U&"…"`.
    QuotedName,
    /// A keyword or a bare identifier.
    Word,
    /// A number.
    Number,
    /// `$1`.
    Parameter,
    /// A run of operator characters; also `::`, `:=` and `..`.
    Operator,
    /// Any other character, alone.
    Punctuation,
}

/// A token of the text it was scanned from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lex {
    /// What it is.
    pub kind: Lexeme,
    /// Its bytes.
    pub range: Range<usize>,
    /// False for a quote or comment that the text ends in.
    pub closed: bool,
}

/// Reads tokens from a text, one after the other; together they cover it.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    /// Where the next token begins.
    at: usize,
}

/// What ends a quotation besides its closing quote.
#[derive(Clone, Copy, PartialEq)]
enum Escapes {
    /// Nothing; a quote is written by doubling it.
    Doubling,
    /// A backslash takes the next character with it.
    Backslash,
}

impl<'a> Scanner<'a> {
    /// Starts at byte `at` of `text`, which must be a character's first.
    pub fn new(text: &'a str, at: usize) -> Self {
        Scanner { text, at }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The first byte from `at` on that `wanted` refuses.
    fn past(&self, at: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = &self.text.as_bytes()[at.min(self.text.len())..];
        at + rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len())
    }

    fn find(&self, from: usize, needle: &str) -> Option<usize> {
        self.text.get(from..)?.find(needle).map(|found| from + found)
    }

    /// `/* … */` with comments inside it; `start` is at its `/`.
    fn block_comment(&self, start: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut depth = 1;
        let mut at = start + 2;
        while at + 1 < bytes.len() {
            match (bytes[at], bytes[at + 1]) {
                (b'/', b'*') => {
                    depth += 1;
                    at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return (at, true);
                    }
                }
                _ => at += 1,
            }
        }
        (bytes.len(), false)
    }

    /// A quotation whose opening quote is at `open`.
    fn quotation(&self, open: usize, escapes: Escapes) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let quote = bytes[open];
        let mut at = open + 1;
        loop {
            at = self.past(at, |byte| byte != quote && (byte != b'\\' || escapes == Escapes::Doubling));
            match bytes.get(at) {
                None => return (bytes.len(), false),
                Some(b'\\') => {
                    // The escaped character may be longer than a byte; the rest of it is skipped like any other.
                    at = (at + 2).min(bytes.len());
                }
                Some(_) if self.byte(at + 1) == quote => at += 2,
                Some(_) => match self.continuation(at + 1).filter(|_| escapes == Escapes::Backslash) {
                    Some(next) => at = next,
                    None => return (at + 1, true),
                },
            }
        }
    }

    /// Two strings with a line end between them are one, and the second follows the rules of the
    /// first: the byte behind the second's opening quote.
    fn continuation(&self, from: usize) -> Option<usize> {
        let mut scanner = Scanner::new(self.text, from);
        let mut line_end = false;
        loop {
            let start = scanner.at;
            if self.byte(start) == b'\'' {
                return line_end.then_some(start + 1);
            }
            let skipped = if is_space(self.byte(start)) {
                scanner.past(start, is_space)
            } else if self.text[start..].starts_with("--") {
                scanner.past(start, |byte| byte != b'\n' && byte != b'\r')
            } else {
                return None;
            };
            line_end |= self.text[start..skipped].contains(['\n', '\r']);
            scanner.at = skipped;
        }
    }

    /// `$tag$…$tag$`, where `start` is at its first `$`; none when that `$` opens no such string.
    fn dollar_string(&self, start: usize) -> Option<(usize, bool)> {
        let first = self.byte(start + 1);
        let tag_end = if is_word_start(first) { self.past(start + 1, is_tag) } else { start + 1 };
        if self.byte(tag_end) != b'$' {
            return None;
        }
        let tag = &self.text[start..=tag_end];
        match self.find(tag_end + 1, tag) {
            Some(close) => Some((close + tag.len(), true)),
            None => Some((self.text.len(), false)),
        }
    }

    fn number(&self, start: usize) -> usize {
        let hexadecimal = self.byte(start) == b'0' && matches!(self.byte(start + 1), b'x' | b'X');
        let mut at = start;
        loop {
            at = self.past(at, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let exponent = !hexadecimal && at > start && matches!(self.byte(at - 1), b'e' | b'E');
            match self.byte(at) {
                b'.' if self.byte(at + 1) != b'.' => at += 1,
                b'+' | b'-' if exponent && self.byte(at + 1).is_ascii_digit() => at += 1,
                _ => return at,
            }
        }
    }

    /// A run of operator characters ends before a comment, and `+` or `-` may end it only in company
    /// of characters that no standard operator has: `a=-1` is `=` and `-`.
    fn operator(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let run_end = self.past(start, is_operator);
        let comment = (start + 1..run_end)
            .find(|at| matches!((bytes[*at], self.byte(at + 1)), (b'-', b'-') | (b'/', b'*')));
        let mut end = comment.unwrap_or(run_end);
        let unusual = bytes[start..end].iter().any(|byte| b"~!@#^&|`?%".contains(byte));
        while !unusual && end > start + 1 && matches!(bytes[end - 1], b'+' | b'-') {
            end -= 1;
        }
        end
    }
}

impl Iterator for Scanner<'_> {
    type Item = Lex;

    fn next(&mut self) -> Option<Lex> {
        let start = self.at;
        let first = *self.text.as_bytes().get(start)?;
        let second = self.byte(start + 1);
        let closed = |kind, end| (kind, end, true);
        let quoted = |kind, (end, closed)| (kind, end, closed);
        let (kind, end, is_closed) = match first {
            _ if is_space(first) => closed(Lexeme::Space, self.past(start, is_space)),
            b'-' if second == b'-' => {
                closed(Lexeme::Comment, self.past(start, |byte| byte != b'\n' && byte != b'\r'))
            }
            b'/' if second == b'*' => quoted(Lexeme::Comment, self.block_comment(start)),
            b'\'' => quoted(Lexeme::String, self.quotation(start, Escapes::Doubling)),
            b'"' => quoted(Lexeme::QuotedName, self.quotation(start, Escapes::Doubling)),
            b'e' | b'E' if second == b'\'' => {
                quoted(Lexeme::String, self.quotation(start + 1, Escapes::Backslash))
            }
            b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if second == b'\'' => {
                quoted(Lexeme::String, self.quotation(start + 1, Escapes::Doubling))
            }
            b'u' | b'U' if second == b'&' && matches!(self.byte(start + 2), b'\'' | b'"') => {
                let kind = if self.byte(start + 2) == b'"' { Lexeme::QuotedName } else { Lexeme::String };
                quoted(kind, self.quotation(start + 2, Escapes::Doubling))
            }
            b'$' if second.is_ascii_digit() => {
                closed(Lexeme::Parameter, self.past(start + 1, |byte| byte.is_ascii_digit()))
            }
            b'$' => match self.dollar_string(start) {
                Some(string) => quoted(Lexeme::String, string),
                None => closed(Lexeme::Punctuation, start + 1),
            },
            b'.' if second == b'.' => closed(Lexeme::Operator, start + 2),
            b':' if matches!(second, b':' | b'=') => closed(Lexeme::Operator, start + 2),
            b'.' if second.is_ascii_digit() => closed(Lexeme::Number, self.number(start)),
            _ if first.is_ascii_digit() => closed(Lexeme::Number, self.number(start)),
            _ if is_word_start(first) => {
                closed(Lexeme::Word, self.past(start, |byte| is_tag(byte) || byte == b'$'))
            }
            _ if is_operator(first) => closed(Lexeme::Operator, self.operator(start)),
            _ => closed(Lexeme::Punctuation, start + 1),
        };
        self.at = end;
        Some(Lex { kind, range: start..end, closed: is_closed })
    }
}

/// White space in SQL; no other Unicode space is.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_tag(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit()
}

fn is_operator(byte: u8) -> bool {
    b"~!@#^&|`?+-*/%<>=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Vec<(Lexeme, &str)> {
        Scanner::new(text, 0)
            .filter(|lex| lex.kind != Lexeme::Space)
            .map(|lex| (lex.kind, &text[lex.range]))
            .collect()
    }

    #[test]
    fn tokens_end_where_postgresql_ends_them() {
        use Lexeme::*;
        for (text, expected) in [
            ("a--b\nc", vec![(Word, "a"), (Comment, "--b"), (Word, "c")]),
            ("/* a /* b */ c */d", vec![(Comment, "/* a /* b */ c */"), (Word, "d")]),
            ("'it''s'x", vec![(String, "'it''s'"), (Word, "x")]),
            (r"'a\'x", vec![(String, r"'a\'"), (Word, "x")]),
            (r"E'a\'x' y", vec![(String, r"E'a\'x'"), (Word, "y")]),
            ("E'a' -- c\n '\\'' y", vec![(String, "E'a' -- c\n '\\''"), (Word, "y")]),
            (r"E'a' '\' y", vec![(String, "E'a'"), (String, r"'\'"), (Word, "y")]),
            ("U&'\\0041' u&\"x\"", vec![(String, "U&'\\0041'"), (QuotedName, "u&\"x\"")]),
            ("B'01'x'ff'", vec![(String, "B'01'"), (String, "x'ff'")]),
            ("be'x'", vec![(Word, "be"), (String, "'x'")]),
            ("\"a\"\"b\"c", vec![(QuotedName, "\"a\"\"b\""), (Word, "c")]),
            ("$$a$b$$c", vec![(String, "$$a$b$$"), (Word, "c")]),
            ("$é$;$$;$é$c", vec![(String, "$é$;$$;$é$"), (Word, "c")]),
            ("a$$b$$", vec![(Word, "a$$b$$")]),
            ("$1$ $2", vec![(Parameter, "$1"), (Punctuation, "$"), (Parameter, "$2")]),
            ("1.5e-3+.5", vec![(Number, "1.5e-3"), (Operator, "+"), (Number, ".5")]),
            ("1..10", vec![(Number, "1"), (Operator, ".."), (Number, "10")]),
            ("0x1e-1", vec![(Number, "0x1e"), (Operator, "-"), (Number, "1")]),
            ("a=-1", vec![(Word, "a"), (Operator, "="), (Operator, "-"), (Number, "1")]),
            ("a@-1", vec![(Word, "a"), (Operator, "@-"), (Number, "1")]),
            ("a+--c", vec![(Word, "a"), (Operator, "+"), (Comment, "--c")]),
            ("a*/*c*/b", vec![(Word, "a"), (Operator, "*"), (Comment, "/*c*/"), (Word, "b")]),
            (
                "a::int[]",
                vec![(Word, "a"), (Operator, "::"), (Word, "int"), (Punctuation, "["), (Punctuation, "]")],
            ),
            ("naïve\u{a0}x;", vec![(Word, "naïve\u{a0}x"), (Punctuation, ";")]),
        ] {
            assert_eq!(scan(text), expected, "{text}");
        }
    }

    #[test]
    fn what_the_text_ends_in_is_not_closed() {
        for text in ["'a", "'a''", "E'a\\", "E'\\'", "\"a", "$$a$", "$a$ $b$", "/* /* */", "U&'x"] {
            let last = Scanner::new(text, 0).last().unwrap();
            assert!(!last.closed && last.range == (0..text.len()), "{text}");
        }
    }
}
