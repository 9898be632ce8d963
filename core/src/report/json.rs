//! The review as JSON: what other programs and the page read.
//!
//! [`Document`] only grows; what stands in it keeps its meaning. The page shows
//! exactly this document, so whatever it shows the command line can print.

use serde::{Deserialize, Serialize};

use crate::parallel::in_parts;
use crate::review::Review;
use crate::rollback::WayBack;
use crate::rules::{self, Stats};
use crate::schema::{self, Rows};
use crate::settings::TransactionMode;
use crate::simulate::{self, Step};
use crate::text::{Position, SourceFile};
use crate::timeline::{By, End, Run};
use crate::{estimate, evidence, layout, sql};

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
    /// One down script for the whole set, where that is how it goes back.
    pub down_of_all: Option<Script>,
    /// What became of it.
    pub rollback_of_all: Option<Rollback>,
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
    /// The servers that confirm locks and work; none where no case of the oracle is like this statement.
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
    /// What it changes, one line each.
    pub changes: Vec<String>,
    /// What had to be assumed to understand it, one line each.
    pub assumed: Vec<String>,
}

/// An error of the server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Error {
    /// SQLSTATE.
    pub sqlstate: String,
    /// The server's words.
    pub message: String,
}

/// A lock on one relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lock {
    /// `schema.name`, unquoted.
    pub relation: String,
    /// The mode, as the manual spells it.
    pub mode: String,
    /// Which everyday statements wait.
    pub blocks: Vec<String>,
}

/// Work on data already there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// `rewrite`, `scan`, `build-index` or `validate-foreign-key`.
    pub kind: String,
    /// The table.
    pub relation: String,
    /// Why, in a few words.
    pub reason: String,
    /// How long it takes; none for a table that the history made and nothing that was read has filled.
    #[serde(default)]
    pub estimate: Option<Estimate>,
}

/// Servers that took the same locks and did the same work for statements of the same form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Confirmed {
    /// What they confirm: `ALTER TABLE … SET NOT NULL: ACCESS EXCLUSIVE; scan`.
    pub claim: String,
    /// Their major versions, oldest first.
    pub versions: Vec<u32>,
    /// How many statements were compared.
    pub statements: u32,
}

/// How long work takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Estimate {
    /// At least, milliseconds.
    pub from_ms: u64,
    /// At most, milliseconds.
    pub to_ms: u64,
    /// For every million rows, as the table's size is not known.
    pub per_million_rows: bool,
    /// By a size that was assumed, not measured.
    #[serde(default)]
    pub assumed: bool,
    /// The arithmetic, a sentence without full stop.
    pub sentence: String,
    /// Which reads and writes come meanwhile and wait, where the lock makes them and their number is known.
    pub waiting: Option<String>,
    /// What the speeds rest on.
    pub basis: String,
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
    /// What cannot be told, one line each.
    pub unknown: Vec<String>,
}

impl Severity {
    /// The name in the JSON document.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Danger => "danger",
        }
    }
}

impl Level {
    /// The name in the JSON document.
    pub fn name(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
            Level::Critical => "critical",
        }
    }
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

