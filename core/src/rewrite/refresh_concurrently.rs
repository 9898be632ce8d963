//! REFRESH MATERIALIZED VIEW of one that is read: CONCURRENTLY, where it has the unique index that this takes.

use super::Kind;
use super::plan::Plan;
use crate::rules::Place;
use crate::sql::Command;

pub(super) static KIND: Kind = Kind {
    id: "refresh-concurrently",
    title: "Refresh CONCURRENTLY",
    answers: &["refresh-not-concurrent"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    let Command::Refresh(refresh) = place.command() else { return None };
    if refresh.concurrently || !refresh.with_data {
        return None;
    }
    let view = place.known_before(&refresh.name)?;
    // Without an index that identifies rows the server refuses it (55000).
    let identifies = place.before().schema.indexes_of(view.id).any(|(_, index)| {
        index.unique && index.valid && index.predicate.is_none() && index.key_columns().is_some()
    });
    let statement = format!("REFRESH MATERIALIZED VIEW CONCURRENTLY {}", refresh.name);
    identifies.then(|| Plan::instead(vec![statement], Vec::new()))
}
