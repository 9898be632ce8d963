//! Sentences of the reviewer, in which back quotes mark code.

/// A stretch of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Words(&'a str),
    /// What stood between back quotes.
    Code(&'a str),
}

/// A sentence, cut at its back quotes. One that is never closed is just a character.
pub fn spans(sentence: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = sentence;
    while let Some((words, behind)) = rest.split_once('`') {
        let Some((code, next)) = behind.split_once('`') else { break };
        spans.extend([Span::Words(words), Span::Code(code)]);
        rest = next;
    }
    spans.push(Span::Words(rest));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_quotes_mark_code() {
        use Span::{Code, Words};
        assert_eq!(
            spans("add `a` and `b`"),
            [Words("add "), Code("a"), Words(" and "), Code("b"), Words("")]
        );
        assert_eq!(spans("a ` b"), [Words("a ` b")]);
        assert_eq!(spans("`a` ` b"), [Words(""), Code("a"), Words(" ` b")]);
    }
}
