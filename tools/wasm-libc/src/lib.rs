//! C library functions for wasm32-unknown-unknown.
