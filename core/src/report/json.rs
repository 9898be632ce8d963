//! The review as JSON: what other programs and the page read.
//!
//! [`Document`] only grows; what stands in it keeps its meaning. The page shows
//! exactly this document, so whatever it shows the command line can print.

use serde::{Deserialize, Serialize};

/// The whole review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The format's number, 1.
    pub format: u32,
    /// The server's major version.
    pub postgres: u32,
    /// The name of the layout.
    pub layout: String,
    /// Its name for people.
    pub layout_title: String,
    /// Why that layout.
    pub layout_reason: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How much was understood.
    pub coverage: Coverage,
    /// The migrations, in order.
    pub migrations: Vec<Migration>,
    /// Findings about the set as a whole.
    pub findings: Vec<Finding>,
    /// Parts of the input that are no migration.
    pub set_aside: Vec<SetAside>,
}

/// `none`, `low`, `medium`, `high` or `critical`, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Level {
    #[default]
    None,
    Low,
    Medium,
    High,
    Critical,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Style and hygiene.
    Advice,
    /// Likely harm under conditions that are stated.
    Warning,
    /// Outage, data loss, or the migration fails.
    Danger,
}

/// The review in one sentence and four axes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The gravest of the axes.
    pub level: Level,
    /// One sentence.
    pub sentence: String,
    /// Do reads and writes wait or fail?
    pub availability: Level,
    /// Is data lost or changed?
    pub data: Level,
    /// Does the running application still work?
    pub compatibility: Level,
    /// Does the way back lead back?
    pub reversibility: Level,
    /// What each axis rests on, gravest first.
    pub reasons: Vec<Reason>,
}

/// One line of the verdict's arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// `availability`, `data`, `compatibility` or `reversibility`.
    pub axis: String,
    /// The level it gives.
    pub level: Level,
    /// The rule.
    pub rule: String,
    /// How many findings of it.
    pub count: usize,
}

/// How much was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Statements in all scripts.
    pub statements: usize,
    /// Those whose effect is simulated.
    pub modelled: usize,
    /// Those that PostgreSQL's grammar accepts.
    pub parsed: usize,
}

/// One migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    /// Its version.
    pub version: String,
    /// Its name in words.
    pub name: String,
    /// Under review, or baseline.
    pub under_review: bool,
    /// The gravest level of its findings.
    pub risk: Level,
    /// The way up.
    pub up: Script,
    /// The way back.
    pub down: Option<Script>,
    /// What became of the way back.
    pub rollback: Rollback,
    /// What was found in it.
    pub findings: Vec<Finding>,
    /// What it changes in the schema, one line each.
    pub schema_changes: Vec<String>,
}

/// One direction of a migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The file, as given.
    pub path: String,
    /// The name to call it by.
    pub title: String,
    /// `single` or `none`.
    pub transaction: String,
    /// Only named; the SQL is not among the files.
    pub missing: bool,
    /// Its first byte in the file.
    pub offset: u32,
    /// How many bytes.
    pub length: u32,
    /// Line of its first byte, from 1.
    pub line: u32,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// Its transactions, as indexes into `statements`.
    pub transactions: Vec<Transaction>,
}

/// A transaction bracket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Its first statement.
    pub first: usize,
    /// Its last statement.
    pub last: usize,
    /// `runner`, or `script` for one that the script begins itself.
    pub by: String,
    /// `commit` or `rollback`.
    pub end: String,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Line of its first byte, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// First byte in the file.
    pub offset: u32,
    /// How many bytes.
    pub length: u32,
    /// The command tag.
    pub kind: String,
    /// Its text.
    pub sql: String,
    /// Is its effect simulated?
    pub modelled: bool,
    /// PostgreSQL's refusal.
    pub error: Option<Error>,
    /// What it locks.
    pub locks: Vec<Lock>,
    /// What it does to data already there.
    pub work: Vec<Work>,
    /// What it changes, one line each.
    pub changes: Vec<String>,
    /// What had to be assumed to understand it, one line each.
    pub assumed: Vec<String>,
}

/// An error of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// SQLSTATE.
    pub sqlstate: String,
    /// The server's words.
    pub message: String,
}

/// A lock on one relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// `schema.name`, unquoted.
    pub relation: String,
    /// The mode, as the manual spells it.
    pub mode: String,
    /// Which everyday statements wait.
    pub blocks: Vec<String>,
}

/// Work on data already there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// `rewrite`, `scan`, `build-index` or `validate-foreign-key`.
    pub kind: String,
    /// The table.
    pub relation: String,
    /// Why, in a few words.
    pub reason: String,
}

/// The way back of a migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    /// `exact`, `lossy`, `incomplete`, `fails`, `missing` or `unknown`.
    pub verdict: String,
    /// What is not restored, one line each.
    pub differences: Vec<String>,
    /// Data that the down script destroys, one line each.
    pub lost: Vec<String>,
}

/// What a rule reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How grave.
    pub severity: Severity,
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// First byte in the file.
    pub offset: u32,
    /// How many bytes.
    pub length: u32,
    /// What happens.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Other tools' ids for it.
    pub aliases: Vec<String>,
}

/// Something in the input that is no migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}
