//! Which data a way back destroys or cannot bring back.

use crate::schema::{BaseType, Column, Origin, Schema, Table, TypeKind};
use crate::sql::command::ObjectKind;
use crate::sql::{Command, Dml, Name, quote_literal};
use crate::timeline::Run;

/// Something that is lost.
#[derive(Debug, PartialEq)]
pub(super) struct Loss {
    /// One line that says it.
    pub line: String,
    /// It was there before the migration; else it was written since.
    pub for_good: bool,
}

/// Everything that is lost.
pub(super) fn lost(before: &Schema, ups: &[&Run], down: &Run) -> Vec<Loss> {
    let mut found: Vec<Loss> = Vec::new();
    let mut lose = |for_good: bool, line: String| found.push(Loss { line, for_good });
    let (after_up, after_down) = (&down.before.schema, &down.after.schema);
    // Of what the way back leaves alone nothing is lost.
    for relation in after_up.relations_changed_since(after_down) {
        let Some(table) = relation.table() else { continue };
        let name = relation.display_name();
        let was_there = before.relation(relation.id).is_some() || relation.presumed;
        let Some(left) = after_down.relation_named(&relation.schema, &relation.name) else {
            // Renamed back is not gone, and what was only assumed to be a table may be an index.
            if after_down.relation(relation.id).is_none()
                && !(relation.presumed && is_dropped_as_index(down, &relation.name))
            {
                let rows = if was_there { "every row" } else { "every row written since the migration" };
                lose(was_there, format!("table {name}: {rows} is destroyed"));
            }
            continue;
        };
        if after_down.relation(relation.id).is_none() {
            // Another table that got its name back is not this one made again.
            let line = match Schema::is_newer(left.id, after_up) {
                true => format!("table {name}: dropped and created again, empty"),
                false => format!("table {name}: every row written since the migration is destroyed"),
            };
            lose(was_there, line);
            continue;
        }
        let Some(left) = left.table().filter(|_| left.id == relation.id) else { continue };
        let then = before.relation(relation.id).and_then(|relation| relation.table());
        for column in &table.columns {
            match left.numbered(column.number) {
                // Its values are kept in another column.
                None if is_copied(down, &relation.name, &column.name) => {}
                None => {
                    let was_there = column.origin == Origin::Assumed
                        || then.is_some_and(|then| then.numbered(column.number).is_some());
                    let values =
                        if was_there { "every value" } else { "every value written since the migration" };
                    lose(was_there, format!("column {name}.{}: {values} is destroyed", column.name));
                }
                Some(back) if back.data_type != column.data_type => {
                    let (from, to) =
                        (after_up.format_type(&column.data_type), after_down.format_type(&back.data_type));
                    let values = values_of(after_up, column).zip(values_of(after_down, back));
                    if let Some((from, to)) = values {
                        let gone: Vec<String> = from
                            .iter()
                            .filter(|value| !to.contains(value))
                            .map(|value| quote_literal(value))
                            .collect();
                        if !gone.is_empty() {
                            let line = format!(
                                "column {name}.{}: a row with {} makes the rollback fail",
                                column.name,
                                gone.join(" or ")
                            );
                            lose(false, line);
                        }
                    } else if narrows(&from, &to) {
                        let line = format!(
                            "column {name}.{}: values that do not fit {to} make the rollback fail or are changed",
                            column.name
                        );
                        lose(false, line);
                    }
                }
                Some(_) => {}
            }
        }
    }
    // What the migration itself dropped comes back empty.
    let changed = ups.last().map(|up| before.relations_changed_since(&up.after.schema)).unwrap_or_default();
    for relation in changed {
        let Some(table) = relation.table() else { continue };
        let name = relation.display_name();
        if after_up.relation(relation.id).is_none() {
            let back = after_down.relation_named(&relation.schema, &relation.name);
            if back.is_some() && !fills(down, &relation.name, None) {
                lose(true, format!("table {name}: comes back empty, the migration dropped its rows"));
            }
            continue;
        }
        let Some(now) = after_up.relation(relation.id).and_then(|r| r.table()) else { continue };
        for column in dropped(table, now) {
            // A generated one is computed again.
            let back = after_down
                .relation(relation.id)
                .and_then(|r| r.table())
                .and_then(|t| t.column(&column))
                // What is computed is computed anew.
                .is_some_and(|own| own.generated.is_none());
            if back && !fills(down, &relation.name, Some(&column)) {
                let line =
                    format!("column {name}.{column}: comes back empty, the migration dropped its values");
                lose(true, line);
            }
        }
    }
    for line in ups.iter().flat_map(|up| changed_rows(up, before, down)) {
        lose(true, line);
    }
    found.dedup();
    found
}

