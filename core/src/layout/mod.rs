//! From files to a history: which tool's files these are, their order, their way back,
//! and how the tool's runner uses transactions. A file per tool. Knows nothing of schemas.

use std::ops::Range;
use std::sync::Arc;

use crate::text::FileId;

/// An ordered set of migrations, as the tool whose files they are would run them.
#[derive(Debug, Clone)]
pub struct History {
    /// Whose layout it is.
    pub layout: &'static Layout,
    /// Why that one: one sentence for the reader.
    pub reason: String,
    /// The migrations in the order in which the tool runs them.
    pub migrations: Vec<Migration>,
    /// Down scripts that belong to no migration.
    pub orphans: Vec<Script>,
    /// Files, or parts of a document, that are no migration, each with the reason.
    pub set_aside: Vec<SetAside>,
    /// Does the runner put all migrations of one run into one transaction?
    pub one_transaction: bool,
}

/// One migration.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The version as its file writes it: `002`, `20240115093000`; the file's stem when it has no number.
    pub version: String,
    /// The name in words: `add variant columns`.
    pub name: String,
    /// The way up.
    pub up: Script,
    /// The way back, where there is one.
    pub down: Option<Script>,
    /// Under review, or applied before (`--since`).
    pub under_review: bool,
}

/// The SQL of one direction of one migration.
#[derive(Debug, Clone)]
pub struct Script {
    /// The name to call it by: `002_add_variant_columns.sql`.
    pub title: String,
    /// The file it is in.
    pub file: FileId,
    /// Which of the file's bytes.
    pub range: Range<u32>,
    /// The text of exactly those bytes, in which everything that is not SQL of this script
    /// (prose, the other direction, a tool's markers) is blanked: offsets in it plus
    /// `range.start` are offsets in the file.
    pub text: Arc<str>,
    /// How the runner wraps it.
    pub transaction: TransactionMode,
    /// The script is only named and its SQL is not among the files (a document may do that).
    pub missing: bool,
}

/// Whether a runner wraps a script in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionMode {
    /// The whole script is one transaction.
    Single,
    /// Each statement commits by itself, unless the script has its own BEGIN.
    None,
}

/// Something among the input that is not part of the history.
#[derive(Debug, Clone)]
pub struct SetAside {
    /// The file.
    pub file: FileId,
    /// Which of its bytes.
    pub range: Range<u32>,
    /// Why, in one sentence.
    pub reason: String,
}
