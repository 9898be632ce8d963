//! How long the core takes.

use crate::process::{command, run};
use crate::{Outcome, setup};

/// Times the simulator on a folder of migrations, or on generated ones.
pub fn simulate(arguments: &[&str]) -> Outcome {
    setup::for_native_build()?;
    let mut bench = command("cargo");
    bench.args(["bench", "--quiet", "--locked", "--package", "lockstep-core", "--bench", "simulate", "--"]);
    run(bench.args(arguments))
}
