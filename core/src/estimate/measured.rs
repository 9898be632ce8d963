//! Speeds, by the second. Written by `cargo xtask calibrate`, not by hand.

/// What they were measured on.
pub const SERVER: &str = "PostgreSQL 18.4 with its own settings, 2 cores";
/// Rows that a rewrite writes anew.
pub const REWRITE_ROWS: u64 = 750_000;
/// Bytes of them.
pub const REWRITE_BYTES: u64 = 140_000_000;
/// Rows that are read to check a CHECK or NOT NULL.
pub const SCAN_ROWS: u64 = 12_000_000;
/// Bytes of them.
pub const SCAN_BYTES: u64 = 2_200_000_000;
/// Rows that are sorted into an index on a number.
pub const INDEX_NUMBER_ROWS: u64 = 1_200_000;
/// Rows that are sorted into an index on a text.
pub const INDEX_TEXT_ROWS: u64 = 650_000;
/// Rows that a foreign key looks up.
pub const FOREIGN_KEY_ROWS: u64 = 1_200_000;
