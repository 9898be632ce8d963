//! TRUNCATE, LOCK, VACUUM, ANALYZE, CLUSTER, REINDEX.

use super::error::wrong_kind;
use super::run::{Run, is_catalog, unquoted};
use super::{PgError, WorkKind, index};
use crate::locks::LockMode;
use crate::schema::{ConstraintKind, Id, RelationKind, Rows, Table};
use crate::sql::command::{Behavior, Cluster, Lock, Reindex, ReindexTarget, Truncate, Vacuum};

/// TRUNCATE: ACCESS EXCLUSIVE on each table; 0A000 when another table's foreign key references one.
pub(super) fn truncate(run: &mut Run, truncate: &Truncate) -> Result<(), PgError> {
    let mut ids: Vec<Id> = Vec::new();
    for (written, only) in &truncate.tables {
        let id = run.table(written)?;
        if *only && run.table_of(id)?.is_partitioned() {
            return Err(PgError::new("42809", "cannot truncate only a partitioned table").with_hint(
                "Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly.",
            ));
        }
        ids.push(id);
        if !only {
            ids.extend(run.schema.descendants_of(id));
        }
    }
    let mut index = 0;
    while index < ids.len() {
        let id = ids[index];
        run.lock(id, LockMode::AccessExclusive);
        for (on, _) in run.schema.references_to(id) {
            if ids.contains(&on.id) {
                continue;
            }
            if truncate.behavior == Behavior::Restrict {
                let message = "cannot truncate a table referenced in a foreign key constraint";
                let relation = &run.get(id)?.name;
                return Err(PgError::new("0A000", message)
                    .with_hint(format!("Table \"{}\" references \"{relation}\".", on.name)));
            }
            ids.push(on.id);
            run.change(format!(
                "empties {} too: it references {}",
                on.display_name(),
                run.schema.display_name(id)
            ));
        }
        index += 1;
    }
    for id in ids {
        run.change_table(id, |table| table.rows = Rows::None);
        run.change(format!("empties {}", run.schema.display_name(id)));
    }
    Ok(())
}

/// LOCK TABLE.
pub(super) fn lock(run: &mut Run, lock: &Lock) -> Result<(), PgError> {
    for (written, only) in &lock.tables {
        let id = run.relation(written)?;
        if *only { run.lock(id, lock.mode) } else { super::object::read_locked(run, id, lock.mode) }
    }
    Ok(())
}

/// VACUUM and ANALYZE: SHARE UPDATE EXCLUSIVE; VACUUM FULL writes the table anew under ACCESS EXCLUSIVE.
pub(super) fn vacuum(run: &mut Run, vacuum: &Vacuum) -> Result<(), PgError> {
    for (written, only) in &vacuum.tables {
        let id = run.relation(written)?;
        let mode = if vacuum.full { LockMode::AccessExclusive } else { LockMode::ShareUpdateExclusive };
        run.lock(id, mode);
        let partitioned = run.get(id)?.table().is_some_and(Table::is_partitioned);
        // Children are worked on from 18 on; the statistics of a whole tree read them always.
        let follows = !only && (partitioned || run.version() >= 18);
        for child in run.schema.descendants_of(id) {
            if follows {
                run.lock(child, mode);
            } else if !vacuum.vacuum {
                run.lock(child, LockMode::AccessShare);
            }
        }
        if vacuum.full && !(*only && partitioned) {
            let reason = "VACUUM FULL writes the table anew";
            run.rewrite(id, reason);
            if follows && !partitioned {
                for child in run.schema.descendants_of(id) {
                    run.rewrite(child, reason);
                }
            }
        }
    }
    if vacuum.tables.is_empty() {
        run.assume("every table of the database is worked on, one after the other");
    }
    Ok(())
}

