//! SQL to run before and after, made of the names of this history, each with the result to expect.

mod after;
mod before;
mod rows;

use std::sync::Arc;

use super::chapter::{Chapter, chapters};
use crate::Review;
use crate::report::markup::{and_more, code, count, short};
use crate::schema::{Column, Constraint, ConstraintKind, Origin, Relation, Schema, Table};
use crate::sql::{quote_identifier, quote_literal};

/// A query and what it has to give.
pub(super) struct Check {
    pub title: String,
    pub sql: String,
    /// A sentence, in Markdown.
    pub expected: String,
}

/// The catalog before the first and after the last migration under review.
struct Span<'a> {
    chapters: Vec<Chapter<'a>>,
    before: &'a Schema,
    after: &'a Schema,
    /// After the way back: what was before is there again.
    is_back: bool,
}

impl<'a> Span<'a> {
    fn of(review: &'a Review) -> Option<Self> {
        let chapters = chapters(review);
        let (first, last) = (chapters.first()?.up(), chapters.last()?.up());
        Some(Span { chapters, before: &first.before.schema, after: &last.after.schema, is_back: false })
    }

    /// The way back: from the catalog after the last migration to the one before the first.
    fn back(review: &'a Review) -> Option<Self> {
        let span = Span::of(review)?;
        Some(Span { before: span.after, after: span.before, is_back: true, ..span })
    }

    /// The words for the way there, or for the way back.
    fn said(&self, there: &'static str, back: &'static str) -> &'static str {
        if self.is_back { back } else { there }
    }

    /// The table as it was before; none when these migrations created it.
    fn old_table(&self, relation: &Relation) -> Option<&'a Table> {
        self.before.relation(relation.id).and_then(|old| old.table())
    }

    fn is_old(&self, relation: &Relation) -> bool {
        relation.presumed || self.before.relation(relation.id).is_some()
    }

    /// Was the column there before?
    fn is_old_column(&self, relation: &Relation, column: &Column) -> bool {
        column.origin == Origin::Assumed
            || self.old_table(relation).is_some_and(|table| table.numbered(column.number).is_some())
    }

    /// Did these migrations make the table another one, or give it an index?
    fn is_changed(&self, relation: &Relation) -> bool {
        let Some(table) = relation.table() else { return false };
        let has_new = |created: bool| {
            created && !relation.presumed || {
                let indexes = self.after.indexes_of(relation.id);
                indexes
                    .into_iter()
                    .any(|(index, _)| !index.presumed && self.before.relation(index.id).is_none())
            }
        };
        match self.old_table(relation) {
            Some(old) => has_new(false) || old != table,
            None => {
                let is_own = |column: &Column| column.origin == Origin::Created;
                has_new(true) || !table.constraints.is_empty() || table.columns.iter().any(is_own)
            }
        }
    }

    fn tables(&self) -> impl Iterator<Item = (&'a Relation, &'a Table)> + use<'a> {
        self.after.relations().filter_map(|relation| Some((&**relation, relation.table()?)))
    }
}

/// What has to be true before the first script runs.
pub(super) fn before(review: &Review) -> Vec<Check> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let mut checks = Vec::new();
    checks.extend(before::assumed_relations(&span));
    checks.extend(before::values_missing(&span));
    checks.extend(before::duplicates(&span));
    checks.extend(before::violations(&span));
    checks
}

/// What has to be true after the last script.
pub(super) fn after(review: &Review) -> Vec<Check> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let mut checks = catalog(&span);
    checks.extend(after::orphans(&span));
    checks.extend(after::enum_values(&span));
    checks.extend(after::row_security(&span));
    checks.extend(after::triggers_fire(&span));
    checks.extend(rows::filled(&span));
    checks.extend(rows::counts(&span));
    checks
}

/// What has to be true when all of it is rolled back.
pub(super) fn after_rollback(review: &Review) -> Vec<Check> {
    Span::back(review).map_or_else(Vec::new, |span| catalog(&span))
}

