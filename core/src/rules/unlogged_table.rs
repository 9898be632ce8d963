//! A table that a crash empties.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::{AlterAction, Persistence};

pub(super) static RULE: Rule = Rule {
    id: "unlogged-table",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP047", "pgrubic:unlogged", "pgfence:set-unlogged"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A table is UNLOGGED: after a crash it is empty, and replicas never have it",
    why: "What is written to an unlogged table is not in the write-ahead log. After a crash or an immediate shutdown \
the server empties it; a physical replica cannot read it (0A000), so after a failover it is empty too, and a \
backup by base copy does not hold its rows.

It does not apply to tables that are set LOGGED later here or dropped again. Use it only for what can be \
computed again.",
    manual: "CREATE TABLE: UNLOGGED",
    bad: &["CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY);"],
    good: &["CREATE TABLE carts (id bigint PRIMARY KEY);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let written = match command {
            Command::CreateTable(create) if create.persistence == Persistence::Unlogged => &create.name,
            Command::CreateTableAs(create) if create.persistence == Persistence::Unlogged => &create.name,
            Command::AlterTable(alter) if alter.actions.iter().any(|action| matches!(action, AlterAction::SetLogged(false))) => &alter.name,
            _ => continue,
        };
        let path = place.after().session.search_path();
        let Some(table) = place.after().schema.resolve(written, &path) else { continue };
        if scene.last().relation(table.id).is_some_and(|last| last.persistence == Persistence::Unlogged) {
            findings.at(
                &place,
                format!("A crash or a failover empties {}.", table.display_name()),
                "Leave UNLOGGED out, unless every row of it can be computed again.",
            );
        }
    }
}
