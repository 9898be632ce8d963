//! SQL in colours, and sentences with SQL in them.

use crate::page::show::code;
use crate::page::show::html::{Html, Piece, html};
use crate::page::show::prose::{Span, spans};
use crate::protocol::TokenKind;

fn token_class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "t-keyword",
        TokenKind::Type => "t-type",
        TokenKind::String | TokenKind::Data => "t-string",
        TokenKind::Number | TokenKind::Parameter => "t-number",
        TokenKind::Operator => "t-operator",
        TokenKind::Comment => "t-comment",
        TokenKind::Psql => "t-psql",
    }
}

/// A sentence, with what it marks as code.
pub struct Sentence<'a>(pub &'a str);

impl Piece for Sentence<'_> {
    fn write(&self, out: &mut Html) {
        for span in spans(self.0) {
            match span {
                Span::Words(words) => html!(out, { words }),
                Span::Code(code) => html!(out, "<code>" {code} "</code>"),
            }
        }
    }
}

/// Some text, coloured.
pub struct Coloured<'a>(pub &'a [code::Piece]);

impl Piece for Coloured<'_> {
    fn write(&self, out: &mut Html) {
        for code::Piece { text, kind } in self.0 {
            match kind {
                Some(kind) => html!(out, "<span class=\"" {token_class(*kind)} "\">" {text} "</span>"),
                None => html!(out, { text }),
            }
        }
    }
}
