//! All tests.

use super::{build, oracle};
use crate::process::{command, run as run_process};
use crate::static_server::StaticServer;
use crate::{Outcome, repository, setup};

/// The sub-folder that the page is tested in: one that only works if all its paths are relative.
const SUB_FOLDER: &str = "/some/folder/lockstep/";

/// Everything.
pub fn all() -> Outcome {
    without_browser()?;
    in_browser(&[])
}

/// What needs no browser: the core, the command line, the tools, what the page works out by itself, and the simulator
/// against servers.
pub fn without_browser() -> Outcome {
    setup::for_native_build()?;
    run_process(command("cargo").args(["test", "--locked", "--workspace"]))?;
    oracle::test()
}

/// The page as it ships, in a browser.
pub fn in_browser(playwright_arguments: &[&str]) -> Outcome {
    build::run()?;
    let tools = setup::for_browser_tests()?;
    let server = StaticServer::start(repository::dist(), SUB_FOLDER, 0)?;
    run_process(
        tools
            .playwright()
            .args(["test", "--project=tests"])
            .args(playwright_arguments)
            .env("LOCKSTEP_PAGE", &server.address),
    )
}
