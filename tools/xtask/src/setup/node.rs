//! Node and npm: wasm-opt and Playwright are programs for it.

use super::apt;
use crate::process::{answer, command, find, run};
use crate::{Outcome, files, repository};
use std::fs;
use std::process::Command;

/// The oldest major version that all of them run on.
const OLDEST: u32 = 18;

/// Node and npm are there, or there now.
pub fn installed() -> Outcome {
    let version = answer(command("node").arg("--version"));
    if version.as_deref().and_then(major).is_some_and(|major| major >= OLDEST) && find("npm").is_some() {
        return Ok(());
    }
    if !apt::is_here() {
        return Err(format!("Node {OLDEST} or newer, with npm, is needed: see https://nodejs.org/download"));
    }
    apt::install(&["nodejs".into(), "npm".into()], "wasm-opt and the browser tests run on Node")
}

/// npm, which on its own talks of much that concerns nobody here.
pub fn npm() -> Command {
    let mut npm = command("npm");
    npm.envs([
        ("npm_config_audit", "false"),
        ("npm_config_fund", "false"),
        ("npm_config_update_notifier", "false"),
        ("npm_config_prefer_offline", "true"),
    ]);
    npm
}

/// Playwright and axe, as the browser tests' lock file has them.
pub fn packages_of_browser_tests() -> Outcome {
    installed()?;
    let lock = files::read(&repository::browser_tests().join("package-lock.json"))?;
    // npm itself leaves a note of what is installed, but not in the lock file's own words.
    let note = repository::browser_tests().join("node_modules/.installed-from");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    super::announce("Playwright and axe (npm)", "they drive and inspect the page in the browser tests");
    // The browser is found, or installed, by us.
    run(npm()
        .arg("ci")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(repository::browser_tests()))?;
    files::write(&note, &lock)
}

/// Playwright's command line, for the project of the browser tests.
pub fn playwright() -> Command {
    let mut node = command("node");
    node.arg("node_modules/@playwright/test/cli.js").current_dir(repository::browser_tests());
    node
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
