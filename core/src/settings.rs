//! What a reader can set. Plain data, known to every floor above.

use crate::report::json::Severity;
use crate::text::Span;

/// The name of the file that sets some of it: [`crate::configuration`] reads it.
pub const CONFIGURATION_FILE: &str = "lockstep.toml";

/// How a review is to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The server's major version, 14 to 18.
    pub postgres: u32,
    /// The layout's name; none recognises it.
    pub layout: Option<String>,
    /// What the runner does; none is what the layout's tool does.
    pub transaction: Option<TransactionMode>,
    /// Only migrations after this version are under review.
    pub since: Option<String>,
    /// Path and text of a schema that exists already.
    pub baseline: Option<(String, String)>,
    /// Table sizes, as CSV.
    pub stats: Option<String>,
    /// The server's TimeZone; none is one that is not UTC.
    pub timezone: Option<String>,
    /// Whether relations that no file creates are assumed to exist.
    pub unknown: Unknown,
    /// Which rules report, and how gravely.
    pub rules: RuleSettings,
    /// Numbers that rules go by.
    pub limits: Limits,
    /// The patterns that names of a kind have to match, one of them at least. The last word on a kind counts.
    pub naming: Vec<(NamedKind, Vec<String>)>,
    /// From which severity on a program that reviews is to fail. The review does not ask.
    pub fail_on: FailOn,
    /// What of a configuration among the files is not understood, and where.
    pub faults: Vec<(Span, String)>,
}

/// The mildest severity that counts as a failure; none is never.
pub type FailOn = Option<Severity>;

/// Which rules report, and how gravely. Rules by their ids.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleSettings {
    /// Only these; none is all.
    pub only: Option<Vec<&'static str>>,
    /// How grave what a rule finds is at the gravest; none is that it reports nothing. The last word on a rule counts.
    pub severities: Vec<(&'static str, Option<Severity>)>,
}

impl RuleSettings {
    /// The severity of something that a rule found, whose own gravest is `gravest`; none when it is not reported.
    /// What the rule itself takes for milder than its gravest does not become graver.
    pub fn severity(&self, rule: &str, gravest: Severity, found: Severity) -> Option<Severity> {
        if self.only.as_ref().is_some_and(|only| !only.contains(&rule)) {
            return None;
        }
        match self.severities.iter().rev().find(|(named, _)| *named == rule) {
            None => Some(found),
            Some((_, Some(severity))) if found >= gravest => Some(*severity),
            Some((_, severity)) => severity.map(|severity| severity.min(found)),
        }
    }
}

/// Numbers that rules go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// With fewer rows, work on a table is over before anyone notices.
    pub small_table_rows: u64,
    /// From so many rows on, changing all of them in one go is a danger.
    pub many_rows: u64,
    /// The longest wait for a lock, in milliseconds, that an application's own timeouts are likely to outlast.
    pub lock_timeout: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { small_table_rows: 10_000, many_rows: 1_000_000, lock_timeout: 10_000 }
    }
}

/// What a naming pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum NamedKind {
    Table,
    View,
    Column,
    Index,
    PrimaryKey,
    ForeignKey,
    Unique,
    Check,
}

impl NamedKind {
    /// All of them.
    pub const ALL: [NamedKind; 8] = [
        NamedKind::Table,
        NamedKind::View,
        NamedKind::Column,
        NamedKind::Index,
        NamedKind::PrimaryKey,
        NamedKind::ForeignKey,
        NamedKind::Unique,
        NamedKind::Check,
    ];

    /// The key in a configuration.
    pub fn key(self) -> &'static str {
        match self {
            NamedKind::Table => "table",
            NamedKind::View => "view",
            NamedKind::Column => "column",
            NamedKind::Index => "index",
            NamedKind::PrimaryKey => "primary-key",
            NamedKind::ForeignKey => "foreign-key",
            NamedKind::Unique => "unique",
            NamedKind::Check => "check",
        }
    }
}

/// Whether a runner wraps a script in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionMode {
    /// The whole script is one transaction.
    Single,
    /// Each statement commits by itself, unless the script has its own BEGIN.
    None,
}

impl TransactionMode {
    /// A transaction, unless the script says that it runs without one.
    pub fn unless(without: bool) -> TransactionMode {
        if without { TransactionMode::None } else { TransactionMode::Single }
    }
}

/// What becomes of a name that no file here creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// Assumed to exist, unless the files contradict it (dropped or created later, or a near miss
    /// of a name that exists). With a baseline: refused.
    #[default]
    Auto,
    /// Assumed to exist, unless the files contradict it.
    Assume,
    /// Refused, as a server with nothing but these files would.
    Refuse,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            postgres: 18,
            layout: None,
            transaction: None,
            since: None,
            baseline: None,
            stats: None,
            timezone: None,
            unknown: Unknown::default(),
            rules: RuleSettings::default(),
            limits: Limits::default(),
            naming: Vec::new(),
            fail_on: Some(Severity::Danger),
            faults: Vec::new(),
        }
    }
}
