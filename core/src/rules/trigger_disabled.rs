//! ALTER TABLE … DISABLE TRIGGER.

use super::{Alteration, Axis, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::{AlterAction, Firing, TriggerSelection};

pub(super) static RULE: Rule = Rule {
    id: "trigger-disabled",
    summary: "Triggers are switched off, with ALL those that enforce foreign keys too",
    severity: Severity::Danger,
    axis: Axis::Data,
    why: "While triggers are off, nothing that they do happens: audit rows, derived columns, and with DISABLE TRIGGER \
ALL the checks and cascades of foreign keys. Rows that break a key come in, and ENABLE TRIGGER does not look for them: the \
key says it is valid and is not.

It does not apply to tables that these files created. Where the same transaction switches them on again, nobody else can \
write meanwhile (SHARE ROW EXCLUSIVE is held), and only what the migration itself writes goes unchecked.

Leave foreign keys on, and make them DEFERRABLE if the order of writes is the trouble; switch off single triggers by name, and \
on again in the same transaction.",
    aliases: &["migrationpilot:MP064", "pgfence:disable-trigger", "safe-migrate:disable-trigger"],
    manual: "ALTER TABLE: DISABLE/ENABLE TRIGGER",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders DISABLE TRIGGER ALL;",
        "SET lock_timeout = '5s';\nALTER TABLE orders DISABLE TRIGGER audit;",
    ],
    good: &[
        "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders DISABLE TRIGGER audit;\nALTER TABLE orders ENABLE TRIGGER audit;\nCOMMIT;",
    ],
    check,
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::Trigger { which, firing: Firing::Disabled } = alteration.action else { continue };
        if !scene.is_old(alteration.relation) {
            continue;
        }
        let enabled = enabled_again(scene, &alteration, which);
        let together = enabled.is_some_and(|other| alteration.place.is_together_with(&other.place));
        let severity = match (which, together, enabled) {
            (TriggerSelection::Named(_), true, _) => continue,
            (TriggerSelection::User, true, _) => Severity::Advice,
            (TriggerSelection::All, _, Some(_)) => Severity::Warning,
            (TriggerSelection::All, _, None) => Severity::Danger,
            _ => Severity::Warning,
        };
        let what = match which {
            TriggerSelection::Named(name) => format!("Trigger {name} is"),
            TriggerSelection::User => "All triggers are".to_owned(),
            TriggerSelection::All => "All triggers, those that enforce foreign keys too, are".to_owned(),
        };
        let until = match enabled {
            Some(other) => format!("until {}", other.place.seen_from(&alteration.place)),
            None => "and never on again here".to_owned(),
        };
        findings.at_with(
            severity,
            &alteration.place,
            format!("{what} off on {} {until}: rows that come in meanwhile go unchecked for good.", alteration.name()),
            "Switch off single triggers by name, and on again in the same transaction; leave those of foreign keys on.",
        );
    }
}

/// The later sub-command that switches them on again.
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
