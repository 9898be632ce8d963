//! PostgreSQL's own scanner says what is coloured.

use lockstep_core::sql;

use crate::protocol::{Token, TokenKind};

/// The tokens of a text that have a colour, counted from `base`.
pub fn coloured(text: &str, base: u32) -> Vec<Token> {
    let coloured = sql::tokens(text, base).into_iter().filter_map(|token| {
        let kind = match token.kind {
            sql::TokenKind::Keyword => TokenKind::Keyword,
            sql::TokenKind::Type => TokenKind::Type,
            sql::TokenKind::String => TokenKind::String,
            sql::TokenKind::Number => TokenKind::Number,
            sql::TokenKind::Operator => TokenKind::Operator,
            sql::TokenKind::Comment => TokenKind::Comment,
            sql::TokenKind::Parameter => TokenKind::Parameter,
            sql::TokenKind::Psql => TokenKind::Psql,
            sql::TokenKind::Data => TokenKind::Data,
            sql::TokenKind::Identifier | sql::TokenKind::Punctuation => return None,
        };
        Some(Token { start: token.range.start, length: token.range.end - token.range.start, kind })
    });
    coloured.collect()
}
