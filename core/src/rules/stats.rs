//! Table sizes that the reader gives, as CSV: `relation,rows,bytes,reads_per_second,writes_per_second`.

use std::fmt::Write;

use super::grouped;
use crate::sorted::Map;
use crate::text::decimal;

/// The query whose result the sizes are. It reads the catalog and the statistics of a server, nothing else.
pub const SIZES_QUERY: &str = "\
SELECT n.nspname || '.' || c.relname AS relation,
       GREATEST(c.reltuples, s.n_live_tup, 0)::bigint AS rows,
       pg_table_size(c.oid) AS bytes,
       ((s.seq_scan + COALESCE(s.idx_scan, 0)) / d.seconds)::bigint AS reads_per_second,
       ((s.n_tup_ins + s.n_tup_upd + s.n_tup_del) / d.seconds)::bigint AS writes_per_second
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_stat_all_tables AS s ON s.relid = c.oid
-- Statistics that were never reset do not say since when they count.
CROSS JOIN (SELECT NULLIF(EXTRACT(epoch FROM now() - stats_reset), 0) AS seconds
            FROM pg_stat_database WHERE datname = current_database()) AS d
WHERE c.relkind IN ('r', 'm')
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY rows DESC;
";

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 6] = ["relation", "rows", "bytes", "reads_per_second", "writes_per_second", ASSUMED];

/// The column that says of a table that nobody measured it, and its value where that is so.
const ASSUMED: &str = "assumed";

/// The sizes of tables, by `schema.name`.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    sizes: Map<String, Size>,
    /// Lines that could not be read: number (from 1) and why.
    pub problems: Vec<(u32, String)>,
}

/// The size of one table, and its traffic. Of these only the rows decide anything; the others tell how long work takes
/// and who waits meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Rows.
    pub rows: u64,
    /// Bytes on disk, without indexes.
    pub bytes: Option<u64>,
    /// Reads a second.
    pub reads_per_second: Option<u64>,
    /// Writes a second.
    pub writes_per_second: Option<u64>,
    /// Is it a guess of the reader's? Or else it was measured.
    pub is_assumed: bool,
}

impl Size {
    /// "about 12,000 rows".
    pub fn rows_in_words(&self) -> String {
        format!("{} {} rows", if self.is_assumed { ASSUMED } else { "about" }, grouped(self.rows))
    }
}

impl Stats {
    /// Reads the CSV, or the same as other programs show it: with tabs between its columns, or as psql draws it. What cannot
    /// be read is told of in `problems`, the rest is used.
    pub fn parse(text: &str) -> Stats {
        let mut stats = Stats::default();
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((_, header)) = lines.next() else { return stats };
        let separator = ['\t', '|'].into_iter().find(|separator| header.contains(*separator)).unwrap_or(',');
        let is_drawn = |line: &str| {
            separator == '|' && (line.starts_with("--") || line.starts_with('(') && line.ends_with(')'))
        };
        let names: Vec<String> =
            fields(header, separator).iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        let places = COLUMNS.map(|wanted| names.iter().position(|name| name == wanted));
        let [Some(_), Some(_), ..] = places else {
            stats
                .problems
                .push((1, "the first line must name the columns, at least relation and rows".to_owned()));
            return stats;
        };
        for (index, line) in lines.filter(|(_, line)| !is_drawn(line.trim())) {
            let values = fields(line, separator);
            let [name, rows, bytes, reads, writes, assumed] =
                places.map(|at| at.and_then(|at| values.get(at)).map_or("", |value| value.trim()));
            if name.is_empty() {
                stats.problems.push((index as u32 + 1, "no relation is named".to_owned()));
                continue;
            }
            let Some(rows) = decimal(rows, 0) else {
                stats
                    .problems
                    .push((index as u32 + 1, format!("the number of rows of {name} is not a number")));
                continue;
            };
            let name = if name.contains('.') { name.to_owned() } else { format!("public.{name}") };
            let [bytes, reads_per_second, writes_per_second] =
                [bytes, reads, writes].map(|number| decimal(number, 0));
            let size =
                Size { rows, bytes, reads_per_second, writes_per_second, is_assumed: assumed == ASSUMED };
            stats.sizes.insert(name.replace('"', ""), size);
        }
        stats
    }

