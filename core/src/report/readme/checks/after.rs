//! What the catalog has to hold after the last script, or after the way back.

use super::{Check, NO_ROWS, Span, is_permanent, literal, new_constraints, orphan_check, values};
use crate::report::markup::{and, code, short};
use crate::schema::{BaseType, Column, Origin, Relation, RelationKind, TypeKind};
use crate::sorted::Set;
use crate::sql::command::AlterAction;
use crate::sql::{Command, quote_identifier, quote_literal};

pub(super) fn relations_exist(span: &Span) -> Option<Check> {
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
        title: span.said("New tables and views are there", "Tables and views are back").to_owned(),
        sql: format!(
            "SELECT relation FROM {}\nWHERE to_regclass(relation) IS NULL;",
            values(&rows, "relation")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

/// Columns of older tables that are new or not what they were. Those of new tables come with them.
pub(super) fn columns_exist(span: &Span) -> Option<Check> {
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
        title: span
            .said("Columns are there, of their type, and NOT NULL where they should be", "Columns are as they were")
            .to_owned(),
        sql: format!(
            "SELECT relation, name, type, not_null FROM {}\nWHERE NOT EXISTS (\n  SELECT FROM pg_attribute\n  WHERE attrelid = to_regclass(relation) AND attname = name AND NOT attisdropped\n    AND format_type(atttypid, atttypmod) = type AND attnotnull = not_null);",
            values(&rows, "relation, name, type, not_null")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

pub(super) fn objects_gone(span: &Span) -> Option<Check> {
    // What only was assumed was there before the scripts, whatever the catalog from then says.
    let stays = |old: &Relation| span.is_back && old.presumed;
    let is_gone = |old: &Relation| !stays(old) && span.after.relation_named(&old.schema, &old.name).is_none();
    let mut whole: Vec<String> = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    for old in span.before.relations().filter(|own| is_permanent(own)) {
        let counts = match &old.kind {
            RelationKind::Table(_) | RelationKind::View(_) => true,
            // One of a table that is gone went with it.
            RelationKind::Index(index) => {
                !index.constraint
                    && old.origin == Origin::Created
                    && span.before.relation(index.table).is_some_and(|table| !is_gone(table))
            }
            RelationKind::Sequence(_) => false,
        };
        if counts && is_gone(old) {
            whole.push(format!("({}, NULL)", literal(old)));
        }
        let is = span.after.relation(old.id).and_then(|now| now.table());
        let Some(was) = old.table().filter(|_| is.is_some() || stays(old)) else { continue };
        let is_dropped = |column: &&Column| {
            is.is_none_or(|is| is.column(&column.name).is_none())
                && !(span.is_back && column.origin == Origin::Assumed)
        };
        for column in was.columns.iter().filter(is_dropped) {
            columns.push(format!("({}, {})", literal(old), quote_literal(&column.name)));
        }
    }
    let rows: Vec<String> = whole.into_iter().chain(columns).collect();
    (!rows.is_empty()).then(|| Check {
        title: span.said("What was dropped or renamed is no longer there", "What was new is gone").to_owned(),
        sql: format!(
            "SELECT relation, name FROM {}\nWHERE CASE WHEN name IS NULL THEN to_regclass(relation) IS NOT NULL\n  ELSE EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(relation) AND attname = name) END;",
            values(&rows, "relation, name")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

pub(super) fn constraints_valid(span: &Span) -> Option<Check> {
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
        title: span
            .said("Constraints and foreign keys are there and validated", "Constraints and foreign keys are back")
            .to_owned(),
        sql: format!(
            "SELECT relation, name FROM {}\nWHERE NOT EXISTS (\n  SELECT FROM pg_constraint\n  WHERE conrelid = to_regclass(relation) AND conname = name AND convalidated = validated);",
            values(&rows, "relation, name, validated")
        ),
        expected,
    })
}

/// Foreign keys that no server has checked: NOT VALID, or of tables whose triggers were off.
pub(super) fn orphans(span: &Span) -> Vec<Check> {
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

pub(super) fn indexes_valid(span: &Span) -> Option<Check> {
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
        title: span.said("Indexes are there and valid", "Indexes are back and valid").to_owned(),
        sql: format!(
            "SELECT name FROM {}\nWHERE NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(name) AND indisvalid);",
            values(&rows, "name")
        ),
        expected: NO_ROWS.to_owned(),
    })
}

pub(super) fn enum_values(span: &Span) -> Vec<Check> {
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

pub(super) fn row_security(span: &Span) -> Option<Check> {
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

pub(super) fn triggers_fire(span: &Span) -> Option<Check> {
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
