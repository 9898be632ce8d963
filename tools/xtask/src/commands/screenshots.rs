//! Pictures of every view, to look at.

use super::build;
use crate::process::run as run_process;
use crate::static_server::StaticServer;
use crate::{Outcome, files, repository, setup};
use std::path::absolute;

/// Takes the pictures and leaves them in the folder.
pub fn run(folder: Option<&str>) -> Outcome {
    let folder = match folder {
        Some(folder) => absolute(folder).map_err(|error| format!("{folder}: {error}"))?,
        None => repository::target().join("screenshots"),
    };
    files::create_folder(&folder)?;
    build::run()?;
    let tools = setup::for_browser_tests()?;
    let server = StaticServer::start(repository::dist(), "/", 0)?;
    run_process(
        tools
            .playwright()
            .args(["test", "--project=screenshots"])
            .env("LOCKSTEP_PAGE", &server.address)
            .env("LOCKSTEP_SCREENSHOTS", &folder),
    )?;
    println!("Pictures: {}", folder.display());
    Ok(())
}
