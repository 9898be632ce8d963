//! What is read out of a statement when it is first asked for, and kept.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A value that follows from what stands beside it, made once for a statement and all its copies. It adds nothing to what the
/// statement says, so any two are equal.
pub struct Once<T>(Arc<OnceLock<T>>);

impl<T> Once<T> {
    /// The value; `make` makes it the first time.
    pub fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Once(Arc::clone(&self.0))
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(Arc::default())
    }
}

impl<T> PartialEq for Once<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> fmt::Debug for Once<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}
