//! ADD COLUMN with a value of its own for every row of a table in use: nullable first, then the default for new rows,
//! the old rows in batches, and NOT NULL last.

use super::batches::{self, Change};
use super::plan::{Phase, Plan, briefly_here};
use super::{Kind, altering, set_not_null};
use crate::rules::Place;
use crate::schema::qualified_sql;
use crate::sql::command::{AlterAction, ConstraintKind as Written};
use crate::sql::{quote_identifier, quote_literal};

pub(super) static KIND: Kind = Kind {
    id: "add-column-in-steps",
    title: "Add the column nullable, fill it in batches, then make it what it is to be",
    answers: &["add-column-rewrites", "required-column-without-default"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let altering = altering::find(place, |action| {
        matches!(action, AlterAction::AddColumn { column, if_not_exists: false, .. }
            if column.generated.is_none() && column.identity.is_none())
    })?;
    let AlterAction::AddColumn { column: written, .. } = altering.action else { return None };
    if written.constraints.iter().any(|own| !matches!(own.kind, Written::NotNull { .. })) {
        return None;
    }
    let after = &place.after().schema;
    let column = after.relation(altering.relation.id)?.table()?.column(&written.name)?;
    let (table, name) = (&altering.table, quote_identifier(&written.name));
    let sequence = column.sequence.and_then(|id| after.relation(id));
    let mut instead: Vec<String> = altering.others.iter().cloned().collect();
    let mut type_text = after.format_type(&column.data_type);
    if let Some(collation) = &written.collation {
        type_text += &format!(" COLLATE {collation}");
    }
    let default = match (sequence, &written.default) {
        (Some(sequence), _) => {
            let drawn = qualified_sql(&sequence.schema, &sequence.name);
            let kind = &sequence.sequence()?.data_type;
            instead.push(format!("CREATE SEQUENCE {drawn} AS {kind}"));
            format!("nextval({})", quote_literal(&drawn))
        }
        (None, Some(default)) => default.sql.to_string(),
        (None, None) => return None,
    };
    instead.push(format!("ALTER TABLE {table} ADD COLUMN {name} {type_text}"));
    instead.push(format!("ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {default}"));
    if let Some(sequence) = sequence {
        let drawn = qualified_sql(&sequence.schema, &sequence.name);
        instead.push(format!("ALTER SEQUENCE {drawn} OWNED BY {table}.{name}"));
    }
    let key = batches::key_of(&place.before().schema, altering.relation.id)?;
    let rows = quote_identifier(&altering.relation.name);
    let (statement, empty) =
        (format!("UPDATE {table} SET {name} = {default}"), format!("{rows}.{name} IS NULL"));
    let change = Change { table, rows: &rows, key: &key, statement: &statement, condition: Some(&empty) };
    let title = format!("backfill {} {}", altering.relation.name, written.name);
    let mut phases = vec![
        Phase::outside(title, vec![batches::block(&change)], Vec::new())
            .saying("New rows have the default already. Each batch commits by itself, so this can be stopped and run again."),
    ];
    if column.not_null {
        phases.extend(set_not_null::phases(place, &altering.relation.name, table, &written.name));
    }
    Some(Plan::instead(briefly_here(place, instead), phases))
}
