//! Triggers.

use super::run::{Run, unquoted};
use super::{PgError, function};
use crate::locks::LockMode;
use crate::schema::{RelationKind, Trigger};
use crate::sql::command::{CreateTrigger, Firing, TriggerTiming};

/// CREATE TRIGGER: SHARE ROW EXCLUSIVE on the table; 42883 when its function is not there.
pub(super) fn create(run: &mut Run, create: &CreateTrigger) -> Result<(), PgError> {
    let id = run.relation(&create.table)?;
    run.lock(id, LockMode::ShareRowExclusive);
    if let Some(from) = &create.from_table {
        let from = run.relation(from)?;
        run.lock(from, LockMode::AccessShare);
    }
    let relation = run.get(id)?.clone();
    let is_view = matches!(relation.kind, RelationKind::View(_));
    if create.timing == TriggerTiming::InsteadOf && !is_view && !run.is_assumed(id) {
        return Err(PgError::new("42809", format!("\"{}\" is a table", relation.name))
            .with_hint("Tables cannot have INSTEAD OF triggers."));
    }
    if is_view && create.for_each_row && create.timing != TriggerTiming::InsteadOf {
        return Err(PgError::new("42809", format!("\"{}\" is a view", relation.name))
            .with_hint("Views cannot have row-level BEFORE or AFTER triggers."));
    }
    let function_id = function::find(run, &create.function, Some(&[]))?;
    if function_id.is_none() && create.function.schema.as_deref() != Some("pg_catalog") {
        if !run.server.world.presumes_objects() && !BUILT_IN.contains(&&*create.function.name) {
            return Err(PgError::new(
                "42883",
                format!("function {}() does not exist", unquoted(&create.function)),
            ));
        }
        if !BUILT_IN.contains(&&*create.function.name) {
            run.assume(format!("function {} exists", unquoted(&create.function)));
        }
    }
    if let Some(function) = function_id.and_then(|id| run.schema.function(id))
        && !function
            .returns
            .as_deref()
            .is_some_and(|returns| returns.to_ascii_lowercase().ends_with("trigger"))
    {
        return Err(PgError::new("42P17", format!("function {} must return type trigger", function.name)));
    }
    let columns = if is_view { Vec::new() } else { run.columns(id, &create.columns)? };
    if let Some(condition) = &create.condition
        && relation.table().is_some()
    {
        for column in condition.node.columns() {
            // `old` and `new` qualify the columns; the whole row may be compared too.
            if !matches!(&*column, "old" | "new") {
                run.column(id, &column)?;
            }
        }
    }
    let made = Trigger {
        name: create.name.clone(),
        constraint: create.constraint,
        timing: create.timing,
        for_each_row: create.for_each_row,
        events: create.events.clone(),
        columns,
        condition: create.condition.clone(),
        function: create.function.clone(),
        function_id,
        arguments: create.arguments.clone(),
        firing: Firing::Origin,
    };
    let existing = match &relation.kind {
        RelationKind::Table(table) => &table.triggers,
        RelationKind::View(view) => &view.triggers,
        _ => return Err(super::error::wrong_kind(&relation.name, "table")),
    };
    let exists = existing.iter().any(|trigger| trigger.name == create.name);
    if exists && !create.or_replace {
        let message =
            format!("trigger \"{}\" for relation \"{}\" already exists", create.name, relation.name);
        return Err(PgError::new("42710", message));
    }
    let mut everywhere = vec![id];
    if relation.table().is_some_and(|table| table.is_partitioned()) && create.for_each_row {
        for part in run.schema.descendants_of(id) {
            run.lock(part, LockMode::ShareRowExclusive);
            everywhere.push(part);
        }
    }
    for target in everywhere {
        let made = made.clone();
        run.schema.change_relation(target, |relation| {
            let triggers = match &mut relation.kind {
                RelationKind::Table(table) => &mut table.triggers,
                RelationKind::View(view) => &mut view.triggers,
                _ => return,
            };
            triggers.retain(|trigger| trigger.name != made.name);
            triggers.push(made);
        });
    }
    let verb = if exists { "replaces" } else { "creates" };
    run.change(format!("{verb} trigger {} on {}", create.name, relation.display_name()));
    Ok(())
}

/// Trigger functions that PostgreSQL and its contrib extensions bring.
const BUILT_IN: &[&str] = &[
    "autoinc",
    "insert_username",
    "lo_manage",
    "moddatetime",
    "suppress_redundant_updates_trigger",
    "tsvector_update_trigger",
    "tsvector_update_trigger_column",
];