/// CLUSTER: the table is written anew under ACCESS EXCLUSIVE.
pub(super) fn cluster(run: &mut Run, cluster: &Cluster) -> Result<(), PgError> {
    let Some(written) = &cluster.table else {
        run.assume("every table that was clustered before is written anew");
        return Ok(());
    };
    let id = run.relation(written)?;
    let relation = run.get(id)?.clone();
    if let Some(index) = &cluster.index
        && run.schema.indexes_of(id).any(|(own, keys)| own.name == *index && !keys.valid)
    {
        return Err(PgError::new("0A000", format!("cannot cluster on invalid index \"{index}\"")));
    }
    if let Some(index) = &cluster.index {
        let known = run.schema.indexes_of(id).any(|(own, _)| own.name == *index);
        if !known && !run.is_assumed(id) {
            let message = format!("index \"{index}\" for table \"{}\" does not exist", relation.name);
            return Err(PgError::new("42704", message));
        }
    } else if relation.table().is_some_and(|table| table.cluster_on.is_none()) && !run.is_assumed(id) {
        let message = format!("there is no previously clustered index for table \"{}\"", relation.name);
        return Err(PgError::new("42704", message));
    }
    if let Some(index) = &cluster.index {
        index::may_cluster(run, id, index)?;
    }
    lock_partitions(run, id, LockMode::AccessExclusive);
    if let Some(index) = &cluster.index {
        let chosen = run.schema.indexes_of(id).find(|(own, _)| own.name == *index).map(|(own, _)| own.id);
        run.change_table(id, |table| table.cluster_on = chosen.filter(|_| !table.is_partitioned()));
    }
    run.rewrite(id, "CLUSTER writes the table anew in the index's order");
    run.change(format!("clusters {}", relation.display_name()));
    Ok(())
}

/// REINDEX: SHARE on the table (writes wait), or SHARE UPDATE EXCLUSIVE when CONCURRENTLY.
pub(super) fn reindex(run: &mut Run, reindex: &Reindex) -> Result<(), PgError> {
    let mode = if reindex.concurrently { LockMode::ShareUpdateExclusive } else { LockMode::Share };
    let reason = "the index is built anew";
    match &reindex.target {
        ReindexTarget::Index(written) => {
            let Some(id) = run.find_relation(written) else {
                if run.server.world.presumes_objects() {
                    run.assume(format!("index {} exists", unquoted(written)));
                    return Ok(());
                }
                return Err(super::error::no_relation(&unquoted(written)));
            };
            let relation = run.get(id)?;
            let Some(index) = relation.index() else { return Err(wrong_kind(&relation.name, "index")) };
            let table = index.table;
            let exclusion = run.table_of(table).is_ok_and(|table| {
                let own = table.constraints.iter().find(|own| own.kind.index() == Some(id));
                matches!(own.map(|own| &own.kind), Some(ConstraintKind::Exclude(..)))
            });
            if reindex.concurrently && exclusion {
                let message = "concurrent index creation for exclusion constraints is not supported";
                return Err(PgError::new("0A000", message));
            }
            lock_partitions(run, table, mode);
            run.work(WorkKind::BuildIndex, table, reason);
        }
        ReindexTarget::Table(written) => {
            let id = run.relation(written)?;
            if reindex.concurrently && is_catalog(written) {
                return Err(PgError::new("0A000", "cannot reindex system catalogs concurrently"));
            }
            let relation = run.get(id)?;
            let fits = match &relation.kind {
                RelationKind::Table(_) => true,
                RelationKind::View(view) => view.materialized,
                RelationKind::Index(_) | RelationKind::Sequence(_) => false,
            };
            if !fits {
                return Err(wrong_kind(&relation.name, "table or materialized view"));
            }
            reindex_table(run, id, mode, reason);
        }
        ReindexTarget::Schema(schema) => {
            let namespace = run.namespace(schema)?;
            let tables: Vec<Id> = run
                .schema
                .relations()
                .filter(|r| r.schema == namespace && matches!(r.kind, RelationKind::Table(_)))
                .map(|r| r.id)
                .collect();
            for id in tables {
                reindex_table(run, id, mode, reason);
            }
        }
        ReindexTarget::System if reindex.concurrently => {
            return Err(PgError::new("0A000", "cannot reindex system catalogs concurrently"));
        }
        ReindexTarget::Database | ReindexTarget::System => {
            run.assume("every index of the database is built anew")
        }
    }
    Ok(())
}

/// Locks a table, and its partitions where it has some.
fn lock_partitions(run: &mut Run, id: Id, mode: LockMode) {
    if run.table_of(id).is_ok_and(Table::is_partitioned) {
        run.lock_tree(id, mode);
    } else {
        run.lock(id, mode);
    }
}

fn reindex_table(run: &mut Run, id: Id, mode: LockMode, reason: &str) {
    let mut tables = vec![id];
    if run.table_of(id).is_ok_and(Table::is_partitioned) {
        // They are listed under SHARE, however they are worked on then.
        for part in run.schema.descendants_of(id) {
            run.lock(part, LockMode::Share);
            tables.push(part);
        }
    }
    for table in tables {
        run.lock(table, mode);
        if run.schema.indexes_of(table).next().is_some() || run.is_assumed(table) {
            run.work(WorkKind::BuildIndex, table, reason);
        }
    }
}
