//! The few C library functions that let PostgreSQL's parser link into a WebAssembly module.
//!
//! For wasm32-unknown-unknown there is no C library. This crate supplies what the parser's C code would find
//! in one, so that the module imports nothing for it. Other targets have a C library: there the crate is
//! empty, apart from its tests.
//!
//! Each function does what the C standard, or POSIX, says of the function of that name.

#![cfg(any(target_arch = "wasm32", test))]

pub mod characters;
mod format;
pub mod grammar;
pub mod memory;
pub mod numbers;
pub mod process;
pub mod setjmp;
pub mod sort;
pub mod stdio;
pub mod strings;
