//! What a change has to pass before its tests matter.

use crate::process::{command, run as run_process};
use crate::{Outcome, setup};

/// Formatting, and clippy with its warnings as errors.
pub fn run() -> Outcome {
    setup::for_native_build()?;
    setup::for_webassembly()?;
    run_process(command("cargo").args(["fmt", "--all", "--check"]))?;
    clippy(&["--workspace", "--exclude", "lockstep-app", "--all-targets"])?;
    // The page is a program for browsers only.
    clippy(&["--package", "lockstep-app", "--target", "wasm32-unknown-unknown"])
}

fn clippy(what: &[&str]) -> Outcome {
    run_process(command("cargo").args(["clippy", "--locked"]).args(what).args(["--", "--deny", "warnings"]))
}
