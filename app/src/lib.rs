//! What Lockstep's page and its worker share.
//!
//! The page (`src/page`) gathers files and shows a review; the worker
//! (`src/worker`) makes it. They are two WebAssembly modules, and only the
//! worker's holds the parser.

pub mod examples;
pub mod protocol;
pub mod texts;
