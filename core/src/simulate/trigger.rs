//! Triggers.

use super::analyze::{self, Names};
use super::run::{Run, is_system_column, unquoted};
use super::{PgError, function};
use crate::locks::LockMode;
use crate::schema::{Id, Relation, RelationKind, Trigger};
use crate::sql::command::{CreateTrigger, Firing, ObjectKind, TriggerTiming};
use crate::sql::{Name, Node, QualifiedName};

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
    if !run.is_assumed(id) {
        fits_relation(&relation, create)?;
    }
    fits_itself(create)?;
    let function_id = function::find(run, ObjectKind::Function, &create.function, Some(&[]))?;
    if function_id.is_none() && !is_built_in(run, &create.function) {
        if !run.server.world.presumes_objects() {
            let message = format!("function {}() does not exist", unquoted(&create.function));
            return Err(PgError::new("42883", message));
        }
        run.assume(format!("function {} exists", unquoted(&create.function)));
    }
    if let Some(function) = function_id.and_then(|id| run.schema.function(id))
        && !function
            .returns
            .as_deref()
            .is_some_and(|returns| returns.trim_start_matches("pg_catalog.").eq_ignore_ascii_case("trigger"))
    {
        return Err(PgError::new("42P17", format!("function {} must return type trigger", function.name)));
    }
    let columns = if is_view { Vec::new() } else { run.columns(id, &create.columns)? };
    for (index, column) in create.columns.iter().enumerate() {
        if create.columns[..index].contains(column) {
            let message = format!("column \"{column}\" specified more than once");
            return Err(PgError::new("42701", message));
        }
    }
    condition_fits(run, id, create)?;
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
        transition_tables: create.transition_tables.clone(),
        deferrable: create.deferrable,
        initially_deferred: create.initially_deferred,
        inherited: false,
        firing: Firing::Origin,
    };
    let old = relation.triggers().iter().find(|trigger| trigger.name == create.name);
    let exists = old.is_some();
    match old {
        Some(_) if !create.or_replace => return Err(already_exists(&create.name, &relation.name)),
        Some(old) if old.inherited => {
            let message = format!(
                "trigger \"{}\" for relation \"{}\" is an internal or a child trigger",
                create.name, relation.name
            );
            return Err(PgError::new("42710", message));
        }
        _ => {}
    }
    let mut everywhere = vec![id];
    if relation.table().is_some_and(|table| table.is_partitioned()) && create.for_each_row {
        for part in run.schema.descendants_of(id) {
            run.lock(part, LockMode::ShareRowExclusive);
            everywhere.push(part);
        }
    }
    for target in everywhere {
        let made = Trigger { inherited: target != id, ..made.clone() };
        put(run, target, made, create.or_replace)?;
    }
    let verb = if exists { "replaces" } else { "creates" };
    run.change(format!("{verb} trigger {} on {}", create.name, relation.display_name()));
    Ok(())
}

/// Gives a relation a trigger: 42710 when it has one of that name that is not to be replaced.
fn put(run: &mut Run, id: Id, made: Trigger, replace: bool) -> Result<(), PgError> {
    let relation = run.get(id)?;
    if !replace && relation.triggers().iter().any(|trigger| trigger.name == made.name) {
        return Err(already_exists(&made.name, &relation.name));
    }
    run.schema.change_relation(id, |relation| {
        if let Some(triggers) = relation.triggers_mut() {
            triggers.retain(|trigger| trigger.name != made.name);
            triggers.push(made);
        }
    });
    Ok(())
}

/// Gives a partition, and those below it, copies of its parent's row triggers.
pub(super) fn inherit(run: &mut Run, id: Id, parent: Id) -> Result<(), PgError> {
    let model = run.table_of(parent)?.clone();
    for trigger in model.triggers.iter().filter(|trigger| trigger.for_each_row) {
        let mut everywhere = vec![id];
        everywhere.extend(run.schema.descendants_of(id));
        for target in everywhere {
            let table = run.table_of(target)?;
            let number = |column: &i16| table.column(&model.column_name(*column)).map(|column| column.number);
            let columns = trigger.columns.iter().filter_map(number).collect();
            put(run, target, Trigger { columns, inherited: true, ..trigger.clone() }, false)?;
        }
    }
    Ok(())
}

