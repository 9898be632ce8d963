//! All tests.

use super::{build, oracle};
use crate::process::{command, record, run as run_process};
use crate::static_server::StaticServer;
use crate::{Outcome, repository, setup};
use std::thread;

/// The sub-folder that the page is tested in: one that only works if all its paths are relative.
const SUB_FOLDER: &str = "/some/folder/lockstep/";

/// Everything. The page is linked on one core for minutes, so that is done beside the tests that do not need it.
pub fn all() -> Outcome {
    // Nothing is installed by two at once.
    setup::for_page()?;
    setup::for_browser_tests()?;
    thread::scope(|scope| -> Outcome {
        let page = scope.spawn(|| {
            let xtask = std::env::current_exe().map_err(|error| format!("cannot find xtask: {error}"))?;
            record(command(xtask).arg("build"))
        });
        let tested = without_browser();
        let built = page.join().expect("a recorded command does not panic");
        tested?;
        print!("{}", built?);
        Ok(())
    })?;
    with_built_page(&[])
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
    with_built_page(playwright_arguments)
}

fn with_built_page(playwright_arguments: &[&str]) -> Outcome {
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
