//! Measures how fast a server works through rows, for the estimates: `core/src/estimate/measured.rs`.
//!
//! Each kind of work is done several times on a table of some hundred megabytes, on a server with PostgreSQL's own
//! settings. The fastest time counts, as whatever else the machine does can only add to it. A table of that size is in
//! the operating system's cache, so what is measured is the server's own work; what disks add is in the estimates' range.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::Outcome;
use crate::server::{Connection, Server};

/// Rows of the table, about 180 bytes each.
const ROWS: u64 = 2_000_000;

/// Rows of the table that its foreign key references.
const REFERENCED_ROWS: u64 = 100_000;

/// How often each kind of work is timed.
const TIMES: usize = 5;

/// Measures, and writes the constants.
pub fn run(server: &Server) -> Outcome {
    let mut connection = Connection::open(server.port, "postgres")?;
    for statement in [
        format!("CREATE TABLE referenced AS SELECT id::int FROM generate_series(1, {REFERENCED_ROWS}) AS id"),
        "ALTER TABLE referenced ADD PRIMARY KEY (id)".to_owned(),
        format!(
            "CREATE TABLE t AS SELECT id, (1 + id % {REFERENCED_ROWS})::int AS other, md5(id::text) AS word, \
             hashint8(id) AS number, \
             repeat(md5((-id)::text), 3) AS filler FROM generate_series(1, {ROWS}) AS id"
        ),
        "VACUUM ANALYZE".to_owned(),
        "CHECKPOINT".to_owned(),
    ] {
        connection.ask(&statement)?;
    }
    let bytes = connection.ask("SELECT pg_catalog.pg_table_size('t')")?;
    let bytes: u64 = bytes
        .first()
        .and_then(|row| row.first()?.as_deref()?.parse().ok())
        .ok_or("the server does not say how large the table is")?;
    let mut time = |statement: &str, undo: &str| timed(&mut connection, statement, undo);
    let scan = time("ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0)", "ALTER TABLE t DROP CONSTRAINT c")?;
    let not_null =
        time("ALTER TABLE t ALTER COLUMN id SET NOT NULL", "ALTER TABLE t ALTER COLUMN id DROP NOT NULL")?;
    let rewrite = time(
        "ALTER TABLE t ADD COLUMN added float8 DEFAULT random()",
        "ALTER TABLE t DROP COLUMN added; VACUUM FULL t",
    )?;
    let number = time("CREATE INDEX i ON t (number)", "DROP INDEX i")?;
    let text = time("CREATE INDEX i ON t (word)", "DROP INDEX i")?;
    let key = time(
        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (other) REFERENCES referenced",
        "ALTER TABLE t DROP CONSTRAINT k",
    )?;
    let scan = scan.max(not_null);
    let version = connection.ask("SHOW server_version")?;
    let version = version.first().and_then(|row| row.first().cloned().flatten()).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let server_said = format!("PostgreSQL {version} with its own settings, {cores} cores");
    let rate = |amount: u64, seconds: f64| rounded(amount as f64 / seconds);
    let constants = [
        ("REWRITE_ROWS", "Rows that a rewrite writes anew.", rate(ROWS, rewrite)),
        ("REWRITE_BYTES", "Bytes of them.", rate(bytes, rewrite)),
        ("SCAN_ROWS", "Rows that are read to check a CHECK or NOT NULL.", rate(ROWS, scan)),
        ("SCAN_BYTES", "Bytes of them.", rate(bytes, scan)),
        ("INDEX_NUMBER_ROWS", "Rows that are sorted into an index on a number.", rate(ROWS, number)),
        ("INDEX_TEXT_ROWS", "Rows that are sorted into an index on a text.", rate(ROWS, text)),
        ("FOREIGN_KEY_ROWS", "Rows that a foreign key looks up.", rate(ROWS, key)),
    ];
    let mut source = format!(
        "//! Speeds, by the second. Written by `cargo xtask calibrate`, not by hand.\n\n\
         /// What they were measured on.\npub const SERVER: &str = \"{server_said}\";\n"
    );
    for (name, meaning, value) in constants {
        let _ = writeln!(source, "/// {meaning}\npub const {name}: u64 = {};", grouped(value));
        println!("{name:18} {}", grouped(value));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src/estimate/measured.rs");
    fs::write(&file, source).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// The least seconds that a statement takes; between, it is undone.
fn timed(connection: &mut Connection, statement: &str, undo: &str) -> Outcome<f64> {
    let mut seconds = f64::INFINITY;
    for _ in 0..TIMES {
        let begin = Instant::now();
        connection.ask(statement)?;
        seconds = seconds.min(begin.elapsed().as_secs_f64());
        // One after the other: VACUUM runs in no transaction, which several at once are.
        for undo in undo.split("; ") {
            connection.ask(undo)?;
        }
    }
    Ok(seconds)
}

/// To two digits: the rest is noise.
fn rounded(value: f64) -> u64 {
    let mut unit = 1.0;
    while value / unit >= 100.0 {
        unit *= 10.0;
    }
    ((value / unit).round() * unit) as u64
}

/// `1_200_000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_have_two_digits() {
        for (value, text) in [(1_234_567.0, "1_200_000"), (99.4, "99"), (415_999_000.0, "420_000_000")] {
            assert_eq!(grouped(rounded(value)), text);
        }
    }
}
