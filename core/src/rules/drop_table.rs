//! DROP TABLE.

use super::writes::sources;
use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Relation;
use crate::sql::command::{Drop, ObjectKind, Persistence};
use crate::sql::{Command, Dml, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "drop-table",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &[
        "squawk:ban-drop-table",
        "atlas:DS102",
        "strong_migrations:create_table",
        "django-migration-linter:DROP_TABLE",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A table that was there before is dropped with all that is in it",
    why: "The rows are gone for good: a down script can bring back the table, not what was in it. Code that still \
names it fails with 42P01. DROP TABLE takes ACCESS EXCLUSIVE on the table and on every table that it references.

It does not apply to tables that these files created themselves, nor to temporary ones, nor where the transaction has copied the rows into a table \
that takes the name.

First deploy code that does not use the table. Then rename it and wait for a release; drop it after a backup.",
    manual: "DROP TABLE",
    bad: &["SET lock_timeout = '5s';\nDROP TABLE legacy_orders;", "DROP TABLE IF EXISTS legacy_orders;"],
    good: &["CREATE TABLE scratch (id int);\nDROP TABLE scratch;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::Drop(drop) = command else { continue };
        if !matches!(drop.kind, ObjectKind::Table | ObjectKind::ForeignTable) {
            continue;
        }
        let lost: Vec<String> =
            drop.objects.iter().filter_map(|object| lost(&place, drop, &object.name)).collect();
        if !lost.is_empty() {
            report(&place, drop, &lost.join(", "), findings);
        }
    }
}

/// The name of a table that goes with its data.
fn lost(place: &Place, drop: &Drop, written: &QualifiedName) -> Option<String> {
    match place.relation(written) {
        Some(table) => {
            let is_old = place.scene.is_old(table) && table.persistence != Persistence::Temporary;
            let holds_data = table.table().is_some_and(|table| table.foreign_server.is_none());
            (is_old && holds_data && !is_replaced(place, table)).then(|| format!("{}{}", table.display_name(), place.size_note(table.id)))
        }
        // Without IF EXISTS it was taken to exist, and is gone after the statement.
        None => {
            let may_be_old = !place.makes_within(written) && (!drop.if_exists || place.may_exist(written));
            may_be_old.then(|| written.to_string())
        }
    }
}

/// Has the transaction copied the table's rows, and does another table bear its name when it ends?
fn is_replaced(place: &Place, table: &Relation) -> bool {
    let copies = |earlier: &Place| {
        let query = match earlier.command() {
            Command::Dml(Dml::Insert { source: Some(query), .. }) => query,
            Command::CreateTableAs(create) => match &create.query {
                Some(query) => query,
                None => return false,
            },
            _ => return false,
        };
        sources(query).into_iter().any(|name| earlier.relation(name).is_some_and(|read| read.id == table.id))
    };
    let run = place.run();
    let named = run.before.schema.relation(table.id).map_or(table, |before| before);
    place.in_transaction()
        && run.after.schema.relation_named(&named.schema, &named.name).is_some()
        && place.earlier_in_transaction().any(|earlier| copies(&earlier))
}

fn report(place: &Place, drop: &Drop, lost: &str, findings: &mut Findings) {
    let recreated = drop.objects.iter().all(|object| {
        place.later().any(
            |later| matches!(later.command(), Command::CreateTable(create) if create.name == object.name),
        )
    });
    let makes_way = place.makes_way(drop);
    let is_there = |own: &Relation| !makes_way || place.run().before.schema.relation(own.id).is_some();
    let known =
        !drop.if_exists || drop.objects.iter().any(|object| place.relation(&object.name).is_some_and(is_there));
    let (severity, message) = match (known, recreated) {
        (true, _) => (
            Severity::Danger,
            format!("All rows of {lost} are lost, and code that still names it fails (42P01)."),
        ),
        (false, true) => (
            if makes_way { Severity::Advice } else { Severity::Warning },
            format!("Where {lost} exists already, all its rows are lost before it is created anew."),
        ),
        (false, false) => (
            Severity::Danger,
            format!(
                "Where {lost} exists, all its rows are lost, and code that still names it fails (42P01)."
            ),
        ),
    };
    findings.at_with(
        severity,
        place,
        message,
        "Deploy code that does not use the table first, rename it, and drop it in a later release after a backup.",
    );
}
