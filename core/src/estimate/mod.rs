//! How long work on data takes: its rows and bytes at the speeds that were measured on a server, as a range.
//!
//! The speeds are in `measured.rs`, which `cargo xtask calibrate` writes. Other hardware is faster or slower, and other
//! sessions want their share: so the range is from half to double of what the measurement gives.

mod measured;

use crate::locks::LockMode;
use crate::rules::{Size, grouped};
use crate::simulate::WorkKind;

/// How much faster or slower than the measured server another may be.
const UNCERTAINTY: u64 = 2;

/// What is said of a table whose size is not known.
const MILLION: u64 = 1_000_000;

/// How long something takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// At least, milliseconds.
    pub from_ms: u64,
    /// At most, milliseconds.
    pub to_ms: u64,
    /// For each million rows, as the table's size is not known.
    pub per_million_rows: bool,
    /// By a size that nobody measured.
    pub is_assumed: bool,
    /// The arithmetic, a sentence without full stop.
    pub sentence: String,
}

/// The server that was measured, and what the range means.
pub fn basis() -> String {
    format!(
        "speeds measured on {}, with the data in memory; the range is half to double, and disks may make it longer",
        measured::SERVER
    )
}

/// Rows and, where they were measured, bytes that are worked through in a second: the fastest and the slowest.
struct Speed {
    verb: &'static str,
    rows: [u64; 2],
    bytes: Option<u64>,
}

fn speed(kind: WorkKind) -> Speed {
    let same = |rows: u64| [rows, rows];
    match kind {
        WorkKind::Rewrite => Speed {
            verb: "to write anew",
            rows: same(measured::REWRITE_ROWS),
            bytes: Some(measured::REWRITE_BYTES),
        },
        WorkKind::Scan => {
            Speed { verb: "to read", rows: same(measured::SCAN_ROWS), bytes: Some(measured::SCAN_BYTES) }
        }
        WorkKind::BuildIndex => Speed {
            verb: "to sort into an index",
            rows: [measured::INDEX_NUMBER_ROWS, measured::INDEX_TEXT_ROWS],
            bytes: None,
        },
        WorkKind::ValidateForeignKey => {
            Speed { verb: "to look up", rows: same(measured::FOREIGN_KEY_ROWS), bytes: None }
        }
    }
}

/// The estimate for one piece of work on a table of that size.
pub fn of(kind: WorkKind, size: Option<&Size>) -> Estimate {
    let speed = speed(kind);
    let rows = size.map_or(MILLION, |size| size.rows);
    let [mut fast, mut slow] = speed.rows.map(|per_second| milliseconds(rows, per_second));
    let rates = match speed.rows {
        [number, text] if number != text => {
            format!("{} (numbers) or {} (texts) a second", grouped(number), grouped(text))
        }
        [rows, _] => format!("{} a second", grouped(rows)),
    };
    let mut arithmetic = format!("{} rows {} at {rates}", grouped(rows), speed.verb);
    // Wide rows are a matter of bytes, narrow ones of rows: what takes longer counts.
    if let (Some(bytes), Some(per_second)) = (size.and_then(|size| size.bytes), speed.bytes) {
        let by_bytes = milliseconds(bytes, per_second);
        if by_bytes > slow {
            (fast, slow) = (by_bytes, by_bytes);
            arithmetic = format!("{} {} at {} a second", in_bytes(bytes), speed.verb, in_bytes(per_second));
        }
    }
    let (from_ms, to_ms) = (fast / UNCERTAINTY, slow.saturating_mul(UNCERTAINTY));
    let range = range(from_ms, to_ms);
    let sentence = match size {
        Some(size) if size.is_assumed => format!("{arithmetic}, by the size assumed: {range}"),
        Some(_) => format!("{arithmetic}: {range}"),
        None => format!("for every million rows {range} ({rates})"),
    };
    let is_assumed = size.is_some_and(|size| size.is_assumed);
    Estimate { from_ms, to_ms, per_million_rows: size.is_none(), is_assumed, sentence }
}

