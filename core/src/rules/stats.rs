//! Table sizes that the reader gives, as CSV: `relation,rows,bytes,reads_per_second,writes_per_second`.

use crate::sorted::Map;
use crate::text::decimal;

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
}

impl Stats {
    /// Reads the CSV. What cannot be read is told of in `problems`, the rest is used.
    pub fn parse(text: &str) -> Stats {
        let mut stats = Stats::default();
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((_, header)) = lines.next() else { return stats };
        let names: Vec<String> = fields(header).iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        let column = |wanted: &str| names.iter().position(|name| name == wanted);
        let (Some(relation), Some(rows)) = (column("relation"), column("rows")) else {
            stats
                .problems
                .push((1, "the first line must name the columns, at least relation and rows".to_owned()));
            return stats;
        };
        for (index, line) in lines {
            let values = fields(line);
            let text_of = |at: Option<usize>| at.and_then(|at| values.get(at)).map(|value| value.trim());
            let number = |at: Option<usize>| text_of(at).and_then(|value| decimal(value, 0));
            let Some(name) = text_of(Some(relation)).filter(|name| !name.is_empty()) else {
                stats.problems.push((index as u32 + 1, "no relation is named".to_owned()));
                continue;
            };
            let Some(count) = number(Some(rows)) else {
                stats
                    .problems
                    .push((index as u32 + 1, format!("the number of rows of {name} is not a number")));
                continue;
            };
            let name = if name.contains('.') { name.to_owned() } else { format!("public.{name}") };
            let size = Size {
                rows: count,
                bytes: number(column("bytes")),
                reads_per_second: number(column("reads_per_second")),
                writes_per_second: number(column("writes_per_second")),
            };
            stats.sizes.insert(name.replace('"', ""), size);
        }
        stats
    }

    /// The size of a table by `schema.name`.
    pub fn of(&self, relation: &str) -> Option<&Size> {
        self.sizes.get(relation)
    }
}

/// The fields of a CSV line; a field in double quotes may hold commas.
fn fields(line: &str) -> Vec<String> {
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
            ',' if !quoted => fields.push(String::new()),
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
}
