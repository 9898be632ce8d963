//! Sorted collections and sorting, made to be small as WebAssembly: the standard library's trees and its sort are
//! large, and compiled anew for each type they are used with.

mod map;
mod set;

use std::cmp::Ordering;

pub use map::{Changed, Map};
pub use set::Set;

/// Sorts; what compares equal stays in its order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &|a, b| compare(&items[a], &items[b]));
    for place in 0..items.len() {
        // Each swap brings one item to its place for good.
        while places[place] != place {
            let wanted = places[place];
            items.swap(place, wanted);
            places.swap(place, wanted);
        }
    }
}

/// Sorts by what `key` gives for each item; what has the same key stays in its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The place that each of so many items has once they are sorted. The one place where anything is sorted.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut places = vec![0; count];
    for (place, item) in order.into_iter().enumerate() {
        places[item] = place;
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorting_is_stable(items: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
