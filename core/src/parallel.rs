//! Work on many things at a time, on as many processors as there are; in WebAssembly on the one there is.

#[cfg(not(target_arch = "wasm32"))]
pub use threads::{followed, in_parts};

#[cfg(target_arch = "wasm32")]
pub use alone::{followed, in_parts};

#[cfg(target_arch = "wasm32")]
mod alone {
    use std::ops::Range;

    /// What `part` makes of each range of so many things, in order.
    pub fn in_parts<T>(count: usize, part: impl Fn(Range<usize>) -> Vec<T>) -> Vec<T> {
        part(0..count)
    }

    /// So many things, each made with those before it in mind, and what a follower makes of each.
    pub fn followed<T, U, F: FnMut(usize, &T) -> U>(
        count: usize,
        make: impl FnMut(usize) -> T,
        follower: impl Fn() -> F,
    ) -> (Vec<T>, Vec<U>) {
        let made: Vec<T> = (0..count).map(make).collect();
        let mut follow = follower();
        let results = made.iter().enumerate().map(|(index, thing)| follow(index, thing)).collect();
        (made, results)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod threads {
    use std::ops::Range;
    use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
    use std::thread::{Builder, available_parallelism, scope};

    /// Fewer things are not worth a thread of their own.
    const AT_LEAST: usize = 32;

    /// A follower takes so many things at a time.
    const AT_A_TIME: usize = 8;

    /// Expressions nest as deep as PostgreSQL's parser lets them, and walking them recurses. Only what is used is ever allocated.
    const STACK_BYTES: usize = 256 * 1024 * 1024;

    /// How many threads so many things are worth.
    fn threads_for(count: usize) -> usize {
        available_parallelism().map_or(1, usize::from).min(count / AT_LEAST).max(1)
    }

    fn thread() -> Builder {
        Builder::new().stack_size(STACK_BYTES)
    }

    /// What `part` makes of each range of so many things, in order.
    pub fn in_parts<T: Send>(count: usize, part: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
        let parts = threads_for(count);
        let bound = |number: usize| count * number / parts;
        let part = &part;
        scope(|scope| {
            let others: Vec<_> = (1..parts)
                .map(|number| {
                    let range = bound(number)..bound(number + 1);
                    let own = range.clone();
                    (range, thread().spawn_scoped(scope, move || part(own)))
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

    /// So many things, each made with those before it in mind, and what a follower makes of each: other threads follow
    /// while the rest is being made, each with a follower of its own, and the maker joins them when it is done.
    pub fn followed<T: Send + Sync, U: Send + Sync, F: FnMut(usize, &T) -> U>(
        count: usize,
        mut make: impl FnMut(usize) -> T,
        follower: impl Fn() -> F + Sync,
    ) -> (Vec<T>, Vec<U>) {
        let made: Vec<OnceLock<T>> = (0..count).map(|_| OnceLock::new()).collect();
        let results: Vec<OnceLock<U>> = (0..count).map(|_| OnceLock::new()).collect();
        let course = Course::default();
        let follow = || {
            let mut one = follower();
            while let Some(range) = course.next(count) {
                for index in range {
                    if let Some(thing) = made[index].get() {
                        let _ = results[index].set(one(index, thing));
                    }
                }
            }
        };
        scope(|scope| {
            // Those that cannot be started leave more to the others.
            let others: Vec<_> =
                (1..threads_for(count)).map(|_| thread().spawn_scoped(scope, follow)).collect();
            {
                let _end = End(&course);
                for (index, place) in made.iter().enumerate() {
                    let _ = place.set(make(index));
                    course.made(index + 1);
                }
            }
            follow();
            for thread in others.into_iter().flatten() {
                // What a thread that broke off has left is done below.
                let _ = thread.join();
            }
        });
        let mut one = follower();
        let made: Vec<T> = made.into_iter().filter_map(OnceLock::into_inner).collect();
        let results = results.into_iter().zip(&made).enumerate();
        let results =
            results.map(|(index, (result, thing))| result.into_inner().unwrap_or_else(|| one(index, thing)));
        let results = results.collect();
        (made, results)
    }

    /// How far the making and the following are.
    #[derive(Default)]
    struct Course {
        state: Mutex<State>,
        moved: Condvar,
    }

    #[derive(Default)]
    struct State {
        /// So many are made.
        made: usize,
        /// Of so many has a follower taken care.
        taken: usize,
        /// No more will be made.
        ended: bool,
    }

    impl Course {
        fn state(&self) -> MutexGuard<'_, State> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn made(&self, made: usize) {
            self.state().made = made;
            if made.is_multiple_of(AT_A_TIME) {
                self.moved.notify_one();
            }
        }

        /// The next things for a follower, as soon as they are there.
        fn next(&self, count: usize) -> Option<Range<usize>> {
            let mut state = self.state();
            loop {
                let end = (state.taken + AT_A_TIME).min(count);
                let end = if state.ended { end.min(state.made) } else { end };
                if end <= state.made {
                    let range = state.taken..end;
                    state.taken = end;
                    return (!range.is_empty()).then_some(range);
                }
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Lets nobody wait for what will not be made, even when the making breaks off.
    struct End<'a>(&'a Course);

    impl Drop for End<'_> {
        fn drop(&mut self) {
            self.0.state().ended = true;
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{followed, in_parts};

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 31, 64, 1_000] {
            assert_eq!(in_parts(count, |range| range.collect()), (0..count).collect::<Vec<_>>());
            let mut sum = 0;
            let make = |index| {
                sum += index;
                sum
            };
            let (made, results) = followed(count, make, || |index, sum: &usize| sum - index);
            assert_eq!(made, (0..count).map(|index| index * (index + 1) / 2).collect::<Vec<_>>());
            assert_eq!(results, (0..count).map(|index| made[index] - index).collect::<Vec<_>>());
        }
    }
}
