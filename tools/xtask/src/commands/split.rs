//! The page's module in two: what a first review runs, and the rest, which `app/boot.js` fetches behind it.

use crate::process::{command, run as run_process};
use crate::setup::BrowserTools;
use crate::static_server::StaticServer;
use crate::{Outcome, files, repository};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// What the file with the rest is called, before its version.
const REST: &str = "lockstep-rest-";

/// Is it the rest of the module?
pub fn is_rest(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(REST))
}

/// Splits the module of a finished page, by what it runs in a browser.
pub fn split(page: &Path, module: &Path, tools: &BrowserTools) -> Outcome {
    let work = repository::target().join("split");
    let noting = work.join("page");
    copy(page, &noting)?;
    let copied = noting.join(module.strip_prefix(page).unwrap_or(module));
    run_process(splitter().arg("instrument").arg(module).arg(copied))?;

    let (ran, first, rest) = (work.join("ran.txt"), work.join("first.wasm"), work.join("rest.wasm"));
    let server = StaticServer::start(noting, "/", 0)?;
    run_process(
        tools
            .playwright()
            .args(["test", "--project=profile", "--reporter=line"])
            .env("LOCKSTEP_PAGE", &server.address)
            .env("LOCKSTEP_RAN", &ran),
    )?;
    run_process(splitter().arg("split").args([module, &linked(), &ran, &first, &rest]))?;

    // Both have the same version in their names: one of them is of no use with another's other.
    let version = version(&[&first, &rest])?;
    let names = [format!("lockstep-{version}.wasm"), format!("{REST}{version}.wasm")];
    for (file, name) in [first, rest].iter().zip(&names) {
        files::copy(file, &page.join(name))?;
    }
    fs::remove_file(module).map_err(|error| format!("cannot remove {}: {error}", module.display()))?;
    let path = page.join("index.html");
    let before = module.file_name().unwrap_or_default().to_string_lossy();
    let index = put_in(&files::read(&path)?, &before, &names).ok_or("index.html names no module")?;
    files::write(&path, &index)
}

/// What the linker has made, with all that it knows of it.
fn linked() -> PathBuf {
    repository::target().join("wasm32-unknown-unknown/page/lockstep-page.wasm")
}

/// Takes out of a module what its linker wrote of it, which an optimiser does not keep true.
pub fn strip(module: &Path) -> Outcome {
    run_process(splitter().arg("strip").args([module, module]))
}

fn splitter() -> std::process::Command {
    let mut cargo = command("cargo");
    cargo.args(["run", "--quiet", "--locked", "--package", "module-split", "--"]);
    cargo
}

/// Copies a folder, in place of what is there.
fn copy(from: &Path, to: &Path) -> Outcome {
    if to.exists() {
        fs::remove_dir_all(to).map_err(|error| format!("cannot empty {}: {error}", to.display()))?;
    }
    for file in files::below(from)? {
        let copied = to.join(file.strip_prefix(from).unwrap_or(&file));
        copied.parent().map_or(Ok(()), files::create_folder)?;
        files::copy(&file, &copied)?;
    }
    Ok(())
}

/// Another one for other files.
fn version(files: &[&PathBuf]) -> Outcome<String> {
    let mut contents = DefaultHasher::new();
    for file in files {
        contents.write(&files::read_bytes(file)?);
    }
    Ok(format!("{:016x}", contents.finish()))
}

/// The index with both modules in place of the one of that name: where `boot.js` looks for them.
fn put_in(index: &str, module: &str, [first, rest]: &[String; 2]) -> Option<String> {
    const MODULE: &str = "<meta name=\"page-module\"";
    let index = index.contains(module).then(|| index.replace(module, first))?;
    let (before, after) = index.split_once(MODULE)?;
    Some(format!("{before}<meta name=\"page-rest\" content=\"./{rest}\">{MODULE}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_names_both_modules() {
        let index =
            "<meta name=\"page-module\" content=\"./a.wasm\"><link rel=\"preload\" href=\"./a.wasm\">";
        let names = ["first.wasm".to_owned(), "rest.wasm".to_owned()];
        assert_eq!(
            put_in(index, "a.wasm", &names).as_deref(),
            Some(
                "<meta name=\"page-rest\" content=\"./rest.wasm\"><meta name=\"page-module\" content=\"./first.wasm\">\
                 <link rel=\"preload\" href=\"./first.wasm\">"
            )
        );
        assert_eq!(put_in(index, "b.wasm", &names), None);
    }
}
