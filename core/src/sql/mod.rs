//! PostgreSQL's own parser, and the small statement types it is lowered into.
//!
//! The only module that names `pg_query`. A script is split into pieces by a
//! scanner that follows PostgreSQL's and psql's lexical rules, each piece is
//! parsed alone (so one bad statement never blanks a file) and its tree is
//! lowered into a [`Command`]. Knows nothing of catalogs.

pub mod command;
mod constant;
mod expression;
mod lower;
mod name;
mod nesting;
mod once;
mod parser;
pub mod plpgsql;
mod query;
mod scan;
mod split;
mod token;
mod tree;

pub use command::Command;
pub use expression::{At, Expression, Literal, Node, SubqueryForm};
pub use name::{Name, QualifiedName, TypeName, name, quote_identifier, quote_literal};
pub use once::Once;
pub use query::{Dml, FromItem, JoinKind, LockRows, OnConflict, Query, Select, Source, Target, With};
pub(crate) use scan::{Lexeme, Scanner};
pub(crate) use split::{Piece, PieceKind, Splitter};
pub use token::{Token, TokenKind, tokens};

use std::ops::Range;

/// One statement of a script.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its bytes in the file: without the comments before it, without its semicolon.
    pub range: Range<u32>,
    /// The comments between the statement before and this one, inside it, and
    /// behind it on its last line, each with its markers (`--`, `/* */`).
    pub comments: Vec<Range<u32>>,
    /// The command tag, as the server would report it: `ALTER TABLE`, `CREATE INDEX`.
    pub tag: &'static str,
    /// What it says.
    pub command: Command,
}

/// Why a statement could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// PostgreSQL's own words, such as `syntax error at or near "FORM"`.
    pub message: String,
    /// SQLSTATE: 42601 for the grammar, 54001 for a statement that nests too deep.
    pub sqlstate: &'static str,
    /// Byte offset in the file.
    pub offset: u32,
}

/// Parses the part of a file that begins at byte `base`.
///
/// Whatever the text is, every byte of it that is not white space, comment or semicolon is in some statement.
pub fn parse(text: &str, base: u32) -> Vec<Statement> {
    let mut splitter = split::Splitter::new(text);
    let mut statements = Vec::new();
    while let Some(mut piece) = splitter.next() {
        let (mut tag, mut command) = lower::lower(&text[piece.range.clone()], &piece, base);
        if matches!(command, Command::Invalid(_)) && splitter.cut(&mut piece) {
            (tag, command) = lower::lower(&text[piece.range.clone()], &piece, base);
        }
        let shift = |range: Range<usize>| base + range.start as u32..base + range.end as u32;
        statements.push(Statement {
            range: shift(piece.range),
            comments: piece.comments.into_iter().map(shift).collect(),
            tag,
            command,
        });
    }
    statements
}

/// All comments in the part of a file that begins at byte `base`, also those that belong to no
/// statement, such as the last lines of a script.
pub fn comments(text: &str, base: u32) -> Vec<Range<u32>> {
    split::comments(text)
        .into_iter()
        .map(|range| base + range.start as u32..base + range.end as u32)
        .collect()
}
