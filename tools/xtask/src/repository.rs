//! Where things are in the repository, and what its own files say about versions.

use crate::{Outcome, files};
use std::path::PathBuf;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Where `cargo xtask build` leaves the page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's output, which `CARGO_TARGET_DIR` moves.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Where tools are installed that belong to this project alone; `LOCKSTEP_TOOLS` moves it.
pub fn tools() -> PathBuf {
    match std::env::var_os("LOCKSTEP_TOOLS") {
        Some(folder) => root().join(folder),
        None => target().join("tools"),
    }
}

/// The Playwright project that drives the built page.
pub fn browser_tests() -> PathBuf {
    root().join("tools/browser-tests")
}

/// A script that runs the C compiler, or the archiver, for WebAssembly.
pub fn wasm_c_tool(name: &str) -> PathBuf {
    root().join("tools/wasm-libc").join(name)
}

/// The version of a crate in `Cargo.lock`: a command line tool that must match the crate takes its version from here.
pub fn locked_version(package: &str) -> Outcome<String> {
    let lock = files::read(&root().join("Cargo.lock"))?;
    version_in_lock(&lock, package).ok_or_else(|| format!("Cargo.lock names no package {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    quoted_value(lines.next()?, "version").map(str::to_owned)
}

/// The toolchain that `rust-toolchain.toml` asks for: its channel, targets and components.
#[derive(Debug, PartialEq)]
pub struct Toolchain {
    pub channel: String,
    pub targets: Vec<String>,
    pub components: Vec<String>,
}

/// Reads `rust-toolchain.toml`.
pub fn toolchain() -> Outcome<Toolchain> {
    let text = files::read(&root().join("rust-toolchain.toml"))?;
    toolchain_in(&text).ok_or_else(|| "rust-toolchain.toml names no channel".into())
}

fn toolchain_in(text: &str) -> Option<Toolchain> {
    let channel = text.lines().find_map(|line| quoted_value(line, "channel"))?.to_owned();
    let list = |key| text.lines().find_map(|line| value(line, key)).map(strings).unwrap_or_default();
    Some(Toolchain { channel, targets: list("targets"), components: list("components") })
}

/// The value of `key = value` on a line of TOML.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.trim().strip_prefix(key)?.trim_start().strip_prefix('=').map(str::trim)
}

fn quoted_value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    value(line, key)?.strip_prefix('"')?.strip_suffix('"')
}

/// The strings of an array on one line.
fn strings(array: &str) -> Vec<String> {
    array.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_package_of_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }

    #[test]
    fn the_toolchain_file_is_read() {
        let text = "[toolchain]\nchannel = \"1.95.0\"\ntargets = [\"wasm32-unknown-unknown\"]\n\
                    components = [\"clippy\", \"rustfmt\"]\n";
        assert_eq!(
            toolchain_in(text),
            Some(Toolchain {
                channel: "1.95.0".into(),
                targets: vec!["wasm32-unknown-unknown".into()],
                components: vec!["clippy".into(), "rustfmt".into()],
            })
        );
        assert_eq!(toolchain_in("[toolchain]\n"), None);
    }

    #[test]
    fn this_repository_has_a_toolchain_for_webassembly() {
        assert_eq!(toolchain().unwrap().targets, ["wasm32-unknown-unknown"]);
    }
}
