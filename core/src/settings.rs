//! What a reader can set. Plain data, known to every floor above.

/// How a review is to be made.
#[derive(Debug, Clone)]
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
        }
    }
}