/// The document of a review.
pub fn document(review: &Review) -> Document {
    let finding = |finding: &rules::Finding| finding_of(review, finding);
    let set = review.findings.iter().filter(|finding| finding.migration.is_none());
    let [availability, data, compatibility, reversibility] = review.verdict.axes;
    Document {
        format: 1,
        postgres: review.settings.postgres,
        layout: review.history.layout.name.to_owned(),
        layout_title: review.history.layout.title.to_owned(),
        layout_reason: review.history.reason.clone(),
        verdict: Verdict {
            level: review.verdict.level,
            sentence: review.verdict.sentence.clone(),
            availability,
            data,
            compatibility,
            reversibility,
            reasons: review
                .verdict
                .reasons
                .iter()
                .map(|(axis, level, rule, count)| Reason {
                    axis: axis.name().to_owned(),
                    level: *level,
                    rule: (*rule).to_owned(),
                    count: *count,
                })
                .collect(),
        },
        coverage: Coverage {
            statements: review.coverage.statements,
            modelled: review.coverage.modelled,
            parsed: review.coverage.parsed,
        },
        migrations: in_parts(review.history.migrations.len(), |part| {
            let one = |index| {
                let findings = review.findings_of(index).iter().map(finding).collect();
                migration_of(review, index, findings)
            };
            part.map(one).collect()
        }),
        down_of_all: review.history.down_of_all.as_ref().map(|script| {
            script_of(review, script, review.way_back_of_all.as_ref().and_then(|way| way.run.as_ref()))
        }),
        rollback_of_all: review.way_back_of_all.as_ref().map(rollback_of),
        findings: set.map(finding).collect(),
        set_aside: review
            .history
            .set_aside
            .iter()
            .map(|part| {
                let file = review.workspace.file(part.file);
                SetAside {
                    path: file.path.clone(),
                    line: file.position(part.range.start).line,
                    reason: part.reason.clone(),
                }
            })
            .collect(),
    }
}

/// The document as indented JSON, with a line end behind it.
pub fn render(review: &Review) -> String {
    let mut text = serde_json::to_string_pretty(&document(review)).unwrap_or_default();
    text.push('\n');
    text
}

fn migration_of(review: &Review, index: usize, findings: Vec<Finding>) -> Migration {
    let migration = &review.history.migrations[index];
    let up = &review.timeline.ups[index];
    let (down, way) = way_back(review, index);
    Migration {
        version: migration.version.clone(),
        name: migration.name.clone(),
        under_review: migration.under_review,
        risk: review.risk(index),
        up: script_of(review, &migration.up, Some(up)),
        down: down.map(|down| script_of(review, down, way.run.as_ref())),
        rollback: rollback_of(way),
        findings,
        schema_changes: up
            .differences()
            .iter()
            .filter(|difference| !difference.uncertain)
            .map(schema::Difference::change_line)
            .collect(),
    }
}

/// The way back of one migration: its own, or the set's, whose script is shown at the last migration, where it begins.
pub(super) fn way_back(review: &Review, index: usize) -> (Option<&layout::Script>, &WayBack) {
    let migration = &review.history.migrations[index];
    match (&migration.down, &review.history.down_of_all, &review.way_back_of_all) {
        (None, Some(down), Some(way)) => {
            let is_last = index + 1 == review.history.migrations.len();
            (is_last.then_some(down), way)
        }
        (down, _, _) => (down.as_ref(), &review.ways_back[index]),
    }
}

pub(super) fn rollback_of(way: &WayBack) -> Rollback {
    let failure =
        way.fails_at.zip(way.run.as_ref()).and_then(|(at, run)| run.moments[at].step.error.as_ref());
    let failure = failure
        .map(|error| format!("the down script fails: {} (SQLSTATE {})", error.message, error.sqlstate));
    let again = way.again.as_ref().map(|error| format!("up fails after the rollback: {error}"));
    Rollback {
        verdict: way.verdict.name().to_owned(),
        differences: failure.into_iter().chain(way.differences.iter().cloned()).chain(again).collect(),
        lost: way.lost.clone(),
        unknown: way.unknown.clone(),
    }
}

