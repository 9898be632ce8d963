//! What runs in no transaction but its own.

use crate::schema::{Schema, Table};
use crate::sql::Command;
use crate::sql::command::{AlterAction, ObjectKind, Reindex, ReindexTarget};

/// What a command is called that runs in a transaction of its own, and so in no block and in no function:
/// `PreventInTransactionBlock` and its callers.
pub fn needs_no_transaction(command: &Command, schema: &Schema) -> Option<&'static str> {
    let what = match command {
        Command::CreateIndex(create) if create.concurrently => "CREATE INDEX CONCURRENTLY",
        Command::Drop(drop) if drop.concurrently && drop.kind == ObjectKind::Index => {
            "DROP INDEX CONCURRENTLY"
        }
        Command::Reindex(Reindex { concurrently: true, .. }) => "REINDEX CONCURRENTLY",
        Command::Reindex(Reindex { target: ReindexTarget::Schema(_), .. }) => "REINDEX SCHEMA",
        Command::Reindex(Reindex { target: ReindexTarget::Database, .. }) => "REINDEX DATABASE",
        Command::Reindex(Reindex { target: ReindexTarget::System, .. }) => "REINDEX SYSTEM",
        Command::Vacuum(vacuum) if vacuum.vacuum => "VACUUM",
        Command::Cluster(cluster) => match &cluster.table {
            None => "CLUSTER",
            Some(table) => {
                let found = schema.resolve(table, &[crate::sql::name("public")])?;
                if !found.table().is_some_and(Table::is_partitioned) {
                    return None;
                }
                "CLUSTER"
            }
        },
        Command::AlterTable(alter) => {
            let detaches = alter
                .actions
                .iter()
                .any(|a| matches!(a, AlterAction::DetachPartition { concurrently: true, .. }));
            if !detaches {
                return None;
            }
            "ALTER TABLE ... DETACH CONCURRENTLY"
        }
        _ => return None,
    };
    Some(what)
}
