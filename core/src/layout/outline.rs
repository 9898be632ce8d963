//! What a text says at a glance: its statements and their first words, without parsing them.

use crate::sorted::Set;
use crate::sql::{Lexeme, Piece, PieceKind, Scanner, Splitter};

/// The words of one statement, at least one, quoted names without their quotes, all in lower case.
pub(super) type Words = Vec<String>;

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No statement: nothing, or only comments.
    Empty,
    /// No statement begins as one of PostgreSQL's does.
    NotSql,
    /// It only reads.
    Check,
    /// It changes the schema or data.
    Change,
}

/// How PostgreSQL's statements begin.
const COMMANDS: &[&str] = &[
    "abort",
    "alter",
    "analyze",
    "begin",
    "call",
    "checkpoint",
    "close",
    "cluster",
    "comment",
    "commit",
    "copy",
    "create",
    "deallocate",
    "declare",
    "delete",
    "discard",
    "do",
    "drop",
    "end",
    "execute",
    "explain",
    "fetch",
    "grant",
    "import",
    "insert",
    "listen",
    "load",
    "lock",
    "merge",
    "move",
    "notify",
    "prepare",
    "reassign",
    "refresh",
    "reindex",
    "release",
    "reset",
    "revoke",
    "rollback",
    "savepoint",
    "security",
    "select",
    "set",
    "show",
    "start",
    "table",
    "truncate",
    "unlisten",
    "update",
    "vacuum",
    "values",
    "with",
];

/// Statements that leave schema and data as they are.
const READING: &[&str] = &[
    "abort", "begin", "close", "commit", "declare", "end", "explain", "fetch", "reset", "rollback", "select",
    "set", "show", "start", "table", "values", "with",
];

/// Words that make a statement of [`READING`] change something after all.
const WRITING: &[&str] = &["insert", "update", "delete", "merge", "into", "setval"];

/// What stands between a statement's first word and the name of what it is about.
const BEFORE_A_NAME: &[&str] = &[
    "access",
    "aggregate",
    "and",
    "cascade",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "data",
    "domain",
    "event",
    "exists",
    "extension",
    "foreign",
    "from",
    "function",
    "global",
    "if",
    "index",
    "into",
    "local",
    "materialized",
    "method",
    "not",
    "on",
    "only",
    "or",
    "policy",
    "procedure",
    "recursive",
    "replace",
    "role",
    "routine",
    "rule",
    "schema",
    "sequence",
    "server",
    "statistics",
    "table",
    "temp",
    "temporary",
    "trigger",
    "type",
    "unique",
    "unlogged",
    "view",
];

/// The statements of a script. A line for psql is a statement whose only word is `\`; the data of a COPY is none.
pub(super) fn statements(text: &str) -> impl Iterator<Item = Words> {
    Splitter::new(text).filter_map(|piece: Piece| match piece.kind {
        PieceKind::Sql => Some(words_of(&text[piece.range])),
        PieceKind::Psql => Some(vec!["\\".to_owned()]),
        PieceKind::CopyData { .. } => None,
    })
}

fn words_of(statement: &str) -> Words {
    let mut words = Words::new();
    for lex in Scanner::new(statement, 0) {
        let token = &statement[lex.range];
        match lex.kind {
            Lexeme::QuotedName => words.push(token.trim_matches('"').to_ascii_lowercase()),
            Lexeme::Word => words.push(token.to_ascii_lowercase()),
            Lexeme::Space | Lexeme::Comment => {}
            _ if token == "(" => {}
            // A statement that begins with anything else begins with that, so that a later word is not taken for its command.
            _ if words.is_empty() => words.push(token.to_owned()),
            _ => {}
        }
    }
    if words.is_empty() {
        // A lone parenthesis, a comment that never ends: it begins with no command.
        words.push(String::new());
    }
    words
}

/// What kind of text it is.
pub(super) fn kind(text: &str) -> Kind {
    let statements: Vec<Words> = statements(text).collect();
    let begins_with = |words: &Words, list: &[&str]| list.contains(&words[0].as_str()) || words[0] == "\\";
    let only_reads = |words: &Words| {
        begins_with(words, READING) && !words.iter().any(|word| WRITING.contains(&word.as_str()))
    };
    if statements.is_empty() {
        Kind::Empty
    } else if !statements.iter().any(|words| begins_with(words, COMMANDS)) {
        Kind::NotSql
    } else if statements.iter().all(only_reads) {
        Kind::Check
    } else {
        Kind::Change
    }
}

