//! An index built on a table in use, without CONCURRENTLY.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::simulate::WorkKind;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "index-not-concurrent",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &[
        "squawk:require-concurrent-index-creation",
        "eugene:E6",
        "strong_migrations:add_index",
        "atlas:PG101",
        "pgfence:create-index-not-concurrent", "strong_migrations:add_reference"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An index is built on a table in use, and every write to it waits until it is done",
    why: "CREATE INDEX takes SHARE on the table: reads go on, INSERT, UPDATE and DELETE wait until every row has been \
read and sorted. On a table of some size that is an outage for whoever writes.

A materialized view is only written by REFRESH, so on one it is a warning. It does not apply to a table that this migration created, that nothing has filled yet, or that the given sizes call small.

Build it CONCURRENTLY, outside of a transaction, in a migration of its own: that takes SHARE UPDATE EXCLUSIVE, and writes go on.",
    manual: "CREATE INDEX: Building Indexes Concurrently",
    bad: &[
        "CREATE INDEX orders_customer_id_idx ON orders (customer_id);",
        "BEGIN;\nSELECT count(*) FROM orders;\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);\nCOMMIT;",
        "DO $$ BEGIN\n  CREATE INDEX orders_customer_id_idx ON orders (customer_id);\nEND $$;",
    ],
    good: &[
        "-- file: 001_i.sql\nSET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);\n-- file: rollback/001_rollback.sql\nDROP INDEX CONCURRENTLY orders_customer_id_idx;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let Command::CreateIndex(create) = command else { continue };
        if create.concurrently {
            continue;
        }
        let table = place.relation(&create.table);
        // Of several in one block, each for itself.
        let is_own = |id: Id| {
            table.is_none_or(|own| {
                own.id == id || place.after().schema.descendants_of(own.id).contains(&id)
            })
        };
        let busy: Vec<_> = place
            .heavy_work()
            .filter(|work| work.kind == WorkKind::BuildIndex && is_own(work.relation))
            .collect();
        let Some(first) = busy.first() else { continue };
        let tables = match busy.len() {
            1 => first.name.clone(),
            count => format!("{} and {} more", first.name, count - 1),
        };
        let name = create.name.as_deref().unwrap_or("the index");
        let is_view = place.relation_of(first.relation).is_some_and(|relation| relation.view().is_some());
        let waits = if is_view { "REFRESH waits" } else { "INSERT, UPDATE and DELETE wait" };
        let is_partitioned = table.is_some_and(|r| r.table().is_some_and(|t| t.is_partitioned()));
        let help = if is_partitioned {
            format!(
                "Create the index ON ONLY {}, then one on each partition with CONCURRENTLY, and attach each with ALTER INDEX … ATTACH PARTITION.",
                create.table
            )
        } else {
            format!(
                "Use CREATE INDEX CONCURRENTLY, alone in a migration that the runner does not wrap in a transaction, and DROP INDEX CONCURRENTLY IF EXISTS {name} before it so that a retry does not meet an invalid index."
            )
        };
        findings.at_with(
            if is_view { Severity::Warning } else { Severity::Danger },
            &place,
            format!(
                "Building {name} holds SHARE on {tables}{}: {waits} until every row is read and sorted.",
                place.size_note(first.relation)
            ),
            help,
        );
    }
}
