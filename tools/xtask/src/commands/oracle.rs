//! The simulator against real servers.

use crate::process::{command, run as run_process};
use crate::setup::postgres;
use crate::{Outcome, setup};

/// The versions that every test run asks: the newest and the oldest.
const TESTED: [u32; 2] = [18, 14];

/// Runs the oracle with these arguments, on servers of all versions unless `PG_BIN` names the one to use.
pub fn run(arguments: &[&str]) -> Outcome {
    on(postgres::majors().collect::<Vec<_>>().as_slice(), arguments)
}

/// Measures the newest version and writes the constants of the estimates.
pub fn calibrate() -> Outcome {
    on(&TESTED[..1], &["calibrate"])
}

/// Reviews what other reviewers document; no server is asked.
pub fn peers(folder: &str) -> Outcome {
    on(&[], &["peers", folder])
}

/// All cases: verdicts and catalogs on the versions that are tested always, locks and work on the newest, and rewrites.
pub fn test() -> Outcome {
    on(&TESTED, &[])?;
    on(&TESTED[..1], &["locks"])?;
    on(&TESTED, &["rewrites"])
}

fn on(majors: &[u32], arguments: &[&str]) -> Outcome {
    setup::for_native_build()?;
    let mut oracle = command("cargo");
    oracle.args(["run", "--quiet", "--locked", "--package", "lockstep-oracle", "--"]).args(arguments);
    if std::env::var_os("PG_BIN").is_none() {
        for major in majors {
            oracle.env(format!("PG_BIN_{major}"), postgres::programs(*major)?);
        }
    }
    run_process(&mut oracle)
}
