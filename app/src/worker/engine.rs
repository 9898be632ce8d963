//! The one place where the page's world meets the reviewer's.

use lockstep_core::layout::Script;
use lockstep_core::report::{json, markdown, readme};
use lockstep_core::settings::TransactionMode;
use lockstep_core::{Review, Workspace, configuration, schema, sql};
use similar::{ChangeTag, TextDiff};

use crate::preview::preview;
use crate::protocol::{
    Change, Job, Readme, Reviewed, SchemaLine, ScriptTokens, Settings, Token, TokenKind, Transaction,
};

/// The reviewer and its last review.
#[derive(Default)]
pub struct Engine {
    last: Option<Review>,
}

impl Engine {
    /// Reviews the files and keeps the review.
    pub fn review(&mut self, job: Job) -> Reviewed {
        // Not two reviews in memory at a time.
        self.last = None;
        let mut workspace = Workspace::new();
        for (path, bytes) in job.files {
            workspace.add(path, bytes);
        }
        let review = lockstep_core::review(&workspace, &settings(job.settings, &workspace));
        let of_migrations = review.history.migrations.iter().map(|migration| ScriptTokens {
            up: tokens(&migration.up),
            down: migration.down.as_ref().map(tokens).unwrap_or_default(),
        });
        let reviewed = Reviewed {
            document: json::document(&review),
            tokens: of_migrations.collect(),
            tokens_of_all: review.history.down_of_all.as_ref().map(tokens).unwrap_or_default(),
        };
        self.last = Some(review);
        reviewed
    }

    /// The schema after a migration, compared with the one before.
    pub fn schema(&self, migration: usize) -> Option<Vec<SchemaLine>> {
        let up = self.last.as_ref()?.timeline.ups.get(migration)?;
        Some(compare(&schema::ddl(&up.before.schema), &schema::ddl(&up.after.schema)))
    }

    /// The migration README.
    pub fn readme(&self) -> Option<Readme> {
        let markdown = readme::render(self.last.as_ref()?);
        let html = preview(&markdown);
        Some(Readme { markdown, html })
    }

    /// The review as Markdown.
    pub fn report(&self) -> Option<String> {
        self.last.as_ref().map(markdown::render)
    }
}

/// What the files' own configuration sets, and what was chosen in the page before it. The first server of the list is
/// what the page chooses by itself.
fn settings(chosen: Settings, workspace: &Workspace) -> lockstep_core::Settings {
    let configured = configuration::read(workspace).map(configuration::Configuration::of_these_files);
    let own = configured.unwrap_or_default();
    let by_itself = Settings::default().postgres;
    let transaction = chosen.transaction.map(|transaction| match transaction {
        Transaction::PerMigration => TransactionMode::Single,
        Transaction::PerStatement => TransactionMode::None,
    });
    lockstep_core::Settings {
        postgres: if chosen.postgres == by_itself { own.postgres } else { chosen.postgres },
        layout: chosen.layout.or(own.layout),
        transaction: transaction.or(own.transaction),
        since: chosen.since.or(own.since),
        ..own
    }
}

/// The tokens of a script that have a colour.
fn tokens(script: &Script) -> Vec<Token> {
    coloured(&script.text, script.range.start)
}

