//! A data change in batches by key, each in a transaction of its own: a DO block that commits.

use std::fmt::Write;

use crate::schema::{Id, Schema};
use crate::sorted;
use crate::sql::{Name, quote_identifier};

/// How many rows a batch holds: each takes well below a second on ordinary hardware.
const ROWS: u32 = 5000;

/// What is changed.
pub(super) struct Change<'a> {
    /// The table as the statement writes it.
    pub table: &'a str,
    /// What the statement calls its rows: the alias, or the table's own name.
    pub rows: &'a str,
    /// The columns of a unique key.
    pub key: &'a [Name],
    /// The statement without WHERE.
    pub statement: &'a str,
    /// Its condition.
    pub condition: Option<&'a str>,
}

/// The columns of a key that identifies and orders the rows of a table: its primary key, or a unique index on columns
/// that hold no NULL.
pub(super) fn key_of(schema: &Schema, table: Id) -> Option<Vec<Name>> {
    let columns = schema.relation(table)?.table()?;
    let primary = columns.primary_key();
    let mut indexes: Vec<_> = schema
        .indexes_of(table)
        .filter(|(_, index)| {
            index.unique && index.valid && index.predicate.is_none() && &*index.method == "btree"
        })
        .collect();
    sorted::sort_by_key(&mut indexes, |(relation, _)| Some(relation.id) != primary);
    indexes.iter().find_map(|(_, index)| {
        let numbers = index.key_columns()?;
        let is_set = |number: &i16| columns.numbered(*number).is_some_and(|column| column.not_null);
        numbers
            .iter()
            .all(is_set)
            .then(|| numbers.iter().map(|number| columns.column_name(*number)).collect())
    })
}

/// The DO block.
pub(super) fn block(change: &Change) -> String {
    let Change { table, rows, key, statement, condition } = *change;
    let keys: Vec<String> = key.iter().map(|column| quote_identifier(column)).collect();
    let numbered = |name: &str, index: usize| {
        if key.len() == 1 { format!("batch_{name}") } else { format!("batch_{name}_{}", index + 1) }
    };
    let variables = |name: &str| (0..key.len()).map(|index| numbered(name, index)).collect::<Vec<_>>();
    let (low, high) = (variables("low"), variables("high"));
    let of =
        |alias: &str| keys.iter().map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", ");
    let tuple = |list: &str| if key.len() == 1 { list.to_owned() } else { format!("({list})") };
    let (low_list, high_list) = (low.join(", "), high.join(", "));
    let descending = keys.iter().map(|column| format!("batch.{column} DESC")).collect::<Vec<_>>().join(", ");
    let mut text = String::from("DO $batches$\nDECLARE\n");
    for (column, variable) in keys.iter().cycle().zip(low.iter().chain(&high)) {
        let _ = writeln!(text, "    {variable} {table}.{column}%TYPE;");
    }
    text += "    batch_rows bigint;\n    all_rows bigint := 0;\nBEGIN\n";
    let _ = writeln!(
        text,
        "    SELECT {} INTO {low_list} FROM {table} AS source ORDER BY {} LIMIT 1;",
        of("source"),
        of("source")
    );
    let _ = writeln!(text, "    WHILE {} IS NOT NULL LOOP", low[0]);
    let _ = writeln!(text, "        SELECT {} INTO {high_list}", of("batch"));
    let _ = writeln!(
        text,
        "        FROM (SELECT {} FROM {table} AS source WHERE {} >= {} ORDER BY {} LIMIT {ROWS}) AS batch",
        of("source"),
        tuple(&of("source")),
        tuple(&low_list),
        of("source")
    );
    let _ = writeln!(text, "        ORDER BY {descending} LIMIT 1;");
    let _ = writeln!(text, "        {}", statement.replace('\n', "\n        "));
    let _ = write!(
        text,
        "        WHERE {} >= {} AND {} <= {}",
        tuple(&of(rows)),
        tuple(&low_list),
        tuple(&of(rows)),
        tuple(&high_list)
    );
    if let Some(condition) = condition {
        let _ = write!(text, "\n          AND ({condition})");
    }
    text += ";\n        GET DIAGNOSTICS batch_rows = ROW_COUNT;\n        all_rows := all_rows + batch_rows;\n        COMMIT;\n";
    let percents = vec!["%"; key.len()].join(", ");
    let _ = writeln!(text, "        RAISE NOTICE '% rows so far, up to {percents}', all_rows, {high_list};");
    let _ = writeln!(
        text,
        "        SELECT {} INTO {low_list} FROM {table} AS source WHERE {} > {} ORDER BY {} LIMIT 1;",
        of("source"),
        tuple(&of("source")),
        tuple(&high_list),
        of("source")
    );
    text += "    END LOOP;\nEND\n$batches$";
    text
}
