//! What the page costs its reader.

use super::build;
use crate::process::run as run_process;
use crate::static_server::StaticServer;
use crate::{Outcome, repository, setup};
use std::path::absolute;

/// Measures the page as it ships, in a browser: bytes, times, memory; and what the first part of its module is good for,
/// by the migrations of a folder.
pub fn run(migrations: Option<&str>) -> Outcome {
    build::run()?;
    let tools = setup::for_browser_tests()?;
    let server = StaticServer::start(repository::dist(), "/", 0)?;
    let mut playwright = tools.playwright();
    playwright.args(["test", "--project=bench"]).env("LOCKSTEP_PAGE", &server.address);
    if let Some(folder) = migrations {
        let folder = absolute(folder).map_err(|error| format!("{folder}: {error}"))?;
        playwright.env("LOCKSTEP_MIGRATIONS", folder);
    }
    run_process(&mut playwright)
}
