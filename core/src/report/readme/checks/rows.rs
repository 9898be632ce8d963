//! Which rows there have to be after the last script.

use super::{Check, Span, is_permanent, qualified};
use crate::report::markup::{and, code, short};
use crate::report::readme::locking::is_felt;
use crate::schema::{Column, Origin, Relation, Table};
use crate::sorted::Set;
use crate::sql::{Command, Dml, Node, Select, quote_identifier, quote_literal};

/// Columns that an UPDATE fills where they are NULL, and that may still be NULL at the end.
pub(super) fn filled(span: &Span) -> Vec<Check> {
    let mut seen = Set::default();
    let mut checks = Vec::new();
    for chapter in &span.chapters {
        for (at, dml, _) in chapter.data_changes() {
            let Dml::Update { table, assignments, condition: Some(condition), .. } = dml else { continue };
            let Some(relation) = chapter.relation(at, table) else { continue };
            let Some(now) = span.after.relation(relation.id) else { continue };
            for (column, _) in assignments.iter().filter(|(column, _)| asks_for_null(condition, column)) {
                let may_be_null =
                    now.table().and_then(|table| table.column(column)).is_some_and(|column| !column.not_null);
                if may_be_null && seen.insert((now.id, column.clone())) {
                    checks.push(Check {
                        title: format!(
                            "{} is filled",
                            code(&format!("{}.{column}", short(&now.display_name())))
                        ),
                        sql: format!(
                            "SELECT count(*) FROM {} WHERE {} IS NULL;",
                            qualified(now),
                            quote_identifier(column)
                        ),
                        expected: format!("Expected: 0 after {}.", chapter.label()),
                    });
                }
            }
        }
    }
    checks
}

/// Is the condition nothing but `column IS NULL`?
fn asks_for_null(condition: &Node, column: &str) -> bool {
    match condition {
        Node::IsNull { operand, negated: false } => {
            matches!(&**operand, Node::Column(path, _) if path.last().is_some_and(|last| **last == *column))
        }
        _ => false,
    }
}

/// The rows of the tables that were there, or that the scripts fill.
pub(super) fn counts(span: &Span) -> Option<Check> {
    let mut parts = Vec::new();
    for (relation, table) in span.tables().filter(|(relation, _)| is_permanent(relation)) {
        let is_old = span.is_old(relation);
        let expected = match change_of(span, relation) {
            Change::None if is_old && span.is_changed(relation) && is_felt(table.rows) => {
                "as before".to_owned()
            }
            Change::None => continue,
            Change::Adds(number) if is_old => format!("as before, plus {number}"),
            Change::Adds(number) => number.to_string(),
            Change::Described(how) if is_old => format!("as before, {how}"),
            Change::Described(how) => how.trim_start_matches("plus ").to_owned(),
        };
        parts.push(format!(
            "SELECT {} AS relation, count(*) AS rows, {} AS expected FROM {}",
            quote_literal(short(&relation.display_name())),
            quote_literal(&expected),
            qualified(relation)
        ));
    }
    (!parts.is_empty()).then(|| Check {
        title: "Row counts".to_owned(),
        sql: format!("{};", parts.join("\nUNION ALL\n")),
        expected: "Expected: what its third column says, compared with the counts from before.".to_owned(),
    })
}

/// What the scripts do to the number of a table's rows.
enum Change {
    None,
    /// They write so many out.
    Adds(usize),
    /// In words.
    Described(String),
}

fn change_of(span: &Span, relation: &Relation) -> Change {
    let (mut adds, mut removes) = (Vec::new(), Vec::new());
    let mut written_out = Some(0);
    for chapter in &span.chapters {
        let name = chapter.label().replace('`', "");
        let note = |list: &mut Vec<String>| {
            if !list.contains(&name) {
                list.push(name.clone());
            }
        };
        for (at, dml, is_inner) in chapter.data_changes() {
            if chapter.relation(at, dml.table()).is_none_or(|changed| changed.id != relation.id) {
                continue;
            }
            match dml {
                Dml::Insert { source, on_conflict, .. } => {
                    let rows = match source.as_ref().map(|query| &query.select) {
                        Some(Select::Values(rows)) => rows.len(),
                        Some(_) => 0,
                        None => 1,
                    };
                    let is_known = rows > 0 && !is_inner && on_conflict.is_none();
                    written_out = written_out.filter(|_| is_known).map(|sum| sum + rows);
                    note(&mut adds);
                }
                Dml::Merge { .. } => {
                    written_out = None;
                    note(&mut adds);
                }
                Dml::Delete { .. } => note(&mut removes),
                Dml::Update { .. } => {}
            }
        }
        for (at, statement, _) in chapter.moments() {
            if let Command::Truncate(truncate) = &statement.command
                && truncate.tables.iter().any(|(table, _)| {
                    chapter.relation(at, table).is_some_and(|emptied| emptied.id == relation.id)
                })
            {
                note(&mut removes);
            }
        }
    }
    // One inserts, several insert.
    let s = |names: &[String]| if names.len() == 1 { "s" } else { "" };
    match (adds.as_slice(), removes.as_slice(), written_out) {
        ([], [], _) => Change::None,
        (_, [], Some(number)) => Change::Adds(number),
        (adds, removes, _) => {
            let mut how = Vec::new();
            if !adds.is_empty() {
                how.push(format!("plus the rows that {} insert{}", and(adds), s(adds)));
            }
            if !removes.is_empty() {
                how.push(format!("less the rows that {} delete{}", and(removes), s(removes)));
            }
            Change::Described(how.join(", "))
        }
    }
}

/// psql's commands that save every table of which the way back takes rows or values: new ones, and those with new columns.
pub(super) fn copies(span: &Span) -> Vec<String> {
    let loses = |relation: &Relation, table: &Table| match span.old_table(relation) {
        Some(old) => {
            let is_new = |column: &Column| {
                column.origin == Origin::Created
                    && column.generated.is_none()
                    && old.numbered(column.number).is_none()
            };
            table.columns.iter().any(is_new)
        }
        None => !relation.presumed || table.columns.iter().any(|column| column.origin == Origin::Created),
    };
    let lost = span.tables().filter(|(relation, table)| {
        is_permanent(relation) && table.parents.is_empty() && loses(relation, table)
    });
    lost.map(|(relation, _)| {
        let file: String = relation.name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        format!("\\copy (SELECT * FROM {}) TO '{file}.csv' WITH (FORMAT csv, HEADER)", qualified(relation))
    })
    .collect()
}
