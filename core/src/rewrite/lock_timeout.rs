//! A limit to how long a script waits for its locks.

use super::Kind;
use super::plan::{Plan, becomes_transaction};
use crate::rules::Place;

pub(super) static KIND: Kind = Kind {
    id: "lock-timeout",
    title: "Give up when the lock is not to be had within five seconds",
    answers: &["no-lock-timeout", "several-tables-locked"],
    hides: &[],
    plan,
};

fn plan(place: &Place) -> Option<Plan> {
    if place.before().session.timeout("lock_timeout").is_some() {
        return None;
    }
    let (set, at_end) = if becomes_transaction(place) {
        ("SET LOCAL lock_timeout = '5s'", Vec::new())
    } else {
        ("SET lock_timeout = '5s'", vec!["RESET lock_timeout".to_owned()])
    };
    let statement = place.text().to_owned();
    Some(Plan { at_end, same_work: true, ..Plan::instead(vec![set.to_owned(), statement], Vec::new()) })
}
