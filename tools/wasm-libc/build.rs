//! Assembles what Rust cannot say: the exception that carries a `longjmp`.

fn main() {
    println!("cargo:rerun-if-changed=src/longjmp.s");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        cc::Build::new()
            .file("src/longjmp.s")
            .flag("-mexception-handling")
            // The assembler has no use for most of what a C compiler is told.
            .flag("-Qunused-arguments")
            .debug(false)
            .compile("longjmp");
    }
}
