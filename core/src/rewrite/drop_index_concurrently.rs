//! DROP INDEX on a table in use: CONCURRENTLY, in a migration of its own.

use super::Kind;
use super::plan::{Phase, Plan};
use crate::rules::Place;
use crate::schema::index_definition;
use crate::sql::Command;
use crate::sql::command::{Behavior, ObjectKind};

pub(super) static KIND: Kind = Kind {
    id: "drop-index-concurrently",
    title: "Drop the index CONCURRENTLY, in a migration of its own",
    answers: &["drop-index-not-concurrent"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::Drop(drop) = place.command() else { return None };
    if drop.kind != ObjectKind::Index || drop.concurrently || drop.behavior == Behavior::Cascade {
        return None;
    }
    let schema = &place.before().schema;
    let phases = drop.objects.iter().map(|object| {
        let known = place.known_before(&object.name).filter(|relation| relation.index().is_some());
        let down = known.map(|index| index_definition(schema, index, true));
        let up = vec![format!("DROP INDEX CONCURRENTLY IF EXISTS {}", object.name)];
        Phase::outside(format!("drop {}", object.name.name), up, down.into_iter().collect())
            .saying("Waits for the transactions that still use the index; nobody waits for it.")
    });
    Some(Plan::of(phases.collect()))
}
