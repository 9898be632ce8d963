//! What the page and its worker say to each other: plain data, packed with postcard.
//!
//! The worker answers every request under the request's number, in order. It
//! keeps the last review, which [`Request::Schema`], [`Request::Readme`],
//! [`Request::WayBack`] and all others ask about.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::edit::{JobEdit, ReviewEdit};
use lockstep_core::report::json::Document;
use lockstep_core::schema::{Change, Object};

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Review the files that the edit makes of those of the last review.
    Review(JobEdit),
    /// The schema at a moment of the history, compared with another.
    Schema(Moment, Against),
    /// The migration README.
    Readme,
    /// A way back that Lockstep writes, for the migration of that index in [`Document::migrations`].
    WayBack(usize),
    /// The rewrites for a finding: its migration's index, and its own among that migration's findings.
    Rewrites(usize, usize),
    /// What of a sign-off holds, with a decision more.
    Sign(Signing),
    /// The review as a page of its own.
    Page,
    /// All that is written about the review, with the sign-off of that text.
    Papers(Option<String>),
}

/// From the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The worker has started. Sent once, under number 0.
    Ready,
    /// To [`Request::Review`].
    Review(Box<ReviewEdit>),
    /// To [`Request::Schema`]; none where there is no such moment.
    Schema(Option<Box<SchemaShown>>),
    /// To [`Request::Readme`]; none before the first review.
    Readme(Option<Readme>),
    /// To [`Request::Page`], HTML; none before the first review.
    Page(Option<String>),
    /// To [`Request::WayBack`]; none where there is no such migration.
    WayBack(Option<WayBack>),
    /// To [`Request::Rewrites`], each of them proven.
    Rewrites(Vec<Offer>),
    /// To [`Request::Sign`]; or why the sign-off cannot be read, in a sentence without full stop.
    Signed(Result<Signed, String>),
    /// To [`Request::Papers`].
    Papers(Vec<Paper>),
}

/// A file that is written about a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// Where it belongs.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PaperKind {
    Readme,
    Report,
    Comment,
    WayBack,
    SignOff,
}

/// A sign-off and what is decided about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Its text; none where nothing was decided yet.
    pub sheet: Option<String>,
    /// What is decided now.
    pub decision: Option<Decision>,
    /// By whom.
    pub by: String,
    /// On which day, `2025-03-14`.
    pub on: String,
}

/// What can be decided. Findings by their migration and their index there, migrations by their index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// A migration was reviewed.
    Reviewed(usize),
    /// All of them were.
    AllReviewed,
    /// Nobody has reviewed it.
    NotReviewed(usize),
    /// A danger is accepted for this reason.
    Accepted((Option<usize>, usize), String),
    /// It is not.
    NotAccepted((Option<usize>, usize)),
    /// What was decided and still holds is signed for the files as they are.
    Again,
}

/// What of a sign-off holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What holds, as the text of a sign-off.
    pub text: String,
    /// The migrations that were reviewed: by whom, and on which day.
    pub reviewed: Vec<(usize, String, String)>,
    /// The dangers that are accepted.
    pub accepted: Vec<AcceptedDanger>,
    /// In what the sign-off does not hold.
    pub objections: Vec<Objection>,
}

/// A danger that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedDanger {
    /// Which finding: that of a migration, or of the set.
    pub finding: (Option<usize>, usize),
    /// By whom.
    pub by: String,
    /// On which day.
    pub on: String,
    /// Why.
    pub reason: String,
}

/// Something in which a sign-off does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// It only waits for a decision. Or else something is not what it was.
    pub is_open: bool,
    /// The file; empty where it is about the set.
    pub path: String,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: u32,
    /// What is the matter, a sentence.
    pub message: String,
}

/// A rewrite that has been proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What it does.
    pub title: String,
    /// The rules that find less after it.
    pub fixes: Vec<String>,
    /// The strongest lock that is held over work on tables in use: as written, and rewritten.
    pub locks: (Option<String>, Option<String>),
    /// In what the schema is meant to differ in the end, one line each.
    pub differences: Vec<String>,
    /// The migrations in order: the path, and what has to be done before it runs.
    pub steps: Vec<(String, Option<String>)>,
    /// The files that it changes and adds.
    pub files: Vec<Rewritten>,
}

