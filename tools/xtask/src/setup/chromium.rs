//! A browser for the browser tests.

use super::{announce, apt, node};
use crate::Outcome;
use crate::process::{find, run};
use std::path::{Path, PathBuf};

/// Names that Chromium and Chrome go by.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps Chrome, which is not on its PATH.
const CHROME_ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser's path; none where it is Playwright's own, which Playwright finds by itself.
pub fn installed() -> Outcome<Option<PathBuf>> {
    if let Some(path) = on_this_machine() {
        return Ok(Some(path));
    }
    let why = "the browser tests drive it";
    // Ubuntu's package is an empty one that asks for a snap: `apt-cache` has no candidate for it.
    let packages = ["chromium".into(), "fonts-liberation".into()];
    if apt::is_here() && apt::offers(&packages)? {
        apt::install(&packages, why)?;
        return on_this_machine().map(Some).ok_or_else(|| "apt's chromium is not on PATH".into());
    }
    announce("Chromium (Playwright's own)", why);
    run(node::playwright().args(["install", "--with-deps", "chromium"]))?;
    Ok(None)
}

fn on_this_machine() -> Option<PathBuf> {
    let chrome = Path::new(CHROME_ON_MACOS);
    NAMES.into_iter().find_map(find).or_else(|| chrome.is_file().then(|| chrome.into()))
}
