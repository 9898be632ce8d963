//! The lock explorer.

pub const EXPLORER: &str = "Lock explorer";
pub const EXPLORER_INTRO: &str =
    "Do two statements get in each other's way on the same table, and who waits?";
pub const FIRST_HOLDS: &str = "One transaction has run";
pub const SECOND_WANTS: &str = "and another runs";
pub const EXPLORER_COMMANDS: &str = "Commands";
pub const EXPLORER_MODES: &str = "Lock modes";
pub const EXPLORER_STATEMENTS: &str = "These migrations";
pub const NO_COMMON_TABLE: &str = "They lock no table in common, so neither waits for the other.";

pub fn conflict(holds: &str, wants: &str, table: Option<&str>) -> String {
    let table = table.map(|table| format!(" on {table}")).unwrap_or_default();
    format!(
        "They conflict{table}: the second wants {wants}, and waits until the transaction that holds {holds} ends. Whoever comes after it and conflicts with {wants} queues up behind it."
    )
}

pub fn no_conflict(holds: &str, wants: &str) -> String {
    format!("They do not conflict: {holds} and {wants} are held side by side, and neither waits.")
}

/// "Behind ACCESS EXCLUSIVE wait:".
pub fn behind(mode: &str) -> String {
    format!("Behind {mode} wait:")
}

/// "002, line 3: ALTER TABLE".
pub fn statement_at(version: &str, line: u32, kind: &str) -> String {
    format!("{version}, line {line}: {kind}")
}
