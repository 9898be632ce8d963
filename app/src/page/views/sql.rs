//! SQL in colours, and sentences with SQL in them.

use leptos::prelude::*;

use crate::page::show::code::Piece;
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
pub fn sentence(text: &str) -> impl IntoView + use<> {
    spans(text)
        .into_iter()
        .map(|span| match span {
            Span::Words(words) => words.to_owned().into_any(),
            Span::Code(code) => view! { <code>{code.to_owned()}</code> }.into_any(),
        })
        .collect_view()
}

/// Some text, coloured.
pub fn coloured(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|Piece { text, kind }| match kind {
            Some(kind) => view! { <span class=token_class(kind)>{text}</span> }.into_any(),
            None => text.into_any(),
        })
        .collect_view()
}
