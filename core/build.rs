//! Compiles the one file of C that the parser needs beside its library.

fn main() {
    println!("cargo:rerun-if-changed=src/sql/tree/guard.c");
    cc::Build::new().file("src/sql/tree/guard.c").compile("lockstep_guard");
}
