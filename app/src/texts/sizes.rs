//! Table sizes.

pub const SIZES: &str = "Sizes";
pub const SIZES_INTRO: &str = "How long a lock is held depends on how large its table is. Ask your server, or assume: every time on this page says which of the two it rests on. Without either it is given for every million rows.";
pub const SIZES_QUERY_TITLE: &str = "The query";
pub const SIZES_QUERY_HINT: &str = "It reads the catalog and the server's statistics, nothing else. Run it where the migrations will run, and paste what it answers below: as CSV (psql --csv), as psql draws it, or copied from a table.";
pub const COPY_QUERY: &str = "Copy query";
pub const TABLE_SIZES: &str = "Its result";
pub const TABLE_SIZES_HINT: &str =
    "relation,rows,bytes,reads_per_second,writes_per_second\npublic.orders,12000000,3100000000,200,10";
pub const SIZED_TABLES: &str = "The tables that these migrations lock";
pub const NO_SIZED_TABLES: &str = "These migrations lock no table that was there before.";
pub const MEASURED: &str = "measured";
pub const ASSUMED_SIZE: &str = "assumed";
pub const NOT_KNOWN: &str = "not known";
pub const READS_PER_SECOND: &str = "reads a second";
pub const WRITES_PER_SECOND: &str = "writes a second";

pub fn rows_of(table: &str) -> String {
    format!("Rows of {table}")
}

pub fn traffic_of(table: &str, what: &str) -> String {
    format!("{table}: {what}")
}

pub fn problem_in_sizes(line: u32, problem: &str) -> String {
    format!("Line {line}: {problem}.")
}

/// "2 s to 8 s, size measured".
pub fn by_size(range: &str, is_assumed: bool) -> String {
    format!("{range}, size {}", if is_assumed { ASSUMED_SIZE } else { MEASURED })
}

/// "assumed 1,000,000 rows".
pub fn assumed_rows(rows: &str) -> String {
    format!("{ASSUMED_SIZE} {rows} rows")
}
