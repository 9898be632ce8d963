//! Lockstep's page: one WebAssembly module that runs twice.
//!
//! In the browser's window it is the page ([`page`]), which gathers files and shows a review. In a
//! worker it is the reviewer ([`worker`]), which makes it. What they share, from the protocol between
//! them to the standard library, is downloaded and compiled once.

mod edit;
mod examples;
mod loaded;
mod packed;
mod page;
mod preview;
mod protocol;
mod rest;
mod texts;
mod worker;

/// A review is made of very many small things, for which this allocator takes less time and room than the standard library's.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    // Outside of a browser it writes the page as it stands before it is loaded: `cargo xtask build` runs it for index.html.
    if cfg!(not(target_arch = "wasm32")) {
        print!("{}", page::before());
        return;
    }
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    match web_sys::window() {
        Some(_) => page::start(),
        None => worker::start(),
    }
}