/// Which tables there are new, changed, gone, and only relied on; a line each.
pub(super) fn tables(review: &Review) -> Vec<String> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let name = |relation: &Relation| code(short(&relation.display_name()));
    let (mut new, mut changed, mut used) = (Vec::new(), Vec::new(), Vec::new());
    for (relation, _) in span.tables() {
        let is_old = span.is_old(relation);
        match (is_old, span.is_changed(relation)) {
            (false, _) => new.push(name(relation)),
            (true, true) => changed.push(name(relation)),
            (true, false) if relation.presumed && span.old_table(relation).is_none() => {
                used.push(name(relation));
            }
            (true, false) => {}
        }
    }
    let is_gone =
        |relation: &&Arc<Relation>| relation.table().is_some() && span.after.relation(relation.id).is_none();
    let gone: Vec<String> = span.before.relations().filter(is_gone).map(|relation| name(relation)).collect();
    let told = |(what, names): (&str, Vec<String>)| {
        let tables = count(names.len(), "table", "tables");
        (!names.is_empty()).then(|| format!("{what}: {tables}, {}.", and_more(&names, NAMED)))
    };
    [("New", new), ("Changed", changed), ("Gone", gone), ("Used as they are", used)]
        .into_iter()
        .filter_map(told)
        .collect()
}

/// More tables than these are not named.
const NAMED: usize = 12;

/// psql's commands that save what the way back destroys.
pub(super) fn copies(review: &Review) -> Vec<String> {
    Span::of(review).map_or_else(Vec::new, |span| rows::copies(&span))
}

/// What the catalog has to hold, and what not.
fn catalog(span: &Span) -> Vec<Check> {
    let checks = [
        after::relations_exist(span),
        after::columns_exist(span),
        after::objects_gone(span),
        after::constraints_valid(span),
        after::indexes_valid(span),
    ];
    checks.into_iter().flatten().collect()
}

/// Is there a count of rows to compare among the checks after?
pub(super) fn compares_row_counts(review: &Review) -> bool {
    Span::of(review).and_then(|span| rows::counts(&span)).is_some()
}

const NO_ROWS: &str = "Expected: no rows.";

fn qualified(relation: &Relation) -> String {
    format!("{}.{}", quote_identifier(&relation.schema), quote_identifier(&relation.name))
}

/// The relation's qualified name as a literal of SQL.
pub(super) fn literal(relation: &Relation) -> String {
    quote_literal(&qualified(relation))
}

/// `(VALUES …) AS wanted(columns)`, a row a line.
fn values(rows: &[String], columns: &str) -> String {
    format!("(VALUES\n  {}\n) AS wanted({columns})", rows.join(",\n  "))
}

fn is_permanent(relation: &Relation) -> bool {
    relation.persistence != crate::sql::command::Persistence::Temporary
}

/// Constraints, but for NOT NULL, that were not there before.
fn new_constraints<'a>(span: &Span<'a>) -> Vec<(&'a Relation, &'a Table, &'a Constraint)> {
    let mut found = Vec::new();
    for (relation, table) in span.tables().filter(|(relation, _)| is_permanent(relation)) {
        let old = span.old_table(relation);
        for constraint in &table.constraints {
            let was = old.and_then(|old| old.constraint(&constraint.name));
            if !matches!(constraint.kind, ConstraintKind::NotNull(_))
                && was != Some(constraint)
                && !constraint.inherited
            {
                found.push((relation, table, constraint));
            }
        }
    }
    found
}

fn orphan_check(span: &Span, relation: &Relation, table: &Table, constraint: &Constraint) -> Option<Check> {
    let ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
    let parent = span.after.relation(key.references)?;
    let parent_table = parent.table()?;
    let pairs: Vec<(String, String)> = key
        .columns
        .iter()
        .zip(&key.referenced_columns)
        .map(|(own, other)| {
            (quote_identifier(&table.column_name(*own)), quote_identifier(&parent_table.column_name(*other)))
        })
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let given: Vec<_> = pairs.iter().map(|(own, _)| format!("child.{own} IS NOT NULL")).collect();
    let matching: Vec<_> = pairs.iter().map(|(own, other)| format!("parent.{other} = child.{own}")).collect();
    Some(Check {
        title: format!(
            "Every row of {} finds its row in {}",
            code(short(&relation.display_name())),
            code(short(&parent.display_name()))
        ),
        sql: format!(
            "SELECT count(*) FROM {} AS child\nWHERE {}\n  AND NOT EXISTS (SELECT FROM {} AS parent WHERE {});",
            qualified(relation),
            given.join(" AND "),
            qualified(parent),
            matching.join(" AND ")
        ),
        expected: format!("Expected: 0; {} demands it.", code(&constraint.name)),
    })
}

/// The statements that validate what the scripts leave NOT VALID.
pub(super) fn still_to_validate(review: &Review) -> Vec<String> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let open = new_constraints(&span)
        .into_iter()
        .filter(|(_, _, constraint)| constraint.enforced && !constraint.validated);
    open.map(|(relation, _, constraint)| {
        format!(
            "ALTER TABLE {} VALIDATE CONSTRAINT {};",
            relation.sql_name(),
            quote_identifier(&constraint.name)
        )
    })
    .collect()
}
