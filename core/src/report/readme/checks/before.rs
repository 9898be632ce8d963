//! What has to be true of the tables that are there, before the first script runs.

use super::{Check, NO_ROWS, Span, literal, new_constraints, orphan_check, qualified, values};
use crate::report::markup::{code, short};
use crate::schema::{ConstraintKind, Index, KeyPart, Origin, Table};
use crate::sorted::Set;
use crate::sql::{Dml, quote_identifier};

pub(super) fn assumed_relations(span: &Span) -> Option<Check> {
    let mut rows: Set<String> = Set::default();
    for run in span.chapters.iter().map(|chapter| chapter.up()) {
        for relation in run.after.schema.relations() {
            if relation.presumed && span.before.relation(relation.id).is_none() {
                rows.insert(format!("({})", literal(relation)));
            }
        }
    }
    if rows.is_empty() {
        return None;
    }
    let rows: Vec<_> = rows.into_iter().collect();
    Some(Check {
        title: "What the scripts use and do not create is there".to_owned(),
        sql: format!(
            "SELECT relation FROM {}\nWHERE to_regclass(relation) IS NULL;",
            values(&rows, "relation")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

/// Columns that become NOT NULL: rows without a value. Not where the scripts fill them first.
pub(super) fn values_missing(span: &Span) -> Vec<Check> {
    let filled = filled_columns(span);
    let mut checks = Vec::new();
    for (relation, table) in span.tables().filter(|(relation, _)| span.is_old(relation)) {
        for column in
            table.columns.iter().filter(|column| column.not_null && span.is_old_column(relation, column))
        {
            let was = span.old_table(relation).and_then(|old| old.numbered(column.number));
            let is_new = was.is_none_or(|was| !was.not_null);
            let is_filled = filled.contains(&(relation.display_name(), column.name.to_string()));
            if !is_new || is_filled || column.origin == Origin::Assumed && was.is_some() {
                continue;
            }
            let name = quote_identifier(&column.name);
            checks.push(Check {
                title: format!(
                    "Every row of {} has a value in {}",
                    code(short(&relation.display_name())),
                    code(&column.name)
                ),
                sql: format!("SELECT count(*) FROM {} WHERE {name} IS NULL;", qualified(relation)),
                expected:
                    "Expected: 0; it becomes NOT NULL, and one row without a value stops the migration."
                        .to_owned(),
            });
        }
    }
    checks
}

/// Columns that an UPDATE of these migrations sets.
fn filled_columns(span: &Span) -> Set<(String, String)> {
    let mut filled = Set::default();
    for chapter in &span.chapters {
        for (at, dml, _) in chapter.data_changes() {
            if let Dml::Update { table, assignments, .. } = dml
                && let Some(relation) = chapter.relation(at, table)
            {
                filled.extend(
                    assignments.iter().map(|(column, _)| (relation.display_name(), column.to_string())),
                );
            }
        }
    }
    filled
}

/// New unique indexes over rows that are there: rows that are equal.
pub(super) fn duplicates(span: &Span) -> Vec<Check> {
    let mut checks = Vec::new();
    for relation in span.after.relations() {
        let Some(index) = relation.index() else { continue };
        let Some((table_relation, table)) =
            span.after.relation(index.table).and_then(|r| Some((r, r.table()?)))
        else {
            continue;
        };
        let is_new = relation.origin == Origin::Created && span.before.relation(relation.id).is_none();
        let uses_old_columns = table
            .columns
            .iter()
            .filter(|column| index.uses(column.number))
            .all(|column| span.is_old_column(table_relation, column));
        if !index.unique
            || !is_new
            || !uses_old_columns
            || !span.is_old(table_relation)
            || index.method.as_ref() != "btree"
        {
            continue;
        }
        let keys = keys(index, table);
        let present: Vec<_> = keys
            .iter()
            .filter(|_| !index.nulls_not_distinct)
            .map(|key| format!("{key} IS NOT NULL"))
            .collect();
        let predicate = index.predicate.iter().map(|(condition, _)| format!("({})", condition.sql));
        let conditions: Vec<_> = predicate.chain(present).collect();
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!("\nWHERE {}", conditions.join(" AND "))
        };
        let list = keys.join(", ");
        checks.push(Check {
            title: format!(
                "No two rows of {} are equal in {}",
                code(short(&table_relation.display_name())),
                code(&list)
            ),
            sql: format!(
                "SELECT {list}, count(*) FROM {}{filter}\nGROUP BY {list} HAVING count(*) > 1;",
                qualified(table_relation)
            ),
            expected: format!("Expected: no rows; {} is unique.", code(&relation.name)),
        });
    }
    checks
}

fn keys(index: &Index, table: &Table) -> Vec<String> {
    index
        .keys
        .iter()
        .map(|key| match &key.part {
            KeyPart::Column(number) => quote_identifier(&table.column_name(*number)),
            KeyPart::Expression(expression, _) => format!("({})", expression.sql),
        })
        .collect()
}

/// New checks and foreign keys over rows that are there: rows that violate them.
pub(super) fn violations(span: &Span) -> Vec<Check> {
    let mut checks = Vec::new();
    for (relation, table, constraint) in new_constraints(span) {
        let concerns_old = span.is_old(relation)
            && constraint
                .kind
                .own_columns()
                .iter()
                .filter_map(|number| table.numbered(*number))
                .all(|column| span.is_old_column(relation, column));
        if !concerns_old || !constraint.enforced {
            continue;
        }
        match &constraint.kind {
            ConstraintKind::Check(condition, _) => checks.push(Check {
                title: format!(
                    "No row of {} violates {}",
                    code(short(&relation.display_name())),
                    code(&constraint.name)
                ),
                sql: format!("SELECT count(*) FROM {} WHERE NOT ({});", qualified(relation), condition.sql),
                expected: "Expected: 0.".to_owned(),
            }),
            ConstraintKind::ForeignKey(key) => {
                let referenced = span.after.relation(key.references);
                if referenced.is_some_and(|referenced| span.is_old(referenced)) {
                    checks.extend(orphan_check(span, relation, table, constraint));
                }
            }
            _ => {}
        }
    }
    checks
}
