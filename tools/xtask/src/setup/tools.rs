//! The page's build tools, in exactly the versions that belong together, in a folder of the project's own.

use super::node;
use crate::process::{answer, command, run};
use crate::{Outcome, repository, setup};
use std::ffi::OsString;
use std::path::PathBuf;

/// 0.22 wants a newer rustc than the toolchain's.
const TRUNK: &str = "0.21.14";

/// Debian's wasm-opt is too old for the parser's exceptions.
const BINARYEN: &str = "132.0.0";

/// The newest on npm.
const SQUAWK: &str = "2.66.0";

/// Builds the page.
pub fn trunk() -> Outcome<PathBuf> {
    cargo_tool("trunk", "trunk", TRUNK, "it builds the page")
}

/// Writes the JavaScript between the page and WebAssembly. It only understands what the same version of the library compiled.
pub fn wasm_bindgen() -> Outcome<PathBuf> {
    let version = repository::locked_version("wasm-bindgen")?;
    cargo_tool(
        "wasm-bindgen-cli",
        "wasm-bindgen",
        &version,
        "it connects the page's WebAssembly with the browser",
    )
}

/// Makes WebAssembly smaller: a script that Node runs.
pub fn wasm_opt() -> Outcome<PathBuf> {
    node::installed()?;
    let package = repository::tools().join("node_modules/binaryen");
    let wasm_opt = package.join("bin/wasm-opt");
    let version = answer(command("node").arg(&wasm_opt).arg("--version"));
    let major = BINARYEN.split('.').next().unwrap_or(BINARYEN);
    if !version.is_some_and(|text| text.split_whitespace().any(|word| word == major)) {
        setup::announce(&format!("binaryen {BINARYEN} (npm)"), "its wasm-opt makes the page smaller");
        let package = format!("binaryen@{BINARYEN}");
        run(node::npm().args(["install", "--no-save", "--prefix"]).arg(repository::tools()).arg(package))?;
    }
    Ok(wasm_opt)
}

/// The linter that the time of a review is compared with: its program itself, not the script that starts it.
pub fn squawk() -> Outcome<PathBuf> {
    node::installed()?;
    let packages = repository::tools().join("node_modules/@squawk-cli");
    let program = || {
        let package =
            std::fs::read_dir(&packages).ok()?.filter_map(|entry| Some(entry.ok()?.path())).next()?;
        let program = package.join("bin").join(format!("squawk{}", std::env::consts::EXE_SUFFIX));
        let version = answer(command(&program).arg("--version"))?;
        version.split_whitespace().any(|word| word == SQUAWK).then_some(program)
    };
    if program().is_none() {
        setup::announce(&format!("squawk {SQUAWK} (npm)"), "the time of a review is compared with it");
        let package = format!("squawk-cli@{SQUAWK}");
        run(node::npm().args(["install", "--no-save", "--prefix"]).arg(repository::tools()).arg(package))?;
    }
    program().ok_or_else(|| format!("npm installed no squawk {SQUAWK} in {}", packages.display()))
}

/// PATH with the project's own tools, and this program, before all others.
pub fn path() -> OsString {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let this = std::env::current_exe().ok().and_then(|path| path.parent().map(PathBuf::from));
    let folders =
        [repository::tools().join("bin")].into_iter().chain(this).chain(std::env::split_paths(&before));
    // Only a folder with the separator in its name can't be joined, and then it was no part of PATH either.
    std::env::join_paths(folders).unwrap_or(before)
}

/// A program that `cargo install` compiles, once.
fn cargo_tool(package: &str, program: &str, version: &str, why: &str) -> Outcome<PathBuf> {
    let path = repository::tools().join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let installed = answer(command(&path).arg("--version"));
    if installed.is_none_or(|text| text.split_whitespace().nth(1) != Some(version)) {
        setup::announce(&format!("{package} {version} (cargo, takes some minutes)"), why);
        run(command("cargo")
            .args(["install", "--locked", "--version", version, package, "--root"])
            .arg(repository::tools())
            // Tools that run for seconds need no optimising for minutes.
            .envs([
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ]))?;
    }
    Ok(path)
}