/// A file that a rewrite changes or adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// Its path.
    pub path: String,
    /// Its whole text afterwards.
    pub text: String,
    /// It was not there before.
    pub is_new: bool,
    /// What differs.
    pub lines: Vec<DiffLine>,
}

/// A way back that Lockstep has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayBack {
    /// The file that it belongs into.
    pub path: String,
    /// Does it stand behind the way up, in the same file?
    pub same_file: bool,
    /// The script. Its comments say what it was found to do, and what it does not bring back.
    pub text: String,
}

/// A request or an answer, and the number of the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbered<T> {
    /// The request's number, from 1.
    pub number: u32,
    /// What is said.
    pub body: T,
}

/// Files and how to review them.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Path and bytes of every file.
    pub files: Vec<(String, Vec<u8>)>,
    /// The reader's settings.
    pub settings: Settings,
}

/// What the reader can set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The server's major version; none is what the files' configuration says, or else the newest.
    pub postgres: Option<u32>,
    /// A layout's name; none recognises it.
    pub layout: Option<String>,
    /// What the runner does; none is what the layout's tool does.
    pub transaction: Option<Transaction>,
    /// Only migrations after this version are under review.
    pub since: Option<String>,
    /// Table sizes, as CSV.
    pub stats: Option<String>,
}

/// What a runner wraps in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Transaction {
    /// Each migration.
    PerMigration,
    /// Each statement.
    PerStatement,
}

/// The server versions that a reader can choose, newest first.
pub const POSTGRES_VERSIONS: [u32; 5] = [18, 17, 16, 15, 14];

/// A review, as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The review.
    pub document: Document,
    /// The tokens of each migration of the document, in its order.
    pub tokens: Vec<ScriptTokens>,
    /// Those of [`Document::down_of_all`].
    pub tokens_of_all: Vec<Token>,
}

/// The tokens of one migration's scripts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScriptTokens {
    /// Those of the way up.
    pub up: Vec<Token>,
    /// Those of the way back.
    pub down: Vec<Token>,
}

/// A stretch of text to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its first byte: in the file for a script, in the line for a [`DiffLine`].
    pub start: u32,
    /// How many bytes.
    pub length: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is, as far as colours care. Names and punctuation are left as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum TokenKind {
    Keyword,
    Type,
    String,
    Number,
    Operator,
    Comment,
    Parameter,
    Psql,
    Data,
}

/// A moment of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Moment {
    /// The migration's index in [`Document::migrations`].
    pub migration: usize,
    /// How many of its statements have run; none is all of them, and what the end of its transactions does.
    pub statements: Option<usize>,
}

/// What the schema at a moment is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Against {
    /// The schema before the moment's migration.
    #[default]
    MigrationBefore,
    /// The schema before the statement that ran last.
    StatementBefore,
    /// What there was before the first migration.
    Start,
    /// The schema after the migration of this index.
    After(usize),
}

/// The schema at a moment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SchemaShown {
    /// What differs, one line each.
    pub changes: Vec<String>,
    /// Tables, views, types, functions, with what differs in them.
    pub objects: Vec<Object>,
    /// Where tables and views stand in diagrams, also those that are not there at the moment.
    pub slots: Vec<Slot>,
    /// The tables and views that the moment's migration works on, by their identity.
    pub touched: Vec<u32>,
    /// The DDL.
    pub lines: Vec<DiffLine>,
}

/// Where a table or view stands in diagrams, among all that the history ever has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Its identity, [`Object::id`].
    pub id: u32,
    /// The group of tables that are linked with each other, the largest first.
    pub group: u32,
    /// The layer of the group, from the left.
    pub layer: u32,
    /// The place in the layer, from the top. A table that is made again has the same.
    pub order: u32,
    /// The most columns that it ever has.
    pub rows: u32,
}