/// Does a text of unknown kind begin as SQL does? Stricter than [`kind`]: "Update the server" does not.
pub(super) fn looks_like_sql(text: &str) -> bool {
    let Some(words) = statements(text).next() else { return false };
    let has = |wanted: &str| words[1..].iter().any(|word| word == wanted);
    let second = words.get(1).map_or("", String::as_str);
    match words[0].as_str() {
        "create" | "alter" | "drop" => {
            BEFORE_A_NAME.contains(&second) || second == "user" || second == "database"
        }
        "update" => has("set"),
        "insert" | "merge" => second == "into",
        "delete" => second == "from",
        "select" => has("from") || text.contains(';'),
        "with" => has("as") && has("select"),
        "comment" => second == "on",
        "grant" | "revoke" => has("on") || has("to") || has("from"),
        "do" => text.contains('$'),
        "copy" => has("from") || has("to"),
        "refresh" => second == "materialized",
        "begin" | "set" | "truncate" | "reindex" | "vacuum" | "analyze" | "lock" | "start" => {
            text.contains(';')
        }
        "\\" => true,
        _ => false,
    }
}

/// All names and keywords of a text.
pub(super) fn words(text: &str) -> Set<String> {
    statements(text).flatten().collect()
}

/// The names of what a text's statements take away or change, and of their schemas.
pub(super) fn targets(text: &str) -> Set<String> {
    const TAKING: &[&str] = &["drop", "alter", "delete", "truncate", "update"];
    const LISTED: &[&str] =
        &["table", "view", "index", "sequence", "type", "materialized", "domain", "schema"];
    let mut targets = Set::default();
    for words in statements(text).filter(|words| TAKING.contains(&words[0].as_str())) {
        // Only a few kinds of object are dropped by a bare list of names.
        let is_list = words[0] == "drop" && words.get(1).is_some_and(|kind| LISTED.contains(&kind.as_str()));
        let names = words
            .into_iter()
            .skip(1)
            .filter(|word| !BEFORE_A_NAME.contains(&word.as_str()) && word != "public" && word != "restrict");
        targets.extend(names.take(if is_list { usize::MAX } else { 1 }));
    }
    targets
}

/// The names of the tables that a text creates, without their schemas when these are `public`.
pub(super) fn created_tables(text: &str) -> impl Iterator<Item = String> {
    statements(text).filter(|words| words[0] == "create").filter_map(|words| {
        let kind = words.iter().take(4).position(|word| word == "table")?;
        words
            .into_iter()
            .skip(kind + 1)
            .find(|word| !BEFORE_A_NAME.contains(&word.as_str()) && word != "public")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_at_their_semicolon() {
        for (text, expected) in [
            ("", 0),
            ("-- only a comment\n/* and ; another */", 0),
            ("SELECT 1; ;; SELECT ';';", 2),
            ("CREATE FUNCTION f() RETURNS void AS $$ a; b; $$ LANGUAGE sql", 1),
            ("\\set x 1\nSELECT 1;", 2),
            ("COPY t FROM stdin;\n1\tdon't; do\n\\.\nSELECT 1;", 2),
            ("SELECT 'never closed; SELECT 2;", 1),
        ] {
            assert_eq!(statements(text).count(), expected, "{text}");
        }
    }

    #[test]
    fn kinds() {
        for (text, expected) in [
            ("-- nothing", Kind::Empty),
            ("projects (id, name)\nproject_types (id)", Kind::NotSql),
            ("SELECT 1; EXPLAIN SELECT 2; \\d orders", Kind::Check),
            ("WITH a AS (SELECT 1) SELECT * FROM a", Kind::Check),
            ("WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a", Kind::Change),
            ("SELECT * INTO backup FROM orders", Kind::Change),
            ("DO $$ BEGIN END $$", Kind::Change),
            ("SELECT 1; DROP TABLE a", Kind::Change),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_is_not_sql() {
        for text in [
            "Update the server, then restart.",
            "Create a backup first",
            "Select one of these",
            "Do it",
            "npm run",
        ] {
            assert!(!looks_like_sql(text), "{text}");
        }
        for text in ["create unique index i on t (a)", "UPDATE a SET b = 1", "BEGIN;", "SELECT a FROM b"] {
            assert!(looks_like_sql(text), "{text}");
        }
    }

    #[test]
    fn targets_are_what_a_statement_is_about() {
        let text =
            "DROP TABLE IF EXISTS \"Quality_Checks\" CASCADE; ALTER TABLE ONLY public.orders DROP COLUMN a;
                    DELETE FROM tags; CREATE TABLE not_this (); DROP VIEW a, b; DROP FUNCTION f(integer)";
        let expected = ["a", "b", "f", "orders", "quality_checks", "tags"];
        assert_eq!(targets(text), expected.map(String::from).into_iter().collect());
    }
}
