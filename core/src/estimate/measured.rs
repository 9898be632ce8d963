//! Speeds, by the second. Written by `cargo xtask calibrate`, not by hand.

/// What they were measured on.
pub const SERVER: &str = "PostgreSQL 18.4";
/// Rows that a rewrite writes anew.
pub const REWRITE_ROWS: u64 = 1_000_000;
/// Bytes of them.
pub const REWRITE_BYTES: u64 = 120_000_000;
/// Rows that are read to check a CHECK.
pub const SCAN_ROWS: u64 = 4_000_000;
/// Bytes of them.
pub const SCAN_BYTES: u64 = 500_000_000;
/// Rows that are sorted into an index on a number.
pub const INDEX_NUMBER_ROWS: u64 = 1_500_000;
/// Rows that are sorted into an index on a text.
pub const INDEX_TEXT_ROWS: u64 = 400_000;
/// Rows that a foreign key looks up.
pub const FOREIGN_KEY_ROWS: u64 = 1_000_000;