/// One line of SQL, compared with another text's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Added, removed or the same.
    pub change: Change,
    /// The line, without its end.
    pub text: String,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

/// The migration README.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readme {
    /// As it is copied and downloaded.
    pub markdown: String,
    /// As it is previewed: without any HTML, link or picture of its own.
    pub html: String,
}

/// The bytes of a message.
pub fn pack<T: Serialize>(message: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(message)
}

/// The message in those bytes.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Answer, Numbered, ReviewEdit, Reviewed, ScriptTokens, Token, TokenKind, pack, unpack};
    use lockstep_core::report::json::*;

    /// Postcard is not self-describing: a type of the document that skips a field would not come back.
    #[test]
    fn a_review_survives_the_journey() {
        let statement = Statement {
            line: 1,
            column: 1,
            offset: 0,
            length: 9,
            kind: "ALTER TABLE".into(),
            sql: "ALTER …".into(),
            modelled: false,
            error: Some(Error { sqlstate: "42P01".into(), message: "…".into() }),
            locks: vec![Lock { relation: "public.a".into(), mode: "SHARE".into(), blocks: vec!["x".into()] }],
            work: vec![Work {
                kind: "scan".into(),
                relation: "public.a".into(),
                reason: String::new(),
                estimate: None,
            }],
            confirmed: Some(Confirmed { claim: "…".into(), versions: vec![18], statements: 2 }),
            changes: vec![],
            assumed: vec!["…".into()],
        };
        let script = Script {
            path: "a.sql".into(),
            title: "a.sql".into(),
            transaction: "single".into(),
            missing: false,
            offset: 0,
            length: 10,
            line: 1,
            statements: vec![statement.clone(), Statement { error: None, ..statement }],
            transactions: vec![Transaction { first: 0, last: 0, by: "runner".into(), end: "commit".into() }],
        };
        let finding = Finding {
            rule: "r".into(),
            severity: Severity::Danger,
            path: "a.sql".into(),
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 2,
            offset: 0,
            length: 1,
            message: "m".into(),
            help: "h".into(),
            aliases: vec!["squawk:x".into()],
        };
        let migration = Migration {
            version: "1".into(),
            name: "a".into(),
            under_review: true,
            risk: Level::Critical,
            up: script.clone(),
            down: None,
            rollback: Rollback {
                verdict: "missing".into(),
                differences: vec![],
                lost: vec![],
                unknown: vec![],
            },
            findings: vec![finding],
            schema_changes: vec!["x".into()],
        };
        let document = Document {
            format: 1,
            postgres: 18,
            layout: "plain".into(),
            layout_title: "Plain".into(),
            layout_reason: "…".into(),
            verdict: Verdict {
                level: Level::High,
                sentence: "…".into(),
                availability: Level::High,
                data: Level::None,
                compatibility: Level::Low,
                reversibility: Level::Medium,
                reasons: vec![Reason { axis: "data".into(), level: Level::Low, rule: "r".into(), count: 2 }],
            },
            coverage: Coverage { statements: 2, modelled: 1, parsed: 2 },
            migrations: vec![migration.clone(), Migration { down: Some(script), ..migration }],
            down_of_all: None,
            rollback_of_all: None,
            findings: vec![],
            set_aside: vec![SetAside { path: "x".into(), line: 1, reason: "…".into() }],
        };
        let tokens = vec![ScriptTokens {
            up: vec![Token { start: 0, length: 5, kind: TokenKind::Keyword }],
            down: vec![],
        }];
        let answer = Numbered {
            number: 7,
            body: Answer::Review(Box::new(ReviewEdit::of(
                &mut Reviewed { document, tokens, tokens_of_all: vec![] },
                None,
            ))),
        };
        assert_eq!(unpack::<Numbered<Answer>>(&pack(&answer).unwrap()), Ok(answer));
    }

    #[test]
    fn bytes_that_are_no_message_are_refused() {
        assert!(unpack::<Numbered<Answer>>(&[1, 250, 3]).is_err());
    }
}
