//! Tokens for colouring SQL, from PostgreSQL's own scanner.

use std::ops::Range;

use pg_query::protobuf::{KeywordKind, ScanToken, Token as PgToken};

use super::scan::{Lexeme, Scanner};
use super::split::{PieceKind, Splitter};

/// A token of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the file.
    pub range: Range<u32>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A keyword of PostgreSQL 18, where it is not plainly used as a name.
    Keyword,
    /// The name of a built-in type.
    Type,
    /// Any other name, quoted or not.
    Identifier,
    /// A string in any spelling, also a function's body.
    String,
    /// A number.
    Number,
    /// An operator.
    Operator,
    /// `-- …` or `/* … */`.
    Comment,
    /// `$1`.
    Parameter,
    /// Parentheses, commas, semicolons and what no other kind is for.
    Punctuation,
    /// A line for psql: `\set`.
    Psql,
    /// Rows of COPY … FROM STDIN.
    Data,
}

/// The tokens of the part of a file that begins at byte `base`, in order, with only white space between them.
pub fn tokens(text: &str, base: u32) -> Vec<Token> {
    let mut found = Vec::new();
    let mut push = |range: Range<usize>, kind| {
        found.push(Token { range: base + range.start as u32..base + range.end as u32, kind });
    };
    let mut splitter = Splitter::new(text);
    let mut done = 0;
    while let Some(mut piece) = splitter.next() {
        let mut scanned = None;
        if piece.kind == PieceKind::Sql {
            scanned = scan(&text[piece.range.clone()]);
            if scanned.is_none() {
                // A quote is not closed. Colour the statements behind it as statements.
                splitter.cut(&mut piece);
            }
        }
        let Range { start, end } = piece.range;
        own_tokens(text, done..start, &mut push);
        done = end;
        match (piece.kind, scanned) {
            (PieceKind::Psql, _) => push(start..end, TokenKind::Psql),
            (PieceKind::CopyData { .. }, _) => push(start..end, TokenKind::Data),
            (PieceKind::Sql, None) => own_tokens(text, start..end, &mut push),
            (PieceKind::Sql, Some(scanned)) => {
                for token in scanned {
                    let range = start + token.start as usize..start + token.end as usize;
                    let keyword = token.keyword_kind();
                    let kind = match token.token() {
                        _ if keyword != KeywordKind::NoKeyword => word(text, &range, Some(keyword)),
                        PgToken::Ident => word(text, &range, None),
                        PgToken::Uident => TokenKind::Identifier,
                        PgToken::Sconst | PgToken::Usconst | PgToken::Bconst | PgToken::Xconst => {
                            TokenKind::String
                        }
                        PgToken::Iconst | PgToken::Fconst => TokenKind::Number,
                        PgToken::Param => TokenKind::Parameter,
                        PgToken::SqlComment | PgToken::CComment => TokenKind::Comment,
                        _ if b"(),;[].:".contains(&text.as_bytes()[range.start]) && range.len() == 1 => {
                            TokenKind::Punctuation
                        }
                        _ => TokenKind::Operator,
                    };
                    push(range, kind);
                }
            }
        }
    }
    own_tokens(text, done..text.len(), &mut push);
    found
}

/// PostgreSQL's tokens; none when its scanner refuses the text. The crate cannot handle a text without any.
fn scan(text: &str) -> Option<Vec<ScanToken>> {
    let blank = Scanner::new(text, 0).all(|lex| lex.kind == Lexeme::Space);
    if blank { None } else { pg_query::scan_tokens(text).ok() }
}

/// Tokens by our own scanner, which refuses nothing.
fn own_tokens(text: &str, range: Range<usize>, push: &mut impl FnMut(Range<usize>, TokenKind)) {
    for lex in Scanner::new(&text[..range.end], range.start) {
        let kind = match lex.kind {
            Lexeme::Space => continue,
            Lexeme::Comment => TokenKind::Comment,
            Lexeme::String => TokenKind::String,
            Lexeme::QuotedName => TokenKind::Identifier,
            Lexeme::Word => word(text, &lex.range, keyword_kind(&text[lex.range.clone()])),
            Lexeme::Number => TokenKind::Number,
            Lexeme::Parameter => TokenKind::Parameter,
            Lexeme::Operator => TokenKind::Operator,
            Lexeme::Punctuation => TokenKind::Punctuation,
        };
        push(lex.range, kind);
    }
}

/// What a bare or quoted word is, from itself and the characters around it.
fn word(text: &str, range: &Range<usize>, keyword: Option<KeywordKind>) -> TokenKind {
    let part_of_name = text[..range.start].ends_with('.') || text[range.end..].starts_with('.');
    let word = &text[range.clone()];
    match keyword {
        _ if part_of_name => TokenKind::Identifier,
        _ if TYPES.iter().any(|name| word.eq_ignore_ascii_case(name)) => TokenKind::Type,
        Some(_) => TokenKind::Keyword,
        None => TokenKind::Identifier,
    }
}

