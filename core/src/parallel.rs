//! Work on many things at a time, on as many processors as there are; in WebAssembly on the one there is.

use std::ops::Range;

/// Fewer things are not worth a thread of their own.
#[cfg(not(target_arch = "wasm32"))]
const AT_LEAST: usize = 32;

/// Expressions nest as deep as PostgreSQL's parser lets them, and walking them recurses. Only what is used is ever allocated.
#[cfg(not(target_arch = "wasm32"))]
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// What `part` makes of each range of so many things, in order.
#[cfg(not(target_arch = "wasm32"))]
pub fn in_parts<T: Send>(count: usize, part: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    use std::thread::{Builder, available_parallelism, scope};

    let parts = available_parallelism().map_or(1, usize::from).min(count / AT_LEAST).max(1);
    let bound = |number: usize| count * number / parts;
    let part = &part;
    scope(|scope| {
        let others: Vec<_> = (1..parts)
            .map(|number| {
                let range = bound(number)..bound(number + 1);
                let thread = Builder::new().stack_size(STACK_BYTES);
                let own = range.clone();
                (range, thread.spawn_scoped(scope, move || part(own)))
            })
            .collect();
        let mut all = part(0..bound(1));
        for (range, thread) in others {
            // Without a thread it is done here.
            let made = thread.ok().and_then(|thread| thread.join().ok());
            all.extend(made.unwrap_or_else(|| part(range)));
        }
        all
    })
}

/// What `part` makes of each range of so many things, in order.
#[cfg(target_arch = "wasm32")]
pub fn in_parts<T: Send>(count: usize, part: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    part(0..count)
}

#[cfg(test)]
mod tests {
    use super::in_parts;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 31, 64, 1_000] {
            assert_eq!(in_parts(count, |range| range.collect()), (0..count).collect::<Vec<_>>());
        }
    }
}