fn coloured(text: &str, base: u32) -> Vec<Token> {
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

/// Two schemas, line by line.
fn compare(before: &str, after: &str) -> Vec<SchemaLine> {
    // A function's body is one token of many lines: the whole is coloured first and cut afterwards.
    let (old, new) = (lines(before), lines(after));
    let (old_essence, new_essence) = (essences(&old), essences(&new));
    let (old_essence, new_essence) = (references(&old_essence), references(&new_essence));
    let differences = TextDiff::from_slices(&old_essence, &new_essence);
    let compared = differences.iter_all_changes().filter_map(|line| {
        let (change, line) = match line.tag() {
            ChangeTag::Equal => (Change::Same, &new[line.new_index()?]),
            ChangeTag::Insert => (Change::Added, &new[line.new_index()?]),
            ChangeTag::Delete => (Change::Removed, &old[line.old_index()?]),
        };
        Some(SchemaLine { change, text: line.0.to_owned(), tokens: line.1.clone() })
    });
    compared.collect()
}

fn essences(lines: &[(&str, Vec<Token>)]) -> Vec<String> {
    lines.iter().map(|(text, tokens)| essence(text, tokens)).collect()
}

fn references(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// What a line of DDL says, whatever its neighbours are: without the spaces that align it with them, and
/// without the comma before the next one.
fn essence(text: &str, tokens: &[Token]) -> String {
    let is_verbatim = |at: usize| {
        let holds = |token: &&Token| (token.start..token.start + token.length).contains(&(at as u32));
        let quoted = |token: &Token| matches!(token.kind, TokenKind::String | TokenKind::Comment);
        tokens.iter().find(holds).is_some_and(quoted)
    };
    let mut essence = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if letter != ' ' || !essence.ends_with(' ') || is_verbatim(at) {
            essence.push(letter);
        }
    }
    essence.truncate(essence.trim_end_matches(',').len());
    essence
}

/// The lines of a text, each with its tokens counted from its own start.
fn lines(text: &str) -> Vec<(&str, Vec<Token>)> {
    let tokens = coloured(text, 0);
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len() as u32;
            start = range.end;
            let first = tokens.partition_point(|token| token.start + token.length <= range.start);
            let of_line = tokens[first..].iter().take_while(|token| token.start < range.end).map(|token| {
                let from = token.start.max(range.start);
                let to = (token.start + token.length).min(range.end);
                Token { start: from - range.start, length: to - from, kind: token.kind }
            });
            (line.trim_end_matches(['\r', '\n']), of_line.collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared() {
        let lines = compare("a\nb\n", "a\nc\n");
        let short: Vec<_> = lines.iter().map(|line| (line.change, line.text.as_str())).collect();
        assert_eq!(short, [(Change::Same, "a"), (Change::Removed, "b"), (Change::Added, "c")]);
    }

    #[test]
    fn alignment_and_commas_are_no_change() {
        let before = "CREATE TABLE a (\n    id   int,\n    note text DEFAULT 'a  b'\n);\n";
        let after = "CREATE TABLE a (\n    id    int,\n    note  text DEFAULT 'a b',\n    extra text\n);\n";
        let changed: Vec<_> = compare(before, after)
            .into_iter()
            .filter(|line| line.change != Change::Same)
            .map(|line| (line.change, line.text))
            .collect();
        let line = |change, text: &str| (change, text.to_owned());
        assert_eq!(
            changed,
            [
                line(Change::Removed, "    note text DEFAULT 'a  b'"),
                line(Change::Added, "    note  text DEFAULT 'a b',"),
                line(Change::Added, "    extra text"),
            ]
        );
    }

    #[test]
    fn a_token_over_two_lines_is_cut() {
        let lines = lines("x 'a\nb' 1");
        let spans =
            |tokens: &[Token]| tokens.iter().map(|token| (token.start, token.length)).collect::<Vec<_>>();
        assert_eq!((spans(&lines[0].1), spans(&lines[1].1)), (vec![(2, 3)], vec![(0, 2), (3, 1)]));
    }

    #[test]
    fn a_review_comes_with_schema_and_colours() {
        let mut engine = Engine::default();
        assert_eq!((engine.schema(0), engine.report()), (None, None));
        let files =
            vec![("1.sql".into(), b"CREATE TABLE a (id int);".to_vec()), ("2.sql".into(), b"\xff".to_vec())];
        let reviewed = engine.review(Job { files, settings: Settings::default() });
        assert_eq!(reviewed.document.migrations.len(), reviewed.tokens.len());
        assert_eq!(reviewed.tokens[0].up[0], Token { start: 0, length: 6, kind: TokenKind::Keyword });
        let schema = engine.schema(0).unwrap();
        assert!(
            schema.iter().any(|line| line.change == Change::Added && line.text.contains("a")),
            "{schema:?}"
        );
        assert_eq!(engine.schema(99), None);
    }
}
