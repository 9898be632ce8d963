//! DETACH PARTITION of a table in use: CONCURRENTLY, in a migration of its own.

use super::plan::{Phase, Plan};
use super::{Kind, altering};
use crate::rules::Place;
use crate::schema::naming::object_name;
use crate::schema::{Relation, partition_bound};
use crate::sql::command::{AlterAction, IndexKey};
use crate::sql::{QualifiedName, quote_identifier};

pub(super) static KIND: Kind = Kind {
    id: "detach-concurrently",
    title: "Detach the partition CONCURRENTLY, in a migration of its own",
    answers: &["detach-not-concurrent"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let altering = altering::find(place, |action| {
        matches!(action, AlterAction::DetachPartition { concurrently: false, finalize: false, .. })
    })?;
    let AlterAction::DetachPartition { partition, .. } = altering.action else { return None };
    let table = &altering.table;
    let bound = place.known_before(partition).and_then(|relation| relation.table()?.bound.as_ref());
    let down = bound
        .map(|bound| format!("ALTER TABLE {table} ATTACH PARTITION {partition} {}", partition_bound(bound)));
    let up = vec![format!("ALTER TABLE {table} DETACH PARTITION {partition} CONCURRENTLY")];
    let phase = Phase::outside(format!("detach {}", partition.name), up, down.into_iter().collect()).saying(
        format!("Waits for the queries that still read the partition. If it is interrupted, finish it with ALTER TABLE {table} DETACH PARTITION {partition} FINALIZE."),
    );
    let mut phases = vec![phase];
    phases.extend(without_its_bound(place, partition, altering.relation));
    Some(Plan::of(phases))
}

/// What was detached CONCURRENTLY keeps its bound as a CHECK, which has the name that PostgreSQL makes up for one.
/// Source: `DetachAddConstraintIfNeeded` in `tablecmds.c`.
fn without_its_bound(place: &Place, partition: &QualifiedName, parent: &Relation) -> Option<Phase> {
    let relation = place.known_before(partition)?;
    let keys = &parent.table()?.partition_by.as_ref()?.keys;
    let column = match keys.as_slice() {
        [key] => match &key.key {
            IndexKey::Column(column) => Some(&**column),
            IndexKey::Expression(_) => return None,
        },
        _ => None,
    };
    let check = object_name(&relation.name, column, "check");
    let is_taken = relation.table()?.constraint(&check).is_some();
    let drop = format!("ALTER TABLE {partition} DROP CONSTRAINT IF EXISTS {}", quote_identifier(&check));
    (!is_taken).then(|| {
        Phase::briefly(format!("free {} of its bound", relation.name), vec![drop], Vec::new())
            .saying("DETACH CONCURRENTLY leaves the bound behind as a CHECK.")
    })
}