/// How many reads and writes come in that time and wait for a lock of this mode; none where the traffic is not known.
pub fn waiting(estimate: &Estimate, mode: LockMode, size: &Size) -> Option<String> {
    let of = |per_second: Option<u64>, blocked: bool, what: &str| {
        let per_second = per_second.filter(|rate| blocked && *rate > 0)?;
        let [from, to] = [estimate.from_ms, estimate.to_ms]
            .map(|time| grouped(rounded(per_second.saturating_mul(time) / 1000)));
        Some(if from == to { format!("about {to} {what}") } else { format!("{from} to {to} {what}") })
    };
    let parts: Vec<String> = [
        of(size.reads_per_second, mode.blocks_reads(), "reads"),
        of(size.writes_per_second, mode.blocks_writes(), "writes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| format!("{} come in that time and wait", parts.join(" and ")))
}

fn milliseconds(amount: u64, per_second: u64) -> u64 {
    let exact = u128::from(amount) * 1000 / u128::from(per_second.max(1));
    u64::try_from(exact).unwrap_or(u64::MAX)
}

/// `1 s to 4 s`.
pub fn range(from_ms: u64, to_ms: u64) -> String {
    let (from, to) = (duration(from_ms), duration(to_ms));
    match to_ms {
        0..100 => "less than 0.1 s".to_owned(),
        _ if from_ms < 50 => format!("up to {to}"),
        _ if from == to => format!("about {to}"),
        _ => format!("{from} to {to}"),
    }
}

/// A time to about two digits: `0.5 s`, `12 s`, `3 min`, `2 h`.
fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    match seconds {
        0..10 => format!("{}.{} s", seconds, milliseconds % 1000 / 100),
        10..100 => format!("{seconds} s"),
        100..6000 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h", (seconds + 1800) / 3600),
    }
}

/// `3.1 GB`.
fn in_bytes(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes / (unit / 10);
    if tenths >= 100 {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

/// To two digits.
fn rounded(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(rows: u64, bytes: Option<u64>) -> Size {
        Size { rows, bytes, reads_per_second: Some(200), writes_per_second: Some(10), is_assumed: false }
    }

    #[test]
    fn the_range_is_half_to_double() {
        let rows = measured::SCAN_ROWS * 10;
        let estimate = of(WorkKind::Scan, Some(&size(rows, None)));
        assert_eq!((estimate.from_ms, estimate.to_ms), (5_000, 20_000));
        assert!(estimate.sentence.ends_with(": 5.0 s to 20 s"), "{}", estimate.sentence);
        assert!(!estimate.per_million_rows);
    }

    #[test]
    fn wide_rows_are_a_matter_of_bytes() {
        let bytes = measured::REWRITE_BYTES * 60;
        let estimate = of(WorkKind::Rewrite, Some(&size(10, Some(bytes))));
        assert_eq!((estimate.from_ms, estimate.to_ms), (30_000, 120_000));
        assert!(estimate.sentence.contains("B to write anew at "), "{}", estimate.sentence);
    }

    #[test]
    fn without_a_size_it_is_per_million_rows() {
        for kind in [WorkKind::Scan, WorkKind::ValidateForeignKey, WorkKind::BuildIndex, WorkKind::Rewrite] {
            let estimate = of(kind, None);
            assert!(estimate.per_million_rows && estimate.from_ms < estimate.to_ms);
            assert!(estimate.sentence.starts_with("for every million rows "), "{}", estimate.sentence);
        }
    }

    #[test]
    fn what_waits_follows_from_the_lock() {
        let estimate = Estimate {
            from_ms: 1_000,
            to_ms: 4_000,
            per_million_rows: false,
            is_assumed: false,
            sentence: String::new(),
        };
        let waiting = |mode| waiting(&estimate, mode, &size(1, None));
        assert_eq!(
            waiting(LockMode::AccessExclusive).as_deref(),
            Some("200 to 800 reads and 10 to 40 writes come in that time and wait")
        );
        assert_eq!(waiting(LockMode::Share).as_deref(), Some("10 to 40 writes come in that time and wait"));
        assert_eq!(waiting(LockMode::ShareUpdateExclusive), None);
    }

    #[test]
    fn figures_are_as_precise_as_they_are() {
        for (milliseconds, text) in
            [(90, "0.0 s"), (2_340, "2.3 s"), (45_600, "45 s"), (600_000, "10 min"), (7_200_000, "2 h")]
        {
            assert_eq!(duration(milliseconds), text);
        }
        for (bytes, text) in [(900_000, "900 kB"), (3_140_000_000, "3.1 GB"), (210_000_000, "210 MB")] {
            assert_eq!(in_bytes(bytes), text);
        }
        assert_eq!((rounded(1_234), rounded(99), grouped(1_234_567)), (1_200, 99, "1,234,567".to_owned()));
        assert_eq!(range(10, 50), "less than 0.1 s");
    }
}