/// Does the down script write to the table, or to that column of it, from what is kept elsewhere?
fn fills(down: &Run, table: &str, column: Option<&str>) -> bool {
    down.statements.iter().any(|statement| match (&statement.command, column) {
        (Command::Dml(Dml::Insert { table: written, .. }), None) => *written.name == *table,
        (Command::Dml(Dml::Update { table: written, assignments, .. }), Some(column)) => {
            *written.name == *table && assignments.iter().any(|(assigned, _)| **assigned == *column)
        }
        _ => false,
    })
}

fn is_dropped_as_index(down: &Run, name: &str) -> bool {
    down.statements.iter().any(|statement| match &statement.command {
        Command::Drop(drop) => {
            drop.kind == ObjectKind::Index && drop.objects.iter().any(|object| *object.name.name == *name)
        }
        _ => false,
    })
}

/// Does the down script copy the column into another one of the table?
fn is_copied(down: &Run, table: &str, column: &Name) -> bool {
    down.statements.iter().any(|statement| match &statement.command {
        Command::Dml(Dml::Update { table: written, assignments, .. }) => {
            *written.name == *table && assignments.iter().any(|(_, value)| value.columns().contains(column))
        }
        _ => false,
    })
}

fn dropped(before: &Table, after: &Table) -> Vec<String> {
    before
        .columns
        .iter()
        .filter(|column| after.numbered(column.number).is_none())
        .map(|column| column.name.to_string())
        .collect()
}

/// Rows of tables that were there before, which an up changes in a way that no script undoes.
fn changed_rows(up: &Run, before: &Schema, down: &Run) -> Vec<String> {
    let mut lines = Vec::new();
    let mut note = |written: &crate::sql::QualifiedName, what: &str| {
        let existing = before.resolve(written, &up.before.session.search_path());
        let name = match existing {
            Some(relation) => relation.display_name(),
            // Assumed by the up: it was there before.
            None => match up.after.schema.resolve(written, &up.before.session.search_path()) {
                Some(relation) if relation.origin == crate::schema::Origin::Assumed => {
                    relation.display_name()
                }
                _ => return,
            },
        };
        lines.push(format!("table {name}: {what}"));
    };
    for (index, statement) in up.statements.iter().enumerate() {
        if up.moments[index].step.error.is_some() {
            continue;
        }
        match &statement.command {
            Command::Truncate(truncate) => {
                truncate.tables.iter().for_each(|(table, _)| {
                    note(table, "the rows that the migration removes do not come back")
                });
            }
            Command::Dml(Dml::Delete { table, .. }) => {
                note(table, "the rows that the migration deletes do not come back")
            }
            Command::Dml(Dml::Update { table, assignments, .. }) => {
                // A column that the same migration adds goes with the rollback anyway.
                let old = before.resolve(table, &up.before.session.search_path());
                let overwrites =
                    assignments.iter().any(|(column, _)| match old.and_then(|relation| relation.table()) {
                        // What the way back computes anew is not lost.
                        _ if fills(down, &table.name, Some(column)) => false,
                        Some(known) => known.column(column).is_some(),
                        None => !adds_column(up, table, column),
                    });
                if overwrites {
                    note(table, "the values that the migration overwrites do not come back");
                }
            }
            _ => {}
        }
    }
    lines
}

fn adds_column(up: &Run, table: &crate::sql::QualifiedName, column: &str) -> bool {
    up.statements.iter().any(|statement| match &statement.command {
        Command::AlterTable(alter) if alter.name == *table => alter.actions.iter().any(|action| {
            matches!(action, crate::sql::command::AlterAction::AddColumn { column: added, .. } if *added.name == *column)
        }),
        _ => false,
    })
}

/// The values of a column's enum.
fn values_of<'s>(schema: &'s Schema, column: &Column) -> Option<&'s [Name]> {
    let BaseType::User(id) = column.data_type.base else { return None };
    match &schema.user_type(id)?.kind {
        TypeKind::Enum(values) if !column.data_type.array => Some(values),
        _ => None,
    }
}

/// Could a value of the one type not fit the other?
fn narrows(from: &str, to: &str) -> bool {
    // Of each row a value of one type fits those behind it.
    const WIDENING: &[&[&str]] = &[
        &["smallint", "integer", "bigint", "numeric"],
        &["real", "double precision"],
        &["date", "timestamp without time zone", "timestamp with time zone"],
        &["timestamp with time zone", "timestamp without time zone"],
        &["json", "jsonb"],
    ];
    let widens = |row: &&[&str]| {
        let place = |wanted: &str| row.iter().position(|own| *own == wanted);
        place(from).zip(place(to)).is_some_and(|(from, to)| from < to)
    };
    let length = |text: &str| -> Option<u32> {
        text.strip_prefix("character varying(")?.strip_suffix(')')?.parse().ok()
    };
    let is_longer = length(from).zip(length(to)).is_some_and(|(from, to)| from <= to);
    !(to == "text" || to == "character varying" || is_longer || WIDENING.iter().any(widens))
}
