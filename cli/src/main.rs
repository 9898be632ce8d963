//! Lockstep on the command line.
fn main() {}