/// Takes from a partition, and from those below it, the triggers that it has from its parent.
pub(super) fn leave(run: &mut Run, id: Id) {
    let inherited = |trigger: &&Trigger| trigger.inherited;
    let Ok(table) = run.table_of(id) else { return };
    let names: Vec<Name> = table.triggers.iter().filter(inherited).map(|own| own.name.clone()).collect();
    for table in std::iter::once(id).chain(run.schema.descendants_of(id)) {
        run.change_table(table, |table| {
            table.triggers.retain(|own| !own.inherited || !names.contains(&own.name));
        });
    }
}

/// 0A000 when a row trigger with transition tables keeps a table from becoming a child.
pub(super) fn allow_child(run: &Run, id: Id, child: &str) -> Result<(), PgError> {
    let relation = run.get(id)?;
    match relation
        .triggers()
        .iter()
        .find(|trigger| !trigger.transition_tables.is_empty() && trigger.for_each_row)
    {
        Some(trigger) => {
            let (trigger, table) = (&trigger.name, &relation.name);
            let message = format!("trigger \"{trigger}\" prevents table \"{table}\" from becoming {child}");
            Err(PgError::new("0A000", message))
        }
        None => Ok(()),
    }
}

fn already_exists(trigger: &Name, relation: &Name) -> PgError {
    PgError::new("42710", format!("trigger \"{trigger}\" for relation \"{relation}\" already exists"))
}

/// Which triggers a relation of that kind can have: `CreateTriggerFiringOn` in `trigger.c`.
fn fits_relation(relation: &Relation, create: &CreateTrigger) -> Result<(), PgError> {
    let refused = |sqlstate: &'static str, what: &str, detail: &str| {
        let message = format!("\"{}\" is a {what}", relation.name);
        Err(PgError::new(sqlstate, message).with_hint(detail))
    };
    let instead = create.timing == TriggerTiming::InsteadOf;
    let transition = !create.transition_tables.is_empty();
    match &relation.kind {
        RelationKind::Table(_) if instead => {
            refused("42809", "table", "Tables cannot have INSTEAD OF triggers.")
        }
        RelationKind::Table(table) if create.for_each_row && transition => {
            if table.is_partitioned() {
                return refused(
                    "0A000",
                    "partitioned table",
                    "ROW triggers with transition tables are not supported on partitioned tables.",
                );
            }
            let on = match (&table.bound, table.parents.is_empty()) {
                (Some(_), _) => "partitions",
                (None, false) => "inheritance children",
                (None, true) => return Ok(()),
            };
            let message = format!("ROW triggers with transition tables are not supported on {on}");
            Err(PgError::new("0A000", message))
        }
        RelationKind::Table(table) if table.foreign_server.is_some() && create.constraint => {
            refused("42809", "foreign table", "Foreign tables cannot have constraint triggers.")
        }
        RelationKind::Table(_) => Ok(()),
        RelationKind::View(view) if view.materialized => {
            let message = format!("relation \"{}\" cannot have triggers", relation.name);
            Err(PgError::new("42809", message))
        }
        RelationKind::View(_) if create.for_each_row && !instead => {
            refused("42809", "view", "Views cannot have row-level BEFORE or AFTER triggers.")
        }
        RelationKind::View(_) if create.events.iter().any(|event| &**event == "TRUNCATE") => {
            refused("42809", "view", "Views cannot have TRUNCATE triggers.")
        }
        RelationKind::View(_) if transition => {
            refused("42809", "view", "Triggers on views cannot have transition tables.")
        }
        RelationKind::View(_) => Ok(()),
        RelationKind::Index(_) | RelationKind::Sequence(_) => {
            let message = format!("relation \"{}\" cannot have triggers", relation.name);
            Err(PgError::new("42809", message))
        }
    }
}

