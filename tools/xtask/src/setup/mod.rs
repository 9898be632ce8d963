//! What a command needs beside rustup: asked for, and installed where it is missing.
//!
//! A module for each thing. Each says what it installs and why before it does so, is
//! silent when all is there, and says precisely what to install by hand where it can't.

mod apt;
mod chromium;
mod llvm;
mod node;
pub mod postgres;
mod rust;
mod tools;

use crate::Outcome;
use crate::process::command;
use std::path::PathBuf;
use std::process::Command;

/// What the parser's bindings are made with, which everything that compiles the core needs.
pub fn for_native_build() -> Outcome {
    rust::toolchain()?;
    llvm::for_bindings()
}

/// What compiles the parser to WebAssembly.
pub fn for_webassembly() -> Outcome {
    llvm::for_webassembly()
}

/// What turns `app/` into a page.
pub struct PageTools {
    trunk: PathBuf,
    wasm_opt: PathBuf,
}

/// What the page is built with.
pub fn for_page() -> Outcome<PageTools> {
    for_native_build()?;
    for_webassembly()?;
    tools::wasm_bindgen()?;
    Ok(PageTools { trunk: tools::trunk()?, wasm_opt: tools::wasm_opt()? })
}

impl PageTools {
    /// trunk, which finds the other tools, and this one, on its PATH and downloads nothing.
    pub fn trunk(&self) -> Command {
        let mut trunk = command(&self.trunk);
        trunk.env("PATH", tools::path()).env("TRUNK_SKIP_VERSION_CHECK", "true");
        // trunk wants `true` here, where the convention is that any value will do.
        trunk.env_remove("NO_COLOR");
        trunk
    }

    /// Binaryen's optimiser.
    pub fn wasm_opt(&self) -> Command {
        let mut node = command("node");
        node.arg(&self.wasm_opt);
        node
    }
}

/// What drives the built page.
pub struct BrowserTools {
    chromium: Option<PathBuf>,
}

/// What the browser tests are run with.
pub fn for_browser_tests() -> Outcome<BrowserTools> {
    node::packages_of_browser_tests()?;
    Ok(BrowserTools { chromium: chromium::installed()? })
}

impl BrowserTools {
    /// Playwright, told which browser to use.
    pub fn playwright(&self) -> Command {
        let mut playwright = node::playwright();
        if let Some(chromium) = &self.chromium {
            playwright.env("LOCKSTEP_CHROMIUM", chromium);
        }
        playwright
    }
}

/// What a review's time is compared with.
pub fn for_comparison() -> Outcome<PathBuf> {
    tools::squawk()
}

/// Says what is about to be installed, and what for.
fn announce(what: &str, why: &str) {
    println!("xtask: installing {what}: {why}");
}
