//! Row level security with no policy: nobody but the owner sees a row.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Origin};
use crate::sql::Command;
use crate::sql::command::{AlterAction, ObjectKind};

pub(super) static RULE: Rule = Rule {
    id: "row-security-without-policy",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["splinter:0008_rls_enabled_no_policy", "migrationpilot:MP057"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Row level security is on and there is no policy, so every row is invisible",
    why: "With row level security enabled and no policy, the default is to deny: for everyone but the table's owner and roles with \
BYPASSRLS, SELECT returns nothing, UPDATE and DELETE touch nothing, and INSERT fails (42501). There is no error to notice, only missing rows.

It does not apply when a policy follows in the same set. On a table that the application already uses it is a danger, on a new one a warning. \
Create the policies in the same transaction, before row level security is enabled.",
    manual: "Row Security Policies",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = current_user);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for relation in scene.last().relations() {
        let Some(table) = relation.table() else { continue };
        if !table.row_security || table.policies.iter().any(|policy| policy.permissive) {
            continue;
        }
        let Some(place) = scene.places().filter(|place| leads_to_it(place, relation.id)).last() else { continue };
        let name = relation.display_name();
        let restrictive = if table.policies.is_empty() { "no policy" } else { "no permissive policy, and restrictive ones alone allow nothing" };
        let (severity, condition) = if relation.origin == Origin::Assumed {
            (Severity::Warning, ", unless an earlier migration that is not here created one")
        } else if place.is_in_use(relation.id) {
            (Severity::Danger, "")
        } else {
            (Severity::Warning, "")
        };
        findings.at_with(
            severity,
            &place,
            format!("{name} has row level security and {restrictive}{condition}: nobody but its owner sees a row, and INSERT fails (42501)."),
            format!("Create the policies of {name} before row level security is enabled, in the same transaction."),
        );
    }
}

/// Does the statement enable row level security, or take a policy away?
fn leads_to_it(place: &Place, table: Id) -> bool {
    match place.command() {
        Command::AlterTable(alter) => {
            place.relation(&alter.name).is_some_and(|found| found.id == table)
                && alter.actions.iter().any(|action| matches!(action, AlterAction::RowSecurity { enable: true }))
        }
        Command::Drop(drop) if drop.kind == ObjectKind::Policy => drop
            .objects
            .iter()
            .any(|object| place.relation(&object.name).is_some_and(|found| found.id == table)),
        _ => false,
    }
}
