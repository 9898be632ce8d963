//! Protection taken off a table.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Policy;
use crate::sql::Command;
use crate::sql::command::{AlterAction, Drop, ObjectKind};

pub(super) static RULE: Rule = Rule {
    id: "row-security-disabled",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["pg-schema-diff:AUTHZ_UPDATE"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Row level security is switched off, or a restrictive policy dropped, so rows become visible to more than before",
    why: "DISABLE ROW LEVEL SECURITY ignores every policy from its COMMIT on: all roles with SELECT see all rows. NO FORCE does so for the \
table's owner, which is often the role that the application uses. ALTER TABLE takes ACCESS EXCLUSIVE.

It does not apply to tables that hold nothing yet, nor where the same set enables it again.",
    manual: "Row Security Policies",
    bad: &["ALTER TABLE notes DISABLE ROW LEVEL SECURITY;"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY);\nALTER TABLE notes DISABLE ROW LEVEL SECURITY;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        if let Command::Drop(drop) = place.command() {
            lifted_restrictions(&place, drop, findings);
        }
        let Command::AlterTable(alter) = place.command() else { continue };
        let Some(relation) = place.relation(&alter.name) else { continue };
        let last = scene.last().relation(relation.id).and_then(|last| last.table());
        for action in &alter.actions {
            let name = relation.display_name();
            match action {
                AlterAction::RowSecurity { enable: false }
                    if place.is_in_use(relation.id) && !last.is_some_and(|last| last.row_security) =>
                {
                    findings.at(
                        &place,
                        format!("From here on no policy protects {name}: whoever has SELECT on it sees every row."),
                        "Change or drop the policy that is in the way, and leave row level security on.",
                    );
                }
                AlterAction::ForceRowSecurity { force: false }
                    if place.is_in_use(relation.id) && !last.is_some_and(|last| last.force_row_security) =>
                {
                    findings.at_with(
                        Severity::Warning,
                        &place,
                        format!("The owner of {name} is no longer bound by its policies; if the application connects as the owner, nothing protects the rows."),
                        "Let the application use a role that does not own the table, or leave FORCE on.",
                    );
                }
                _ => {}
            }
        }
    }
}

/// Restrictive policies that are dropped and do not come back: what they kept out, the permissive ones may let in.
fn lifted_restrictions(place: &Place, drop: &Drop, findings: &mut Findings) {
    for object in drop.objects.iter().filter(|_| drop.kind == ObjectKind::Policy) {
        let Some(relation) = place.known_before(&object.name).filter(|relation| place.is_in_use(relation.id)) else { continue };
        let is_it = |own: &&Policy| Some(&own.name) == object.part.as_ref() && !own.permissive;
        let was = relation.table().is_some_and(|table| table.policies.iter().find(is_it).is_some());
        let stays = place.scene.last_table(relation.id).is_some_and(|last| last.policies.iter().find(is_it).is_some());
        if was && !stays {
            let name = object.part.as_deref().unwrap_or_default();
            findings.at_with(
                Severity::Warning,
                place,
                format!("Rows of {} that restrictive policy {name} kept from everybody are shown again.", relation.display_name()),
                "Create what takes its place in the same transaction, before it is dropped.",
            );
        }
    }
}
