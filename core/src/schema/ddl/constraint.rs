//! Constraints.

use super::super::{Constraint, ConstraintKind, ForeignKey, Id, Relation, Schema};
use super::relation::{index_tail, key_list};
use super::write::identifiers;
use crate::sql::command::ForeignKeyAction;
use crate::sql::{Name, quote_identifier};

/// A constraint behind `CONSTRAINT name`, as `pg_get_constraintdef` writes it.
pub fn constraint_definition(schema: &Schema, relation: &Relation, constraint: &Constraint) -> String {
    let table = relation.table();
    let column = |number: &i16| table.map_or_else(|| Name::from("?"), |table| table.column_name(*number));
    let columns = |numbers: &[i16]| identifiers(&numbers.iter().map(column).collect::<Vec<_>>());
    let mut text = match &constraint.kind {
        ConstraintKind::NotNull(number) => format!("NOT NULL {}", columns(&[*number])),
        ConstraintKind::Check(condition, _) => format!("CHECK ({})", condition.sql),
        ConstraintKind::Unique(index) => key_text(schema, relation, "UNIQUE", *index),
        ConstraintKind::PrimaryKey(index) => key_text(schema, relation, "PRIMARY KEY", *index),
        ConstraintKind::Exclude(index, operators) => exclude_text(schema, relation, *index, operators),
        ConstraintKind::ForeignKey(key) => foreign_key_text(schema, key, &columns),
    };
    if constraint.no_inherit {
        text += " NO INHERIT";
    }
    if constraint.deferrable {
        text += " DEFERRABLE";
    }
    if constraint.initially_deferred {
        text += " INITIALLY DEFERRED";
    }
    if !constraint.enforced {
        text += " NOT ENFORCED";
    } else if !constraint.validated {
        text += " NOT VALID";
    }
    text
}

fn key_text(schema: &Schema, relation: &Relation, kind: &str, index: Id) -> String {
    let Some((backing, index)) = schema.relation(index).and_then(|r| Some((r, r.index()?))) else {
        return format!("{kind} (?)");
    };
    let distinct = if index.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let overlaps = if index.is_temporal() { " WITHOUT OVERLAPS" } else { "" };
    format!(
        "{kind}{distinct} ({}{overlaps}){}",
        key_list(relation, index, &[]),
        index_tail(relation, backing, index, true)
    )
}

fn exclude_text(schema: &Schema, relation: &Relation, index: Id, operators: &[Name]) -> String {
    let Some((backing, index)) = schema.relation(index).and_then(|r| Some((r, r.index()?))) else {
        return "EXCLUDE (?)".to_owned();
    };
    let method = quote_identifier(&index.method);
    let mut text = format!("EXCLUDE USING {method} ({})", key_list(relation, index, operators));
    text += &index_tail(relation, backing, index, true);
    if let Some((condition, _)) = &index.predicate {
        text += &format!(" WHERE ({})", condition.sql);
    }
    text
}

fn foreign_key_text(schema: &Schema, key: &ForeignKey, columns: &dyn Fn(&[i16]) -> String) -> String {
    let with_period = |list: String| match list.rsplit_once(", ").filter(|_| key.period) {
        Some((first, period)) => format!("{first}, PERIOD {period}"),
        None => list,
    };
    let own = with_period(columns(&key.columns));
    let mut text = format!("FOREIGN KEY ({own}) REFERENCES {}", schema.sql_name(key.references));
    let referenced = schema.relation(key.references).and_then(|relation| relation.table());
    if let Some(referenced) = referenced
        && !key.referenced_columns.is_empty()
    {
        let names: Vec<_> =
            key.referenced_columns.iter().map(|number| referenced.column_name(*number)).collect();
        text += &format!(" ({})", with_period(identifiers(&names)));
    }
    if key.match_full {
        text += " MATCH FULL";
    }
    if let Some(action) = action_text(key.on_update) {
        text += &format!(" ON UPDATE {action}");
    }
    if let Some(action) = action_text(key.on_delete) {
        text += &format!(" ON DELETE {action}");
        if !key.on_delete_columns.is_empty() {
            text += &format!(" ({})", columns(&key.on_delete_columns));
        }
    }
    text
}

fn action_text(action: ForeignKeyAction) -> Option<&'static str> {
    match action {
        ForeignKeyAction::NoAction => None,
        ForeignKeyAction::Restrict => Some("RESTRICT"),
        ForeignKeyAction::Cascade => Some("CASCADE"),
        ForeignKeyAction::SetNull => Some("SET NULL"),
        ForeignKeyAction::SetDefault => Some("SET DEFAULT"),
    }
}