    /// The size of a table by `schema.name`.
    pub fn of(&self, relation: &str) -> Option<&Size> {
        self.sizes.get(relation)
    }

    /// Sets the size of a table, or forgets it.
    pub fn set(&mut self, relation: &str, size: Option<Size>) {
        match size {
            Some(size) => drop(self.sizes.insert(relation.to_owned(), size)),
            None => drop(self.sizes.remove(relation)),
        }
    }

    /// The CSV; empty where no size is known.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        for (relation, size) in self.sizes.iter() {
            if out.is_empty() {
                out = COLUMNS.join(",") + "\n";
            }
            let is_plain = !relation.contains([',', '\n']);
            let relation = if is_plain { relation.clone() } else { format!("\"{relation}\"") };
            let _ = write!(out, "{relation},{}", size.rows);
            for number in [size.bytes, size.reads_per_second, size.writes_per_second] {
                out.push(',');
                if let Some(number) = number {
                    let _ = write!(out, "{number}");
                }
            }
            out += if size.is_assumed { ",assumed\n" } else { ",\n" };
        }
        out
    }
}

/// The fields of a line; a field in double quotes may hold the separator.
fn fields(line: &str, separator: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(field) = fields.last_mut() {
                    field.push('"');
                }
            }
            '"' => quoted = !quoted,
            _ if c == separator && !quoted => fields.push(String::new()),
            other => {
                if let Some(field) = fields.last_mut() {
                    field.push(other);
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_faults_told() {
        let stats =
            Stats::parse("relation,rows,bytes\norders,12000000,\n\"public.tags\",40,8192\nbad,many,\n");
        assert_eq!(stats.of("public.orders").map(|size| size.rows), Some(12_000_000));
        assert_eq!(stats.of("public.tags").map(|size| size.rows), Some(40));
        assert_eq!(stats.problems.len(), 1);
        assert_eq!(Stats::parse("a,b\n1,2").problems.len(), 1);
    }

    #[test]
    fn what_other_programs_show_is_read() {
        let drawn = "   relation    | rows  |  bytes  | reads_per_second \n---------------+-------+---------+---\n \
                     public.orders | 50000 | 2244608 |                1\n public.tags   |     7 |       0 |\n(2 rows)\n";
        for text in [drawn, "relation\trows\tbytes\npublic.orders\t50000\t2244608\npublic.tags\t7\t\n"] {
            let stats = Stats::parse(text);
            assert_eq!(stats.problems, [], "{text}");
            let orders = stats.of("public.orders").unwrap();
            assert_eq!((orders.rows, orders.bytes, orders.is_assumed), (50_000, Some(2_244_608), false));
            assert_eq!(stats.of("public.tags").map(|size| size.rows), Some(7));
        }
    }

    #[test]
    fn what_is_assumed_comes_back_so() {
        let mut stats = Stats::parse("relation,rows,bytes\n\"public.a,b\",5,70\n");
        let guess = Size { rows: 2_000_000, writes_per_second: Some(9), is_assumed: true, ..Size::default() };
        stats.set("public.orders", Some(guess));
        let text = stats.csv();
        assert_eq!(
            text,
            "relation,rows,bytes,reads_per_second,writes_per_second,assumed\n\
             \"public.a,b\",5,70,,,\npublic.orders,2000000,,,9,assumed\n"
        );
        let mut again = Stats::parse(&text);
        assert_eq!(again.of("public.orders"), Some(&guess));
        assert_eq!(guess.rows_in_words(), "assumed 2,000,000 rows");
        again.set("public.orders", None);
        again.set("public.a,b", None);
        assert_eq!(again.csv(), "");
    }

    #[test]
    fn the_query_names_the_columns() {
        assert!(COLUMNS[..5].iter().all(|column| SIZES_QUERY.contains(&format!("AS {column}"))));
    }
}
