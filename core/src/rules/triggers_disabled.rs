//! Triggers switched off, foreign keys' among them.

use super::{Axis, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, Firing, TriggerSelection};

pub(super) static RULE: Rule = Rule {
    id: "triggers-disabled",
    summary: "Triggers are switched off, and foreign keys are not checked meanwhile",
    severity: Severity::Danger,
    axis: Axis::Data,
    why: "DISABLE TRIGGER ALL switches off the triggers that check foreign keys too, for every session and not only for this one; \
session_replication_role = replica does so for this session. Rows written meanwhile may refer to nothing, and nothing ever checks them again. \
DISABLE TRIGGER takes SHARE ROW EXCLUSIVE: writes wait while the transaction lasts.

It does not apply to one named trigger, nor to tables that these files have just created. It is a danger when nothing switches the triggers on again.",
    aliases: &["migrationpilot:MP064", "pgfence:disable-trigger", "safe-migrate:disable-trigger", "pglinter:B013"],
    manual: "ALTER TABLE: DISABLE TRIGGER",
    bad: &["ALTER TABLE jobs DISABLE TRIGGER ALL;\nUPDATE jobs SET owner_id = 1 WHERE id = 1;\nALTER TABLE jobs ENABLE TRIGGER ALL;"],
    good: &["SET lock_timeout = '2s';\nALTER TABLE jobs DISABLE TRIGGER jobs_audit;\nALTER TABLE jobs ENABLE TRIGGER jobs_audit;"],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        match place.command() {
            Command::AlterTable(alter) => {
                let Some(table) = place.relation(&alter.name) else { continue };
                let Some(which) = alter.actions.iter().find_map(disabled) else { continue };
                if !place.is_busy(table.id, table.table().map_or(Default::default(), |table| table.rows)) {
                    continue;
                }
                let again = scene.places().any(|later| {
                    let after = (later.migration, later.index) > (place.migration, place.index);
                    after && enables(&later, table.id)
                });
                let what = if *which == TriggerSelection::All { "Every trigger, the checks of foreign keys included," } else { "Every trigger but those of constraints" };
                let (severity, end) = if again {
                    (Severity::Warning, "until they are enabled again")
                } else {
                    (Severity::Danger, "and nothing enables them again")
                };
                findings.at_with(
                    severity,
                    &place,
                    format!("{what} of {} is off for all sessions, {end}.", table.display_name()),
                    "Disable the one trigger that is in the way, by name, in the same transaction that enables it again.",
                );
            }
            Command::Set(set)
                if set.name.as_deref() == Some("session_replication_role")
                    && set.values.first().is_some_and(|value| value.eq_ignore_ascii_case("replica")) =>
            {
                findings.at_with(
                    Severity::Warning,
                    &place,
                    "With session_replication_role = replica no trigger fires in this session and no foreign key is checked.",
                    "Leave it at origin; if it must be, use SET LOCAL around the one statement that needs it, and check the foreign keys afterwards.",
                );
            }
            _ => {}
        }
    }
}

fn disabled(action: &AlterAction) -> Option<&TriggerSelection> {
    match action {
        AlterAction::Trigger { which: which @ (TriggerSelection::All | TriggerSelection::User), firing: Firing::Disabled } => {
            Some(which)
        }
        _ => None,
    }
}

fn enables(place: &Place, table: crate::schema::Id) -> bool {
    let Command::AlterTable(alter) = place.command() else { return false };
    place.relation(&alter.name).is_some_and(|found| found.id == table)
        && alter.actions.iter().any(|action| {
            matches!(action, AlterAction::Trigger { which: TriggerSelection::All | TriggerSelection::User, firing } if *firing != Firing::Disabled)
        })
}
