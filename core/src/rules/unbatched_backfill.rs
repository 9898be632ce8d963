//! Many rows of a table in use, changed in one statement.

use super::writes::{Write, sources, writes};
use super::comparison_with_null::takes_nothing;
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, Dml};

pub(super) static RULE: Rule = Rule {
    id: "unbatched-backfill",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["gitlab:update_column_in_batches", "pgfence:update-in-migration", "strong_migrations:backfilling_data", "squawk:backfill"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "One statement changes or copies many rows of a table in use",
    why: "UPDATE and DELETE lock every row they touch until the transaction ends, so other writers of those rows wait for the \
last one; the old row versions cannot be vacuumed meanwhile, replicas fall behind, and a failure undoes all of it. INSERT … SELECT and its \
foreign keys hold FOR KEY SHARE on every row referenced.

It does not apply where WHERE picks rows by a key, where a LIMIT or a range bounds them, nor to tables that these files have just created. \
It is a warning as long as the table's size is not known, and a danger above a million rows. Change a few thousand rows at a time, from outside of a transaction.",
    manual: "Routine Vacuuming",
    bad: &[
        "UPDATE jobs SET priority = 'medium' WHERE priority IS NULL;",
        "INSERT INTO archive SELECT * FROM jobs WHERE done;",
    ],
    good: &["UPDATE jobs SET priority = 'medium' WHERE id IN (SELECT id FROM jobs WHERE priority IS NULL LIMIT 1000);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for write in scene.places().flat_map(writes) {
        // A loop is taken for batches, whatever else may be wrong with it.
        if write.in_loop || write.is_bounded() || write.is_by_key(&write.place.before().schema) {
            continue;
        }
        if write.dml.condition().is_some_and(takes_nothing) {
            continue;
        }
        let Some((severity, message)) = harm(&write) else { continue };
        findings.at_span(
            severity,
            Some(write.place.migration),
            write.span,
            message,
            "Do it in batches of a few thousand rows by primary key, each in a transaction of its own, from a script or a procedure that commits.",
        );
    }
    for (place, command) in scene.commands() {
        if let Some(message) = filled_at_creation(&place, command) {
            findings.at_with(Severity::Advice, &place, message, "Create it WITH NO DATA, and fill it outside of the migration.");
        }
    }
}

/// A table or materialized view that is filled from a table in use by the statement that creates it.
fn filled_at_creation(place: &Place, command: &Command) -> Option<String> {
    let Command::CreateTableAs(create) = command else { return None };
    let query = create.query.as_ref().filter(|query| create.with_data && query.limit.is_none())?;
    let read = sources(query).into_iter().filter_map(|name| place.relation(name)).find(|found| place.is_in_use(found.id))?;
    let (name, size) = (read.display_name(), place.size_note(read.id));
    Some(format!("Rows of {name}{size} are copied into {} in one statement: one long transaction, which VACUUM has to wait for.", create.name))
}

fn harm(write: &Write) -> Option<(Severity, String)> {
    let place = &write.place;
    let table = write.table.display_name();
    let severity = |name: &str| match place.scene.stats.of(name) {
        Some(size) if size.rows >= place.scene.settings.limits.many_rows => Severity::Danger,
        _ => Severity::Warning,
    };
    let busy = write.is_on_busy_table();
    let size = place.size_note(write.table.id);
    match write.dml {
        Dml::Update { .. } | Dml::Delete { .. } if write.is_of_all_rows() => None,
        Dml::Update { .. } | Dml::Merge { .. } if busy => Some((
            severity(&table),
            format!("All matching rows of {table}{size} are changed in one statement, and stay locked until its transaction ends."),
        )),
        Dml::Delete { .. } if busy => Some((
            severity(&table),
            format!("All matching rows of {table}{size} are deleted in one statement, and stay locked until its transaction ends."),
        )),
        Dml::Insert { source: Some(query), .. } => {
            let read = sources(query).into_iter().filter_map(|name| place.relation(name)).find(|found| {
                place.is_in_use(found.id)
            })?;
            let name = read.display_name();
            let size = place.size_note(read.id);
            let message = format!("Rows of {name}{size} are copied into {table} in one statement: one long transaction, which VACUUM has to wait for.");
            Some((if busy { severity(&name) } else { Severity::Advice }, message))
        }
        _ => None,
    }
}
