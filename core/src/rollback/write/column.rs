//! The columns of a table that is in both catalogs, and sequences.

use super::away::is_retyped;
use super::draft::Draft;
use crate::schema::{
    Column, Constraint, ConstraintKind, Id, Relation, Sequence, Table, add_constraint, column_definition,
    column_settings, default_text, identity_text,
};
use crate::sql::{Name, quote_identifier};

/// Columns that are missing, and what was changed about the others.
pub(super) fn bring_back(draft: &mut Draft, id: Id) {
    let Some((goal, _)) = draft.kept_table(id) else { return };
    let Some(table) = goal.table() else { return };
    for column in table.columns.iter().filter(|column| column.local || !column.inherited) {
        match now(draft, id, column) {
            None => add(draft, &goal, table, column),
            Some(found) => change(draft, &goal, column, &found),
        }
    }
}

fn now(draft: &Draft, table: Id, column: &Column) -> Option<Column> {
    let table = draft.now().relation(table)?.table()?;
    table.numbered(column.number).cloned()
}

/// ADD COLUMN. It comes last, whatever its place was.
fn add(draft: &mut Draft, goal: &Relation, table: &Table, column: &Column) {
    let position = table.columns.iter().position(|own| own.number == column.number).unwrap_or(0);
    let stays = |own: &Column| {
        draft.now().relation(goal.id).and_then(|now| now.table()?.numbered(own.number)).is_some()
    };
    let is_followed = table.columns[position + 1..].iter().any(stays);
    let mut sql = String::new();
    if is_followed {
        let place = match position.checked_sub(1) {
            None => "first".to_owned(),
            Some(before) => format!("behind {}", table.columns[before].name),
        };
        sql += &format!("-- It stood {place}. A column that is added comes last.\n");
    }
    let has_value = column.default.is_some()
        || column.generated.is_some()
        || column.identity.is_some()
        || column.sequence.is_some();
    if column.not_null && !has_value {
        sql += "-- It is NOT NULL without a default: where the table has rows, give it a value for them first.\n";
    }
    let name = goal.sql_name();
    sql += &format!("ALTER TABLE {name} ADD COLUMN {};", column_definition(&draft.goal, goal, column));
    for setting in column_settings(goal, column, None) {
        sql += "\n";
        sql += &setting;
    }
    draft.take_all(vec![sql.into()]);
}

fn change(draft: &mut Draft, goal: &Relation, column: &Column, found: &Column) {
    let table = goal.sql_name();
    let alter = format!("ALTER TABLE {table} ALTER COLUMN {}", quote_identifier(&column.name));
    if column.generated.is_some() != found.generated.is_some() || !can_set_expression(draft, column, found) {
        if column.generated.is_none() && found.generated.as_ref().is_some_and(|(_, stored)| *stored) {
            draft.take(format!("{alter} DROP EXPRESSION;"));
        } else {
            // Its values are computed, so nothing is lost.
            draft.take(format!("ALTER TABLE {table} DROP COLUMN {};", quote_identifier(&column.name)));
            let definition = column_definition(&draft.goal, goal, column);
            draft.take_all(vec![format!("ALTER TABLE {table} ADD COLUMN {definition};").into()]);
            return;
        }
    } else if let (Some((wanted, _)), Some((is, _))) = (&column.generated, &found.generated)
        && wanted.sql != is.sql
    {
        draft.take(format!("{alter} SET EXPRESSION AS ({});", wanted.sql));
    }
    if is_retyped(draft, column, found) {
        retype(draft, column, &alter);
    }
    default_and_identity(draft, goal, column, &alter);
    not_null(draft, goal, column, &alter);
    settings(draft, goal, column, found, &alter);
}

/// SET EXPRESSION came with PostgreSQL 17.
fn can_set_expression(draft: &Draft, column: &Column, found: &Column) -> bool {
    match (&column.generated, &found.generated) {
        (Some((wanted, stored)), Some((is, is_stored))) => {
            stored == is_stored && (wanted.sql == is.sql || draft.version() >= 17)
        }
        _ => true,
    }
}

/// TYPE; with USING where no cast leads back by itself, by way of text where none leads back at all.
fn retype(draft: &mut Draft, column: &Column, alter: &str) {
    let to = draft.goal.format_type(&column.data_type);
    let collate =
        column.collation.as_ref().map_or_else(String::new, |collation| format!(" COLLATE {collation}"));
    let name = quote_identifier(&column.name);
    let text = if column.data_type.array { "text[]" } else { "text" };
    for using in [String::new(), format!(" USING {name}::{to}"), format!(" USING {name}::{text}::{to}")] {
        if draft.take(format!("{alter} TYPE {to}{collate}{using};")) {
            return;
        }
    }
    draft.take_all(vec![format!("{alter} TYPE {to}{collate} USING {name}::{text}::{to};").into()]);
}

