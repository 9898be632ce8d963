//! What the page costs its reader.

use super::build;
use crate::process::run as run_process;
use crate::static_server::StaticServer;
use crate::{Outcome, repository, setup};

/// Measures the page as it ships, in a browser: bytes, times, memory.
pub fn run() -> Outcome {
    build::run()?;
    let tools = setup::for_browser_tests()?;
    let server = StaticServer::start(repository::dist(), "/", 0)?;
    run_process(tools.playwright().args(["test", "--project=bench"]).env("LOCKSTEP_PAGE", &server.address))
}
