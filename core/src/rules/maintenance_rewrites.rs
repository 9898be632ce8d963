//! Maintenance that writes a whole table anew.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::Command;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "maintenance-rewrites",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["squawk:prefer-repack", "migrationpilot:MP006", "migrationpilot:MP032", "migrationpilot:MP095"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "VACUUM FULL, CLUSTER, or a change of logging, tablespace or access method writes a whole table anew",
    why: "VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS METHOD copy the table, most of \
them with all its indexes, under ACCESS EXCLUSIVE: not even SELECT gets through, and the disk has to hold both copies. An \
UNLOGGED table is empty after a crash, and cannot be read on a standby.

It does not apply to tables that these files created and nothing has filled, nor to small ones.

Such maintenance does not belong into a migration: use a tool that works online (pg_repack, pg_squeeze), or a maintenance \
window.",
    manual: "Recovering Disk Space",
    bad: &[
        "VACUUM FULL orders;",
        "SET lock_timeout = '5s';\nCLUSTER orders USING orders_pkey;",
        "SET lock_timeout = '5s';\nALTER TABLE orders SET UNLOGGED;",
        "SET lock_timeout = '5s';\nALTER TABLE orders SET TABLESPACE fast;",
    ],
    good: &["VACUUM (ANALYZE) orders;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let what = match command {
            Command::Vacuum(vacuum) if vacuum.full => "VACUUM FULL",
            Command::Cluster(_) => "CLUSTER",
            Command::AlterTable(alter) => match alter.actions.iter().find_map(maintenance) {
                Some(what) => what,
                None => continue,
            },
            _ => continue,
        };
        let everything = match command {
            Command::Vacuum(vacuum) => vacuum.tables.is_empty(),
            Command::Cluster(cluster) => cluster.table.is_none(),
            _ => false,
        };
        let tables: Vec<String> = place
            .heavy_work()
            .filter(|work| work.kind == WorkKind::Rewrite)
            .map(|work| format!("{}{}", work.name, place.size_note(work.relation)))
            .collect();
        let tables = match (everything, tables.is_empty()) {
            (true, _) => "one table of the database after the other".to_owned(),
            (false, false) => tables.join(", "),
            (false, true) => continue,
        };
        findings.at(
            &place,
            format!("{what} writes {tables} anew under ACCESS EXCLUSIVE: reads and writes wait until it is done."),
            "Do it outside of migrations, with a tool that works online (pg_repack) or in a maintenance window.",
        );
    }
}

fn maintenance(action: &AlterAction) -> Option<&'static str> {
    match action {
        AlterAction::SetLogged(true) => Some("SET LOGGED"),
        AlterAction::SetLogged(false) => Some("SET UNLOGGED"),
        AlterAction::SetTablespace(_) => Some("SET TABLESPACE"),
        AlterAction::SetAccessMethod(_) => Some("SET ACCESS METHOD"),
        _ => None,
    }
}