/// The names of built-in types that migrations use, with the standard's spellings of one word.
const TYPES: [&str; 62] = [
    "bigint",
    "bigserial",
    "bit",
    "bool",
    "boolean",
    "bpchar",
    "bytea",
    "char",
    "character",
    "cidr",
    "citext",
    "date",
    "daterange",
    "dec",
    "decimal",
    "float",
    "float4",
    "float8",
    "inet",
    "int",
    "int2",
    "int4",
    "int4range",
    "int8",
    "int8range",
    "integer",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "macaddr",
    "macaddr8",
    "money",
    "nchar",
    "numeric",
    "numrange",
    "oid",
    "pg_lsn",
    "point",
    "polygon",
    "real",
    "regclass",
    "regproc",
    "regtype",
    "serial",
    "serial4",
    "serial8",
    "smallint",
    "smallserial",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "tsquery",
    "tsrange",
    "tstzrange",
    "tsvector",
    "uuid",
    "varbit",
    "varchar",
    "xml",
];

/// The kind of keyword that PostgreSQL 18 takes a word for, in any case; none for other words.
fn keyword_kind(word: &str) -> Option<KeywordKind> {
    match scan(word)?.as_slice() {
        [token] => Some(token.keyword_kind()).filter(|kind| *kind != KeywordKind::NoKeyword),
        _ => None,
    }
}

/// Must an identifier that reads like this be quoted, because it is a keyword that is not "unreserved"?
pub(super) fn is_keyword_to_quote(text: &str) -> bool {
    keyword_kind(text).is_some_and(|kind| kind != KeywordKind::UnreservedKeyword)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<(TokenKind, &str)> {
        tokens(text, 0)
            .into_iter()
            .map(|token| (token.kind, &text[token.range.start as usize..token.range.end as usize]))
            .collect()
    }

    #[test]
    fn sql_is_coloured_token_by_token() {
        use TokenKind::*;
        for (text, expected) in [
            (
                "SELECT a.type, $1 FROM \"T\"; -- c",
                vec![
                    (Keyword, "SELECT"),
                    (Identifier, "a"),
                    (Punctuation, "."),
                    (Identifier, "type"),
                    (Punctuation, ","),
                    (Parameter, "$1"),
                    (Keyword, "FROM"),
                    (Identifier, "\"T\""),
                    (Punctuation, ";"),
                    (Comment, "-- c"),
                ],
            ),
            (
                "/* é */ x::varchar || 'ü' >= 1.5",
                vec![
                    (Comment, "/* é */"),
                    (Identifier, "x"),
                    (Operator, "::"),
                    (Type, "varchar"),
                    (Operator, "||"),
                    (String, "'ü'"),
                    (Operator, ">="),
                    (Number, "1.5"),
                ],
            ),
            (
                "\\set a\nCOPY t FROM stdin;\n1\n\\.\n",
                vec![
                    (Psql, "\\set a"),
                    (Keyword, "COPY"),
                    (Identifier, "t"),
                    (Keyword, "FROM"),
                    (Keyword, "stdin"),
                    (Punctuation, ";"),
                    (Data, "1\n\\."),
                ],
            ),
            // What PostgreSQL's scanner refuses is coloured all the same.
            (
                "SELECT 'a;\nSELECT 1",
                vec![
                    (Keyword, "SELECT"),
                    (String, "'a"),
                    (Punctuation, ";"),
                    (Keyword, "SELECT"),
                    (Number, "1"),
                ],
            ),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(tokens("x", 7), [Token { range: 7..8, kind: Identifier }]);
    }

    #[test]
    fn keywords_are_quoted_unless_they_are_unreserved() {
        for (word, quoted) in [
            ("order", true),
            ("user", true),
            ("int", true),
            ("left", true),
            ("between", true),
            ("name", false),
            ("index", false),
            ("type", false),
            ("users", false),
            ("", false),
        ] {
            assert_eq!(is_keyword_to_quote(word), quoted, "{word}");
        }
    }

    proptest! {
        #[test]
        fn tokens_cover_any_text(text in "(\\PC|[ \n;'\"$/*-])*") {
            let mut at = 0;
            for token in tokens(&text, 0) {
                let (start, end) = (token.range.start as usize, token.range.end as usize);
                let between = text.get(at..start).expect("in order, at characters");
                let blank = between.trim_start_matches('\u{feff}').trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
                prop_assert!(start < end && blank.is_empty());
                at = end;
            }
            prop_assert!(at <= text.len());
        }
    }
}