fn script_of(review: &Review, script: &layout::Script, run: Option<&Run>) -> Script {
    let file = review.workspace.file(script.file);
    let statements = run.map(|run| statements_of(file, run, &review.stats)).unwrap_or_default();
    let transactions = run.map(|run| &run.transactions[..]).unwrap_or_default();
    Script {
        path: file.path.clone(),
        title: script.title.clone(),
        transaction: match script.transaction {
            TransactionMode::Single => "single".to_owned(),
            TransactionMode::None => "none".to_owned(),
        },
        missing: script.missing,
        offset: script.range.start,
        length: script.range.end - script.range.start,
        line: file.position(script.range.start).line,
        statements,
        transactions: transactions
            .iter()
            .map(|transaction| Transaction {
                first: transaction.first,
                last: transaction.last,
                by: match transaction.by {
                    By::Runner => "runner".to_owned(),
                    By::Script => "script".to_owned(),
                },
                end: match transaction.end {
                    End::Commit => "commit".to_owned(),
                    End::Rollback | End::Open => "rollback".to_owned(),
                },
            })
            .collect(),
    }
}

/// How long a piece of work takes, and who waits for the lock that the statement has on its table.
pub(super) fn estimate_of(step: &Step, work: &simulate::Work, stats: &Stats) -> Option<Estimate> {
    if matches!(work.rows, Rows::None | Rows::Few) {
        return None;
    }
    let size = stats.of(&work.name);
    let made = estimate::of(work.kind, size);
    let lock = step.locks.iter().find(|lock| lock.relation == work.relation);
    let waiting = size.zip(lock).and_then(|(size, lock)| estimate::waiting(&made, lock.mode, size));
    Some(Estimate {
        from_ms: made.from_ms,
        to_ms: made.to_ms,
        per_million_rows: made.per_million_rows,
        assumed: made.is_assumed,
        sentence: made.sentence,
        waiting,
        basis: estimate::basis(),
    })
}

fn statements_of(file: &SourceFile, run: &Run, stats: &Stats) -> Vec<Statement> {
    run.statements
        .iter()
        .zip(&run.moments)
        .map(|(statement, moment)| {
            let position = file.position(statement.range.start);
            let step = &moment.step;
            Statement {
                line: position.line,
                column: position.column,
                offset: statement.range.start,
                length: statement.range.end - statement.range.start,
                kind: statement.tag.to_owned(),
                sql: file.text[statement.range.start as usize..statement.range.end as usize].to_owned(),
                modelled: step.modelled,
                error: step.error.as_ref().map(|error| Error {
                    sqlstate: error.sqlstate.to_owned(),
                    message: error.message.clone(),
                }),
                locks: step
                    .locks
                    .iter()
                    .map(|lock| Lock {
                        relation: lock.name.clone(),
                        mode: lock.mode.name().to_owned(),
                        blocks: lock.mode.blocks().map(|waits| waits.name().to_owned()).collect(),
                    })
                    .collect(),
                work: step
                    .work
                    .iter()
                    .map(|work| Work {
                        kind: work.kind.name().to_owned(),
                        relation: work.name.clone(),
                        reason: work.reason.clone(),
                        estimate: estimate_of(step, work, stats),
                    })
                    .collect(),
                confirmed: confirmed_of(statement, step),
                changes: step.changes.clone(),
                assumed: step.assumed.clone(),
            }
        })
        .collect()
}

fn confirmed_of(statement: &sql::Statement, step: &Step) -> Option<Confirmed> {
    let claim = evidence::claim(statement, step)?;
    let evidence::Confirmed { versions, statements } = evidence::confirmed(&claim)?;
    Some(Confirmed { claim, versions, statements })
}

/// A finding with its place in the files.
pub(crate) fn finding_of(review: &Review, finding: &rules::Finding) -> Finding {
    let file = review.workspace.get(finding.span.file);
    let position = |offset: u32| file.map_or(Position { line: 1, column: 1 }, |file| file.position(offset));
    let (start, end) = (position(finding.span.start), position(finding.span.end));
    Finding {
        rule: finding.rule.id.to_owned(),
        severity: finding.severity,
        path: file.map(|file| file.path.clone()).unwrap_or_default(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        offset: finding.span.start,
        length: finding.span.end - finding.span.start,
        message: finding.message.clone(),
        help: finding.help.clone(),
        aliases: finding.rule.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    }
}
