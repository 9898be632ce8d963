//! How deep a statement's tree is, told from the parser's answer before it is decoded.
//!
//! What decodes a tree, lowers it and drops it recurses into it, and in a browser an
//! overflowing stack ends the worker. How deep is too deep is measured in the messages
//! of the answer (protobuf), since a message is what a decoder recurses for: two for an
//! operator or a function call, four for a CASE, six for a SELECT within a SELECT.

use super::scan::{Lexeme, Scanner};

/// The deepest tree that is decoded, in messages: 145 operators in a chain, or 48 SELECTs within one another.
///
/// A web worker of Chromium 156 decodes 1,500 messages, one from 2023 with half a megabyte of stack 380; a
/// native thread of 2 MiB decodes 1,490.
pub(super) const MAX_NESTING: usize = 300;

/// How deep messages nest in an encoded one: at least as deep as a decoder recurses.
///
/// Without the schema, a message cannot be told from a text: both are a length and that many bytes. So a text
/// counts as a message as far as it can be read as one, which by accident is a few levels at most.
pub(super) fn nesting(message: &[u8]) -> usize {
    let mut ends = vec![message.len()];
    let mut deepest = 0;
    let mut at = 0;
    while let Some(&end) = ends.last() {
        if at == end {
            ends.pop();
            continue;
        }
        match field(&message[at..end]) {
            Some(Field::Value { length }) => at += length,
            Some(Field::Block { header, length }) => {
                at += header;
                deepest = deepest.max(ends.len());
                ends.push(at + length);
            }
            // It is a text.
            None => at = end,
        }
    }
    deepest
}

/// A field of a message, by its lengths in bytes.
enum Field {
    Value {
        length: usize,
    },
    /// A message or a text, after a header that says its length.
    Block {
        header: usize,
        length: usize,
    },
}

/// The field that a message begins with; `None` if it does not begin with one.
fn field(message: &[u8]) -> Option<Field> {
    let (key, key_length) = number(message)?;
    let rest = &message[key_length..];
    let value = |length| (length <= rest.len()).then_some(Field::Value { length: key_length + length });
    match (key >> 3, key & 7) {
        (0, _) => None,
        (_, 0) => value(number(rest)?.1),
        (_, 1) => value(8),
        (_, 2) => {
            let (length, length_length) = number(rest)?;
            let length = usize::try_from(length).ok()?;
            let fits = length <= rest.len() - length_length;
            fits.then_some(Field::Block { header: key_length + length_length, length })
        }
        (_, 5) => value(4),
        _ => None,
    }
}

/// The number that bytes begin with, seven bits in each, and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (i, byte) in bytes.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((value, i + 1));
        }
    }
    None
}

/// How deep blocks, loops and branches of a PL/pgSQL body can nest at most.
pub(super) fn blocks(body: &str) -> u32 {
    let mut open = 0_u32;
    let mut deepest = 0;
    // Not every IF begins a statement: DROP TABLE IF EXISTS.
    let mut statement_start = true;
    let mut after_end = false;
    for lex in Scanner::new(body, 0).filter(|lex| !matches!(lex.kind, Lexeme::Space | Lexeme::Comment)) {
        let token = &body[lex.range];
        let is = |words: &[&str]| words.iter().any(|word| token.eq_ignore_ascii_case(word));
        let end = is(&["end"]);
        if end {
            open = open.saturating_sub(1);
        } else if !after_end && (is(&["begin", "case", "loop"]) || statement_start && is(&["if"])) {
            open += 1;
            deepest = deepest.max(open);
        }
        after_end = end;
        statement_start = is(&["begin", "then", "else", "loop", ";", ">>"]);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field of number 1 that holds `bytes`.
    fn block(bytes: &[u8]) -> Vec<u8> {
        let mut length = bytes.len();
        let mut message = vec![0x0a];
        while length > 0x7f {
            message.push(length as u8 | 0x80);
            length >>= 7;
        }
        message.push(length as u8);
        message.extend_from_slice(bytes);
        message
    }

    #[test]
    fn messages_within_messages_are_counted() {
        let value = [0x08, 0x96, 0x01];
        let fixed = [0x0d, 1, 2, 3, 4, 0x09, 1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(nesting(&[]), 0);
        assert_eq!(nesting(&value), 0);
        assert_eq!(nesting(&fixed), 0);
        assert_eq!(nesting(&block(&[])), 1);
        assert_eq!(nesting(&block(&block(&value))), 2);
        assert_eq!(nesting(&[block(&block(&block(&value))), value.to_vec(), block(&value)].concat()), 3);
        let deep = (0..10_000).fold(value.to_vec(), |inner, _| block(&inner));
        assert_eq!(nesting(&deep), 10_000);
    }

    #[test]
    fn text_is_hardly_ever_read_as_messages() {
        for text in [
            "CREATE TABLE t (\n    id bigint\n);\n",
            "\n\n\n\n\n\n\n\n",
            "ä\u{10ffff}",
            "\0\0",
            "\n\u{1}\n\u{1}",
        ] {
            assert!(nesting(&block(text.repeat(100).as_bytes())) < 20, "{text:?}");
        }
    }

    #[test]
    fn what_is_cut_off_is_no_message() {
        let message = block(&block(&[0x08, 0x96, 0x01]));
        for end in 0..message.len() {
            assert!(nesting(&message[..end]) <= 2);
        }
        assert_eq!(nesting(&[0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), 0);
    }

    #[test]
    fn blocks_nest_and_follow_each_other() {
        for (body, expected) in [
            ("BEGIN END", 1),
            ("BEGIN IF a THEN b; ELSIF c THEN d; ELSE e; END IF; LOOP EXIT; END LOOP; END", 2),
            (
                "BEGIN FOR i IN 1..2 LOOP IF CASE WHEN a THEN b END THEN BEGIN x; END; END IF; END LOOP; END",
                4,
            ),
            ("BEGIN DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b; <<l>> IF true THEN x; END IF; END", 2),
            ("BEGIN x := 'begin begin'; END; END; END", 1),
        ] {
            assert_eq!(blocks(body), expected, "{body}");
        }
        assert_eq!(blocks(&"IF a THEN ".repeat(5_000)), 5_000);
    }
}
