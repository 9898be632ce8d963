//! Triggers switched off, foreign keys' among them.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, Firing, TriggerSelection};

pub(super) static RULE: Rule = Rule {
    id: "triggers-disabled",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP064", "pgfence:disable-trigger", "safe-migrate:disable-trigger", "pglinter:B013"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Triggers are switched off, and foreign keys are not checked meanwhile",
    why: "DISABLE TRIGGER ALL switches off the triggers that check foreign keys too, for every session and not only for this one; \
session_replication_role = replica does so for this session. Rows written meanwhile may refer to nothing, and nothing ever checks them again. \
DISABLE TRIGGER takes SHARE ROW EXCLUSIVE: writes wait while the transaction lasts.

It does not apply to one named trigger that is switched on again, nor to tables that these files have just created. It is a danger when nothing \
switches the triggers on again.",
    manual: "ALTER TABLE: DISABLE TRIGGER",
    bad: &[
        "ALTER TABLE jobs DISABLE TRIGGER jobs_audit;",
        "ALTER TABLE jobs DISABLE TRIGGER ALL;\nUPDATE jobs SET owner_id = 1 WHERE id = 1;\nALTER TABLE jobs ENABLE TRIGGER ALL;",
    ],
    good: &["SET lock_timeout = '2s';\nALTER TABLE jobs DISABLE TRIGGER jobs_audit;\nALTER TABLE jobs ENABLE TRIGGER jobs_audit;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        if let Command::Set(set) = command
            && set.name.as_deref() == Some("session_replication_role")
            && set.values.first().is_some_and(|value| value.eq_ignore_ascii_case("replica"))
        {
            findings.at_with(
                Severity::Warning,
                &place,
                "With session_replication_role = replica no trigger fires in this session and no foreign key is checked.",
                "Leave it at origin; if it must be, use SET LOCAL around the one statement that needs it, and check the foreign keys afterwards.",
            );
        }
    }
    for alteration in scene.alterations() {
        let AlterAction::Trigger { which, firing: Firing::Disabled } = alteration.action else { continue };
        let place = &alteration.place;
        if !place.is_in_use(alteration.relation.id) {
            continue;
        }
        let again = enabled_again(scene, &alteration, which);
        let together = again.is_some_and(|other| place.is_together_with(&other.place));
        let severity = match (which, again) {
            (TriggerSelection::Named(_), Some(_)) => continue,
            (TriggerSelection::User, Some(_)) if together => Severity::Advice,
            (TriggerSelection::Named(_), None) | (_, Some(_)) => Severity::Warning,
            (TriggerSelection::User | TriggerSelection::All, None) => Severity::Danger,
        };
        let what = match which {
            TriggerSelection::Named(name) => format!("Trigger {name}"),
            TriggerSelection::User => "Every trigger but those of constraints".to_owned(),
            TriggerSelection::All => "Every trigger, the checks of foreign keys included,".to_owned(),
        };
        let end = match again {
            Some(other) => format!("until {}", other.place.seen_from(place)),
            None => "and nothing enables it again".to_owned(),
        };
        findings.at_with(
            severity,
            place,
            format!("{what} of {} is off for all sessions, {end}.", alteration.name()),
            "Disable the one trigger that is in the way, by name, in the same transaction that enables it again.",
        );
    }
}

/// The sub-command behind it that switches them on again.
fn enabled_again<'a>(
    scene: &'a Scene<'a>,
    disabling: &Alteration<'a>,
    which: &TriggerSelection,
) -> Option<Alteration<'a>> {
    let here = (disabling.place.migration, disabling.place.index);
    scene.alterations().find(|other| {
        let covers = match other.action {
            AlterAction::Trigger { firing: Firing::Disabled, .. } => false,
            AlterAction::Trigger { which: on, .. } => on == which || *on == TriggerSelection::All,
            _ => false,
        };
        covers
            && other.relation.id == disabling.relation.id
            && (other.place.migration, other.place.index) >= here
    })
}
