//! What a change has to pass before its tests matter.

use crate::process::{command, run as run_process};
use crate::{Outcome, setup};

/// Formatting, and clippy with its warnings as errors.
pub fn run() -> Outcome {
    setup::for_native_build()?;
    run_process(command("cargo").args(["fmt", "--all", "--check"]))?;
    run_process(command("cargo").args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}
