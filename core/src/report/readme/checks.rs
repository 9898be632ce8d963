//! SQL to run before and after, made of the names of this history, each with the result to expect.

use super::chapter::{Chapter, chapters};
use super::locking::is_felt;
use crate::Review;
use crate::report::markup::{and, code, short};
use crate::schema::{
    BaseType, Column, Constraint, ConstraintKind, Index, KeyPart, Origin, Relation, RelationKind, Schema,
    Table, TypeKind,
};
use crate::sorted::Set;
use crate::sql::{Dml, Node, quote_identifier, quote_literal};

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
}

impl<'a> Span<'a> {
    fn of(review: &'a Review) -> Option<Self> {
        let chapters = chapters(review);
        let (first, last) = (chapters.first()?.up(), chapters.last()?.up());
        Some(Span { chapters, before: &first.before.schema, after: &last.after.schema })
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

    fn tables(&self) -> impl Iterator<Item = (&'a Relation, &'a Table)> + use<'a> {
        self.after.relations().filter_map(|relation| Some((&**relation, relation.table()?)))
    }
}

/// What has to be true before the first script runs.
pub(super) fn before(review: &Review) -> Vec<Check> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let mut checks = Vec::new();
    checks.extend(assumed_relations(&span));
    checks.extend(values_missing(&span));
    checks.extend(duplicates(&span));
    checks.extend(violations(&span));
    checks
}

/// What has to be true after the last script.
pub(super) fn after(review: &Review) -> Vec<Check> {
    let Some(span) = Span::of(review) else { return Vec::new() };
    let mut checks = Vec::new();
    checks.extend(relations_exist(&span));
    checks.extend(columns_exist(&span));
    checks.extend(objects_gone(&span));
    checks.extend(constraints_valid(&span));
    checks.extend(orphans(&span));
    checks.extend(indexes_valid(&span));
    checks.extend(enum_values(&span));
    checks.extend(row_security(&span));
    checks.extend(triggers_fire(&span));
    checks.extend(rows_filled(&span));
    checks.extend(row_counts(&span));
    checks
}

