//! DETACH PARTITION of a table in use: CONCURRENTLY, in a migration of its own.

use super::plan::{Phase, Plan};
use super::{Kind, altering};
use crate::rules::Place;
use crate::schema::partition_bound;
use crate::schema::{Difference, DifferenceKind, Subject};
use crate::sql::command::AlterAction;

pub(super) static KIND: Kind = Kind {
    id: "detach-concurrently",
    title: "Detach the partition CONCURRENTLY, in a migration of its own",
    answers: &["detach-not-concurrent"],
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
    Some(Plan { intends: keeps_its_bound, ..Plan::of(vec![phase]) })
}

/// What was detached CONCURRENTLY keeps a CHECK of what its bound was.
fn keeps_its_bound(difference: &Difference) -> bool {
    difference.kind == DifferenceKind::Added && difference.subject == Subject::Constraint
}