fn default_and_identity(draft: &mut Draft, goal: &Relation, column: &Column, alter: &str) {
    let Some(found) = now(draft, goal.id, column) else { return };
    if column.generated.is_none() {
        let wanted = default_text(&draft.goal, column);
        match (&wanted, default_text(draft.now(), &found)) {
            (None, Some(_)) => {
                draft.take(format!("{alter} DROP DEFAULT;"));
            }
            (Some(wanted), is) if is.as_ref() != Some(wanted) => {
                draft.take_all(vec![format!("{alter} SET DEFAULT {wanted};").into()]);
            }
            _ => {}
        }
    }
    if column.identity == found.identity {
        return;
    }
    match (column.identity, found.identity) {
        (None, _) => {
            draft.take(format!("{alter} DROP IDENTITY;"));
        }
        (Some(always), Some(_)) => {
            let kind = if always { "ALWAYS" } else { "BY DEFAULT" };
            draft.take(format!("{alter} SET GENERATED {kind};"));
        }
        (Some(_), None) => {
            if let Some(identity) = identity_text(&draft.goal, goal, column) {
                draft.take(format!("{alter} ADD {identity};"));
            }
        }
    }
}

fn not_null(draft: &mut Draft, goal: &Relation, column: &Column, alter: &str) {
    let Some(found) = now(draft, goal.id, column) else { return };
    if found.not_null && !column.not_null {
        // A primary key or an identity may be the reason, and go later.
        draft.clear(vec![format!("{alter} DROP NOT NULL;").into()]);
    } else if column.not_null {
        let of = |table: &Table| -> Option<Constraint> {
            let is_its = |own: &&Constraint| own.kind == ConstraintKind::NotNull(column.number);
            table.constraints.iter().find(is_its).cloned()
        };
        let wanted = goal.table().and_then(of);
        let is = draft.now().relation(goal.id).and_then(|now| now.table()).and_then(of);
        match (wanted, is) {
            (Some(wanted), None) if !found.not_null => {
                let sql = add_constraint(&draft.goal, goal, &wanted);
                draft.take_all(vec![sql.into()]);
            }
            (Some(wanted), Some(is)) => {
                let (from, to): (&Name, &Name) = (&is.name, &wanted.name);
                if wanted.validated != is.validated {
                    draft.take(format!("{alter} DROP NOT NULL;"));
                    let sql = add_constraint(&draft.goal, goal, &wanted);
                    draft.take_all(vec![sql.into()]);
                } else if from != to {
                    let (table, from, to) = (goal.sql_name(), quote_identifier(from), quote_identifier(to));
                    draft.take(format!("ALTER TABLE {table} RENAME CONSTRAINT {from} TO {to};"));
                }
            }
            _ if !found.not_null => draft.take_all(vec![format!("{alter} SET NOT NULL;").into()]),
            _ => {}
        }
    }
}

fn settings(draft: &mut Draft, goal: &Relation, column: &Column, found: &Column, alter: &str) {
    if column.statistics != found.statistics {
        let target = column.statistics.unwrap_or(-1);
        draft.take(format!("{alter} SET STATISTICS {target};"));
    }
    if column.storage != found.storage {
        match &column.storage {
            Some(storage) => draft.take(format!("{alter} SET STORAGE {};", storage.to_ascii_uppercase())),
            None => draft.take(format!("{alter} SET STORAGE DEFAULT;")),
        };
    }
    if column.compression != found.compression {
        let method = column.compression.as_deref().unwrap_or("default");
        draft.take(format!("{alter} SET COMPRESSION {method};"));
    }
    let gone: Vec<String> = found
        .options
        .iter()
        .filter(|own| column.options.iter().all(|wanted| wanted.name != own.name))
        .map(|own| own.name.to_string())
        .collect();
    if !gone.is_empty() {
        draft.take(format!("{alter} RESET ({});", gone.join(", ")));
    }
    let set: Vec<_> = column.options.iter().filter(|own| !found.options.contains(own)).cloned().collect();
    if !set.is_empty() {
        draft.take(format!("{alter} SET ({});", crate::schema::option_list(&set)));
    }
    let sequences = column
        .sequence
        .and_then(|id| Some((draft.goal.relation(id)?.clone(), draft.now().relation(id)?.clone())));
    if let Some((wanted, is)) = sequences
        && goal.table().is_some()
    {
        for sql in sequence_changes(&wanted, &is).collect::<Vec<_>>() {
            draft.take(sql);
        }
    }
}

/// ALTER SEQUENCE with all options, where one of them is another.
pub(super) fn sequence_changes(goal: &Relation, now: &Relation) -> impl Iterator<Item = String> {
    let differs = |was: &Sequence, is: &Sequence| {
        let options = |own: &Sequence| {
            (own.start, own.increment, own.minimum, own.maximum, own.cache, own.cycle, own.data_type.clone())
        };
        options(was) != options(is)
    };
    let (was, is) = (goal.sequence(), now.sequence());
    let changed = was.zip(is).filter(|(was, is)| differs(was, is)).map(|(was, is)| {
        let mut text = format!("ALTER SEQUENCE {}", now.sql_name());
        if was.data_type != is.data_type {
            text += &format!(" AS {}", was.data_type);
        }
        let cycle = if was.cycle { "CYCLE" } else { "NO CYCLE" };
        text += &format!(
            " INCREMENT BY {} MINVALUE {} MAXVALUE {} START WITH {} CACHE {} {cycle};",
            was.increment, was.minimum, was.maximum, was.start, was.cache
        );
        text
    });
    changed.into_iter()
}