/// Is there a count of rows to compare among the checks after?
pub(super) fn compares_row_counts(review: &Review) -> bool {
    Span::of(review).and_then(|span| row_counts(&span)).is_some()
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

fn assumed_relations(span: &Span) -> Option<Check> {
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
fn values_missing(span: &Span) -> Vec<Check> {
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
fn duplicates(span: &Span) -> Vec<Check> {
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
fn violations(span: &Span) -> Vec<Check> {
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

fn relations_exist(span: &Span) -> Option<Check> {
    let rows: Vec<_> = span
        .after
        .relations()
        .filter(|relation| !relation.presumed && is_permanent(relation))
        .filter(|relation| match &relation.kind {
            RelationKind::Table(_) | RelationKind::View(_) => true,
            RelationKind::Sequence(sequence) => sequence.owned_by.is_none(),
            RelationKind::Index(_) => false,
        })
        .filter(|relation| span.before.relation(relation.id).is_none_or(|old| old.name != relation.name))
        .map(|relation| format!("({})", literal(relation)))
        .collect();
    (!rows.is_empty()).then(|| Check {
        title: "New tables and views are there".to_owned(),
        sql: format!(
            "SELECT relation FROM {}\nWHERE to_regclass(relation) IS NULL;",
            values(&rows, "relation")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

/// Columns of older tables that are new or not what they were. Those of new tables come with them.
fn columns_exist(span: &Span) -> Option<Check> {
    let mut rows = Vec::new();
    for (relation, table) in
        span.tables().filter(|(relation, _)| span.is_old(relation) && is_permanent(relation))
    {
        for column in table.columns.iter().filter(|column| column.data_type.base != BaseType::Unknown) {
            let was = span.old_table(relation).and_then(|old| old.numbered(column.number));
            let is_same = was.is_some_and(|was| {
                was.name == column.name
                    && was.data_type == column.data_type
                    && was.not_null == column.not_null
            });
            if !is_same {
                rows.push(format!(
                    "({}, {}, {}, {})",
                    literal(relation),
                    quote_literal(&column.name),
                    quote_literal(&span.after.format_type(&column.data_type)),
                    column.not_null
                ));
            }
        }
    }
    (!rows.is_empty()).then(|| Check {
        title: "Columns are there, of their type, and NOT NULL where they should be".to_owned(),
        sql: format!(
            "SELECT relation, name, type, not_null FROM {}\nWHERE NOT EXISTS (\n  SELECT FROM pg_attribute\n  WHERE attrelid = to_regclass(relation) AND attname = name AND NOT attisdropped\n    AND format_type(atttypid, atttypmod) = type AND attnotnull = not_null);",
            values(&rows, "relation, name, type, not_null")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

fn objects_gone(span: &Span) -> Option<Check> {
    let is_table_or_view =
        |relation: &Relation| !matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_));
    let mut tables: Vec<String> = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    for old in span.before.relations().filter(|relation| is_table_or_view(relation)) {
        if span.after.relation_named(&old.schema, &old.name).is_none() {
            tables.push(format!("({}, NULL)", literal(old)));
            continue;
        }
        let (Some(was), Some(is)) = (old.table(), span.after.relation(old.id).and_then(|now| now.table()))
        else {
            continue;
        };
        for column in was.columns.iter().filter(|column| is.column(&column.name).is_none()) {
            columns.push(format!("({}, {})", literal(old), quote_literal(&column.name)));
        }
    }
    let rows: Vec<String> = tables.into_iter().chain(columns).collect();
    (!rows.is_empty()).then(|| Check {
        title: "What was dropped or renamed is no longer there".to_owned(),
        sql: format!(
            "SELECT relation, name FROM {}\nWHERE CASE WHEN name IS NULL THEN to_regclass(relation) IS NOT NULL\n  ELSE EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(relation) AND attname = name) END;",
            values(&rows, "relation, name")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

fn constraints_valid(span: &Span) -> Option<Check> {
    let new = new_constraints(span);
    let rows: Vec<_> = new
        .iter()
        .map(|(relation, _, constraint)| {
            format!(
                "({}, {}, {})",
                literal(relation),
                quote_literal(&constraint.name),
                constraint.validated && constraint.enforced
            )
        })
        .collect();
    let open: Vec<_> =
        new.iter().filter(|(_, _, c)| !c.validated && c.enforced).map(|(_, _, c)| code(&c.name)).collect();
    let expected = match open.as_slice() {
        [] => NO_ROWS.to_owned(),
        open => format!("{NO_ROWS} {} stay NOT VALID: no script here validates them.", and(open)),
    };
    (!rows.is_empty()).then(|| Check {
        title: "Constraints and foreign keys are there and validated".to_owned(),
        sql: format!(
            "SELECT relation, name FROM {}\nWHERE NOT EXISTS (\n  SELECT FROM pg_constraint\n  WHERE conrelid = to_regclass(relation) AND conname = name AND convalidated = validated);",
            values(&rows, "relation, name, validated")
        ),
        expected,
    })
}

/// Foreign keys that no server has checked: NOT VALID, or of tables whose triggers were off.
fn orphans(span: &Span) -> Vec<Check> {
    let unguarded: Set<_> =
        tables_with_triggers_touched(span).into_iter().map(|(relation, _)| relation).collect();
    let mut checks = Vec::new();
    for (relation, table) in span.tables() {
        for constraint in &table.constraints {
            let unchecked = constraint.enforced && !constraint.validated;
            if unchecked || unguarded.contains(&literal(relation)) {
                checks.extend(orphan_check(span, relation, table, constraint));
            }
        }
    }
    checks
}

fn indexes_valid(span: &Span) -> Option<Check> {
    let rows: Vec<_> = span
        .after
        .relations()
        .filter(|relation| {
            relation.origin == Origin::Created && relation.index().is_some_and(|index| !index.constraint)
        })
        .filter(|relation| span.before.relation(relation.id).is_none_or(|old| old.name != relation.name))
        .map(|relation| format!("({})", literal(relation)))
        .collect();
    (!rows.is_empty()).then(|| Check {
        title: "Indexes are there and valid".to_owned(),
        sql: format!(
            "SELECT name FROM {}\nWHERE NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(name) AND indisvalid);",
            values(&rows, "name")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

fn enum_values(span: &Span) -> Vec<Check> {
    let mut checks = Vec::new();
    for found in span.after.types().filter(|found| found.origin == Origin::Created) {
        let TypeKind::Enum(labels) = &found.kind else { continue };
        let was = span.before.type_named(&found.schema, &found.name);
        if was.is_some_and(|was| was.kind == found.kind) {
            continue;
        }
        let name = format!("{}.{}", quote_identifier(&found.schema), quote_identifier(&found.name));
        checks.push(Check {
            title: format!("The values of {}", code(short(&format!("{}.{}", found.schema, found.name)))),
            sql: format!("SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum\nWHERE enumtypid = {}::regtype;", quote_literal(&name)),
            expected: format!("Expected: {}.", code(&labels.iter().map(|label| label.to_string()).collect::<Vec<_>>().join(", "))),
        });
    }
    checks
}

fn row_security(span: &Span) -> Option<Check> {
    let rows: Vec<_> = span
        .tables()
        .filter(|(relation, table)| {
            let was = span.old_table(relation).map(|old| (old.row_security, old.policies.len()));
            table.row_security && was != Some((true, table.policies.len()))
        })
        .map(|(relation, table)| format!("({}, {})", literal(relation), table.policies.len()))
        .collect();
    (!rows.is_empty()).then(|| Check {
        title: "Row level security is on, with its policies".to_owned(),
        sql: format!(
            "SELECT relation, policies FROM {}\nWHERE policies IS DISTINCT FROM (\n  SELECT count(p.oid) FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid\n  WHERE c.oid = to_regclass(relation) AND c.relrowsecurity GROUP BY c.oid);",
            values(&rows, "relation, policies")
        ),
        expected: format!("{NO_ROWS} A table without a policy shows its rows to nobody but its owner."),
    })
}

/// Tables on which a script enables or disables triggers, with the statement's effect at the end.
fn tables_with_triggers_touched(span: &Span) -> Vec<(String, String)> {
    use crate::sql::Command;
    use crate::sql::command::AlterAction;
    let mut found: Vec<(String, String)> = Vec::new();
    for chapter in &span.chapters {
        for (at, statement, _) in chapter.moments() {
            let Command::AlterTable(alter) = &statement.command else { continue };
            if !alter.actions.iter().any(|action| matches!(action, AlterAction::Trigger { .. })) {
                continue;
            }
            if let Some(relation) = chapter.relation(at, &alter.name)
                && !found.iter().any(|(name, _)| *name == literal(relation))
            {
                found.push((literal(relation), short(&relation.display_name()).to_owned()));
            }
        }
    }
    found
}

fn triggers_fire(span: &Span) -> Option<Check> {
    let touched = tables_with_triggers_touched(span);
    let rows: Vec<_> = touched.iter().map(|(literal, _)| format!("({literal})")).collect();
    (!rows.is_empty()).then(|| Check {
        title: "Triggers are enabled again".to_owned(),
        sql: format!(
            "SELECT relation, tgname FROM {}\nJOIN pg_trigger ON tgrelid = to_regclass(relation)\nWHERE tgenabled = 'D';",
            values(&rows, "relation")
        ),
        expected: format!("{NO_ROWS} The triggers named RI\\_ConstraintTrigger… are those of foreign keys."),
    })
}

/// Columns that an UPDATE fills where they are NULL, and that may still be NULL at the end.
fn rows_filled(span: &Span) -> Vec<Check> {
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
fn row_counts(span: &Span) -> Option<Check> {
    let mut parts = Vec::new();
    for (relation, table) in span.tables().filter(|(relation, _)| is_permanent(relation)) {
        let (mut adds, mut removes) = (Vec::new(), Vec::new());
        for chapter in &span.chapters {
            for (at, dml, _) in chapter.data_changes() {
                if chapter.relation(at, dml.table()).is_none_or(|changed| changed.id != relation.id) {
                    continue;
                }
                let version = &chapter.migration().version;
                let list = match dml {
                    Dml::Insert { .. } | Dml::Merge { .. } => &mut adds,
                    Dml::Delete { .. } => &mut removes,
                    Dml::Update { .. } => continue,
                };
                if !list.contains(version) {
                    list.push(version.clone());
                }
            }
        }
        let is_old = span.is_old(relation);
        let is_changed = span.before.relation(relation.id).is_none_or(|old| old.table() != Some(table));
        if adds.is_empty() && removes.is_empty() && !(is_old && is_changed && is_felt(table.rows)) {
            continue;
        }
        let mut expected = if is_old { "as before".to_owned() } else { String::new() };
        if !adds.is_empty() {
            let more = if is_old { ", plus the rows that" } else { "the rows that" };
            expected += &format!("{more} {} inserts", and(&adds));
        }
        if !removes.is_empty() {
            expected += &format!(", less the rows that {} deletes", and(&removes));
        }
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
