//! Signing a review off before its migrations are merged, with no server: who looked at what, and which dangers are
//! accepted and why, in a file of its own beside the migrations.
//!
//! [`write()`] makes that file, [`read()`] reads it, [`compare`] tells in what it no longer holds, and
//! [`that_hold`] which of its decisions still do. Dates are the caller's: there is no clock in here.

mod compare;
mod read;
mod write;

pub use compare::{Concern, Objection, compare, that_hold};
pub use read::{is_sign_off, read};
pub use write::write;

use std::fmt::Write;

use crate::Review;
use crate::report::json::{self, Severity};
use crate::rules::{Finding, RULES};
use crate::settings::{Limits, Settings, TransactionMode, Unknown};
use crate::text::sha256;

/// The format that is written, and the only one that is read.
const FORMAT: u32 = 1;

/// What people have decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Who looked at which migration.
    pub reviewed: Vec<Reviewed>,
    /// Which dangers are accepted.
    pub accepted: Vec<Accepted>,
}

/// Someone looked at a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The title of its script: `002_add_variant_columns.sql`.
    pub migration: String,
    /// Whose name stands for it.
    pub by: String,
    /// The day, `2025-03-14`.
    pub on: String,
}

/// Someone answers for a danger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What is accepted: all that the rule finds there.
    pub spot: Spot,
    /// Whose name stands for it.
    pub by: String,
    /// The day, `2025-03-14`.
    pub on: String,
    /// Why that is all right here.
    pub reason: String,
}

/// What a rule found, as far as it can be found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The rule's id.
    pub rule: String,
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A sign-off, as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The version of Lockstep that reviewed.
    pub lockstep: String,
    /// Which rules that were: [`rule_set`].
    pub rules: String,
    /// How the review was made.
    pub conditions: Conditions,
    /// Path and SHA-256 of every file reviewed.
    pub files: Vec<(String, String)>,
    /// The titles of the migrations under review, in order.
    pub migrations: Vec<String>,
    /// The dangers and warnings that there were.
    pub findings: Vec<(Severity, Spot)>,
    /// What was decided.
    pub decisions: Decisions,
}

/// What a review depends on besides the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// The server's major version.
    pub postgres: u32,
    /// The layout's name.
    pub layout: String,
    /// What the runner does; none is what the layout's tool does.
    pub transaction: Option<TransactionMode>,
    /// Only migrations after this version are under review.
    pub since: Option<String>,
    /// The server's TimeZone; none is one that is not UTC.
    pub timezone: Option<String>,
    /// Whether relations that no file creates are assumed to exist.
    pub unknown: Unknown,
    /// SHA-256 of the baseline.
    pub baseline: Option<String>,
    /// SHA-256 of the table sizes.
    pub stats: Option<String>,
    /// SHA-256 of what is set about rules: which report, how gravely, by which numbers and names. None where nothing is.
    pub rules: Option<String>,
}

/// Names the set of rules: another one may find more, or find it graver.
pub fn rule_set() -> String {
    let mut list = String::new();
    for rule in RULES {
        let _ = writeln!(list, "{} {}", rule.id, rule.severity.name());
    }
    sha256(list.as_bytes())
}

/// What is set about rules, a line each.
fn rule_settings(settings: &Settings) -> Option<String> {
    let mut lines = String::new();
    for rule in settings.rules.only.iter().flatten() {
        let _ = writeln!(lines, "only {rule}");
    }
    for (rule, severity) in &settings.rules.severities {
        let _ = writeln!(lines, "severity {rule} {}", severity.map_or("off", Severity::name));
    }
    for (kind, patterns) in &settings.naming {
        let _ = writeln!(lines, "naming {} {}", kind.key(), patterns.join(" "));
    }
    if settings.limits != Limits::default() {
        let Limits { small_table_rows, many_rows, lock_timeout } = settings.limits;
        let _ = writeln!(lines, "limits {small_table_rows} {many_rows} {lock_timeout}");
    }
    (!lines.is_empty()).then_some(lines)
}

impl SignOff {
    /// That of a review with what was decided about it. What was decided about anything else is left out.
    pub fn of(review: &Review, decisions: &Decisions) -> SignOff {
        let settings = &review.settings;
        let digest = |text: &String| sha256(text.as_bytes());
        let migrations = titles(review);
        let findings: Vec<(Severity, Spot)> = grave(review).map(|f| (f.severity, spot(review, f))).collect();
        let is_danger =
            |spot: &Spot| findings.iter().any(|(severity, s)| *severity == Severity::Danger && s == spot);
        let reviewed = decisions.reviewed.iter().filter(|decision| migrations.contains(&decision.migration));
        let accepted = decisions.accepted.iter().filter(|decision| is_danger(&decision.spot));
        let decisions =
            Decisions { reviewed: reviewed.cloned().collect(), accepted: accepted.cloned().collect() };
        SignOff {
            lockstep: env!("CARGO_PKG_VERSION").to_owned(),
            rules: rule_set(),
            conditions: Conditions {
                postgres: settings.postgres,
                layout: review.history.layout.name.to_owned(),
                transaction: settings.transaction,
                since: settings.since.clone(),
                timezone: settings.timezone.clone(),
                unknown: settings.unknown,
                baseline: settings.baseline.as_ref().map(|(_, text)| digest(text)),
                stats: settings.stats.as_ref().map(digest),
                rules: rule_settings(settings).as_ref().map(digest),
            },
            files: review.files().map(|file| (file.path.clone(), file.sha256())).collect(),
            migrations,
            findings,
            decisions,
        }
    }
}

/// Where a finding is.
pub fn spot(review: &Review, finding: &Finding) -> Spot {
    let json::Finding { rule, path, line, column, .. } = json::finding_of(review, finding);
    Spot { rule, path, line, column }
}

/// The migrations under review, in order.
fn titles(review: &Review) -> Vec<String> {
    let migrations = review.history.migrations.iter().filter(|migration| migration.under_review);
    migrations.map(|migration| migration.up.title.clone()).collect()
}

/// The findings that a sign-off is about: dangers and warnings.
fn grave(review: &Review) -> impl Iterator<Item = &Finding> {
    review.findings.iter().filter(|finding| finding.severity > Severity::Advice)
}

/// The names of the settings that are not just text.
const TRANSACTIONS: [(TransactionMode, &str); 2] =
    [(TransactionMode::Single, "per-migration"), (TransactionMode::None, "per-statement")];
const UNKNOWN: [(Unknown, &str); 3] =
    [(Unknown::Auto, "auto"), (Unknown::Assume, "assume"), (Unknown::Refuse, "refuse")];

#[cfg(test)]
mod tests;