/// What the parts of the statement say of each other.
fn fits_itself(create: &CreateTrigger) -> Result<(), PgError> {
    let unsupported = |message: &str| Err(PgError::new("0A000", message));
    let has = |event: &str| create.events.iter().any(|own| &**own == event);
    if has("TRUNCATE") && create.for_each_row {
        return unsupported("TRUNCATE FOR EACH ROW triggers are not supported");
    }
    if create.timing == TriggerTiming::InsteadOf {
        if !create.for_each_row {
            return unsupported("INSTEAD OF triggers must be FOR EACH ROW");
        }
        if create.condition.is_some() {
            return unsupported("INSTEAD OF triggers cannot have WHEN conditions");
        }
        if !create.columns.is_empty() {
            return unsupported("INSTEAD OF triggers cannot have column lists");
        }
    }
    if create.transition_tables.is_empty() {
        return Ok(());
    }
    if create.timing != TriggerTiming::After {
        return Err(PgError::new(
            "42P17",
            "transition table name can only be specified for an AFTER trigger",
        ));
    }
    if has("TRUNCATE") {
        return unsupported("TRUNCATE triggers with transition tables are not supported");
    }
    if create.events.len() > 1 {
        return unsupported("transition tables cannot be specified for triggers with more than one event");
    }
    if !create.columns.is_empty() {
        return unsupported("transition tables cannot be specified for triggers with column lists");
    }
    // One of the two is OLD, the other NEW.
    if create.transition_tables.len() > 1 && !has("UPDATE") {
        let message = if has("INSERT") {
            "OLD TABLE can only be specified for a DELETE or UPDATE trigger"
        } else {
            "NEW TABLE can only be specified for an INSERT or UPDATE trigger"
        };
        return Err(PgError::new("42P17", message));
    }
    Ok(())
}

/// WHEN: `old` and `new` qualify the columns, and not every trigger has both; the whole row may be compared too.
fn condition_fits(run: &mut Run, id: Id, create: &CreateTrigger) -> Result<(), PgError> {
    let Some(condition) = &create.condition else { return Ok(()) };
    if run.get(id)?.table().is_none() {
        return Ok(());
    }
    analyze::condition(run, &condition.node, Names::OldAndNew(id), "WHEN")?;
    let invalid = |message: &str| Err(PgError::new("42P17", message));
    let only = |event: &str| create.events.iter().any(|own| &**own == event);
    let mut named: Vec<(Name, Option<Name>)> = Vec::new();
    condition.node.walk(|node| match node {
        Node::Column(path, _) => match path.as_slice() {
            [row, column] => named.push((row.clone(), Some(column.clone()))),
            [only] if matches!(&**only, "old" | "new") => named.push((only.clone(), None)),
            _ => {}
        },
        Node::Star(Some(row)) => named.push((row.clone(), None)),
        _ => {}
    });
    for (row, column) in named {
        let is_old = match &*row {
            "old" => true,
            "new" => false,
            _ => continue,
        };
        if !create.for_each_row {
            return invalid("statement trigger's WHEN condition cannot reference column values");
        }
        if is_old && only("INSERT") {
            return invalid("INSERT trigger's WHEN condition cannot reference OLD values");
        }
        if !is_old && only("DELETE") {
            return invalid("DELETE trigger's WHEN condition cannot reference NEW values");
        }
        let before_new = !is_old && create.timing == TriggerTiming::Before;
        let generated = match column {
            Some(column) if is_system_column(&column) => {
                if before_new {
                    let message = "BEFORE trigger's WHEN condition cannot reference NEW system columns";
                    return Err(PgError::new("0A000", message));
                }
                false
            }
            Some(column) => run.column(id, &column)?.generated.is_some(),
            None => run.table_of(id)?.columns.iter().any(|column| column.generated.is_some()),
        };
        if before_new && generated {
            return invalid("BEFORE trigger's WHEN condition cannot reference NEW generated columns");
        }
    }
    Ok(())
}

/// Is it a trigger function of PostgreSQL's own, or of a contrib extension that is installed?
fn is_built_in(run: &Run, function: &QualifiedName) -> bool {
    let extension = match &*function.name {
        "suppress_redundant_updates_trigger"
        | "tsvector_update_trigger"
        | "tsvector_update_trigger_column" => {
            return true;
        }
        "lo_manage" => "lo",
        "insert_username" | "autoinc" | "moddatetime" => &*function.name,
        _ => return function.schema.as_deref() == Some("pg_catalog"),
    };
    run.schema.extensions.contains_key(extension) || run.server.world.presumes_objects()
}
