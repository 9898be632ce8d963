//! A table that nothing cleans up any more.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, OptionValue, Persistence};

pub(super) static RULE: Rule = Rule {
    id: "autovacuum-off",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP066"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Autovacuum is switched off for a table",
    why: "Without autovacuum the dead rows of every UPDATE and DELETE stay: table and indexes grow, statistics age, \
plans get worse. It is often meant for the time of a load and then forgotten; the forced vacuum against \
wraparound comes all the same, at the worst time.

It does not apply when a later statement here resets the option, nor to temporary tables. To tune it, set \
`autovacuum_vacuum_scale_factor` for the table.",
    manual: "Automatic Vacuuming",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE events SET (autovacuum_enabled = false);"],
    good: &["SET lock_timeout = '5s';\nALTER TABLE events SET (autovacuum_enabled = false);\nALTER TABLE events RESET (autovacuum_enabled);", "SET lock_timeout = '5s';\nALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.02);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let (written, options) = match command {
            Command::CreateTable(create) if create.persistence != Persistence::Temporary => {
                (&create.name, create.options.iter().find(|own| switches_off(own)))
            }
            Command::AlterTable(alter) => {
                let set = alter.actions.iter().find_map(|action| match action {
                    AlterAction::Options { options, reset: false } => options.iter().find(|own| switches_off(own)),
                    _ => None,
                });
                (&alter.name, set)
            }
            _ => continue,
        };
        let path = place.after().session.search_path();
        let Some(table) = options.and_then(|_| place.after().schema.resolve(written, &path)) else { continue };
        if scene.last().relation(table.id).is_some_and(|last| last.options.iter().any(switches_off)) {
            findings.at(
                &place,
                format!("From here on nothing vacuums or analyzes {} by itself.", table.display_name()),
                "RESET (autovacuum_enabled) once the load is done, or tune autovacuum_vacuum_scale_factor instead.",
            );
        }
    }
}

fn switches_off(option: &OptionValue) -> bool {
    option.name.ends_with("autovacuum_enabled")
        && option.value.as_deref().is_some_and(|value| matches!(value, "false" | "off" | "0" | "no"))
}
