//! CASCADE, and what it takes along.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::command::{AlterAction, Behavior, DomainAction, ObjectKind};
use crate::sql::{Command, Name};

pub(super) static RULE: Rule = Rule {
    id: "cascade-drops",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["bytebase:213", "safe-migrate:destructive-cascade"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "CASCADE drops more than the statement names",
    why: "With CASCADE PostgreSQL drops whatever depends on the object, and what depends on that, without asking: \
views, foreign keys of other tables, triggers, columns of a dropped type, a whole schema's tables. What exactly is known \
only to the database that it runs on, and may be more there than on the one where it was tried.

It does not apply when nothing that these files know depends on an object that they created themselves.

Drop the dependants by name, in order, so that the review sees them; leave CASCADE out, and let PostgreSQL refuse (2BP01) \
what was forgotten.",
    manual: "Dependency Tracking",
    bad: &[
        "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW open_orders AS SELECT id FROM orders;\nDROP TABLE orders CASCADE;",
        "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN total CASCADE;",
    ],
    good: &["CREATE TABLE drafts (id bigint PRIMARY KEY);\nDROP TABLE drafts CASCADE;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let mut seen = None;
    for (place, command) in scene.commands() {
        let here = (place.migration, place.index);
        if !cascades(command) || seen == Some(here) {
            continue;
        }
        seen = Some(here);
        report(&place, command, findings);
    }
}

fn cascades(command: &Command) -> bool {
    let actions_cascade = |action: &AlterAction| {
        matches!(
            action,
            AlterAction::DropColumn { behavior: Behavior::Cascade, .. }
                | AlterAction::DropConstraint { behavior: Behavior::Cascade, .. }
        )
    };
    match command {
        Command::Drop(drop) => drop.behavior == Behavior::Cascade,
        Command::AlterTable(alter) => alter.actions.iter().any(actions_cascade),
        Command::AlterDomain(alter) => {
            matches!(alter.action, DomainAction::DropConstraint { behavior: Behavior::Cascade, .. })
        }
        _ => false,
    }
}

fn report(place: &Place, command: &Command, findings: &mut Findings) {
    let cascaded = &place.step().cascaded;
    let help = "Drop the dependants by name, in order, and leave CASCADE out: PostgreSQL then refuses (2BP01) what was forgotten.";
    if cascaded.is_empty() {
        if is_unknown(place, command) {
            let message =
                "CASCADE takes along whatever depends on it; what that is, only the database knows.";
            // A schema's tables are what it is there for.
            let is_schema = matches!(command, Command::Drop(drop) if drop.kind == ObjectKind::Schema);
            let makes_way = matches!(command, Command::Drop(drop) if place.makes_way(drop));
            let severity = match (is_schema, makes_way) {
                (true, _) => Severity::Danger,
                (_, true) => Severity::Advice,
                _ => Severity::Warning,
            };
            findings.at_with(severity, place, message, help);
        }
        return;
    }
    let holds_data =
        |line: &String| ["table ", "partitioned table ", "column "].iter().any(|kind| line.starts_with(kind));
    let severity = if cascaded.iter().any(holds_data) { Severity::Danger } else { Severity::Warning };
    findings.at_with(severity, place, format!("CASCADE also drops {}.", cascaded.join(", ")), help);
}

/// Is something dropped of which nobody here knows what depends on it?
fn is_unknown(place: &Place, command: &Command) -> bool {
    let unknown = |written| {
        let known = place.known_before(written);
        known.is_none_or(|relation| place.scene.is_old(relation) && relation.presumed)
    };
    let schema = &place.before().schema;
    let is_created = |origin: Option<Origin>| origin == Some(Origin::Created);
    let made_here = |kind, name: &Name| match kind {
        ObjectKind::Type | ObjectKind::Domain => {
            is_created(schema.types().find(|own| own.name == *name).map(|own| own.origin))
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            is_created(schema.functions().find(|own| own.name == *name).map(|own| own.origin))
        }
        ObjectKind::Schema => is_created(schema.namespaces.get(name).map(|own| own.origin)),
        ObjectKind::Extension => schema.extensions.get(name).is_some(),
        _ => false,
    };
    match command {
        Command::Drop(drop) => drop
            .objects
            .iter()
            .any(|object| unknown(&object.name) && !made_here(drop.kind, &object.name.name)),
        Command::AlterTable(alter) => unknown(&alter.name),
        _ => false,
    }
}
