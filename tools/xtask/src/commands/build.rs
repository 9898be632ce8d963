//! The page as it ships.

use super::{first_page, offline, split};
use crate::process::{command, output, run as run_process};
use crate::setup::PageTools;
use crate::{Outcome, files, repository, setup};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much compressed WebAssembly a reader waits for before a first review, in bytes.
const FIRST_MODULE_LIMIT: u64 = 600_000;

/// How much of it there is in all, with the rest that comes behind: what there is now, and a little room.
const WEBASSEMBLY_LIMIT: u64 = 1_120_000;

/// How much of the compressed page a reader waits for before there is something to see and to type into, in bytes.
const FIRST_PAGE_LIMIT: u64 = 10_000;

/// How wasm-opt is told to make the modules small. Features have to be named when the module does
/// not list them itself: `setjmp` in the parser is made of exceptions, and the rest is what rustc
/// and clang take for granted.
const WASM_OPT: [&str; 11] = [
    "-Oz",
    // By their names it is told which functions may be left for the rest; splitting leaves the names out.
    "--debuginfo",
    "--enable-exception-handling",
    // Functions that recurse stay small: what is inlined into them takes stack at every level.
    "--one-caller-inline-max-function-size=20",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// What makes cargo compile the standard library with the page and leave out what the page has no use for: the words
/// of a panic, of which nothing but its stack reaches anyone, and `Debug`, which is for people who work on Lockstep.
/// All of it is unstable, hence the first. The linker writes down where addresses stand, for `module-split`.
const SMALL_RUST: [(&str, &str); 5] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    // No path of the machine that builds.
    ("CARGO_UNSTABLE_TRIM_PATHS", "true"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=--emit-relocs",
    ),
];

/// Prints the compressed size of each file that it is given.
const BROTLI_SIZES: &str = include_str!("brotli_sizes.js");

/// Builds the page into `dist/`, says how large it is, and fails where it is too large.
pub fn run() -> Outcome {
    let (tools, browser) = (setup::for_page()?, setup::for_browser_tests()?);
    fetch_dependencies()?;
    // Those of the standard library, which are fetched for a named target only.
    run_process(fetch().args(["--target", "wasm32-unknown-unknown"]).envs(SMALL_RUST))?;
    // Not with trunk's own --release, which would call wasm-opt before we do and know less of it.
    run_process(
        tools
            .trunk()
            .envs(SMALL_RUST)
            .args(["build", "--cargo-profile", "page", "--dist"])
            .arg(repository::dist()),
    )?;
    let page = files::below(&repository::dist())?;
    let module = page.iter().find(|path| has_extension(path, "wasm")).ok_or("trunk has built no module")?;
    split::strip(module)?;
    optimise(&tools, module)?;
    split::split(&repository::dist(), module, &browser)?;
    first_page::write(&repository::dist())?;
    offline::write(&repository::dist())?;
    report(&sizes(files::below(&repository::dist())?)?)
}

/// Fetches the crates, as trunk works offline.
pub fn fetch_dependencies() -> Outcome {
    run_process(&mut fetch())
}

fn fetch() -> Command {
    let mut cargo = command("cargo");
    cargo.args(["fetch", "--locked", "--quiet"]);
    cargo
}

fn optimise(tools: &PageTools, module: &Path) -> Outcome {
    println!("wasm-opt {}", module.file_name().unwrap_or_default().to_string_lossy());
    run_process(tools.wasm_opt().args(WASM_OPT).arg(module).arg("-o").arg(module))
}

/// A file of the page, with its sizes in bytes.
struct Size {
    path: PathBuf,
    raw: u64,
    compressed: u64,
}

fn sizes(page: Vec<PathBuf>) -> Outcome<Vec<Size>> {
    let counted: Vec<PathBuf> = page
        .into_iter()
        .filter(|path| {
            ["wasm", "js", "css", "html", "json", "txt"].iter().any(|kind| has_extension(path, kind))
        })
        .collect();
    let printed = output(command("node").args(["--eval", BROTLI_SIZES, "--"]).args(&counted))?;
    let numbers = printed.lines().map(|line| {
        let (raw, compressed) = line.split_once(' ')?;
        Some((raw.parse().ok()?, compressed.parse().ok()?))
    });
    counted
        .into_iter()
        .zip(numbers)
        .map(|(path, numbers)| {
            let (raw, compressed) = numbers.ok_or("node printed no sizes")?;
            Ok(Size { path, raw, compressed })
        })
        .collect()
}

fn report(sizes: &[Size]) -> Outcome {
    println!("{:>12} {:>12}", "bytes", "brotli");
    for Size { path, raw, compressed } in sizes {
        let name = path.strip_prefix(repository::dist()).unwrap_or(path);
        println!("{raw:>12} {compressed:>12}  {}", name.display());
    }
    let of = |is_counted: &dyn Fn(&Path) -> bool| -> u64 {
        sizes.iter().filter(|size| is_counted(&size.path)).map(|size| size.compressed).sum()
    };
    let webassembly = of(&|path| has_extension(path, "wasm"));
    let first = webassembly - of(&split::is_rest);
    println!("{:>12} {first:>12}  WebAssembly for a first review", "");
    println!("{:>12} {webassembly:>12}  WebAssembly in all", "");
    let page: u64 = sizes.iter().map(|size| size.compressed).sum();
    println!("{:>12} {page:>12}  the page in all", "");
    if first > FIRST_MODULE_LIMIT {
        return Err(format!("the WebAssembly for a first review is larger than {FIRST_MODULE_LIMIT} bytes"));
    }
    if webassembly > WEBASSEMBLY_LIMIT {
        return Err(format!("the page's WebAssembly is larger than {WEBASSEMBLY_LIMIT} bytes"));
    }
    if let Some(first) = sizes.iter().find(|size| size.path.ends_with("index.html"))
        && first.compressed > FIRST_PAGE_LIMIT
    {
        return Err(format!("index.html is larger than {FIRST_PAGE_LIMIT} bytes"));
    }
    Ok(())
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, compressed: u64) -> Size {
        Size { path: name.into(), raw: 0, compressed }
    }

    #[test]
    fn only_compressed_webassembly_counts_and_the_rest_in_all_alone() {
        let script = file("a.js", WEBASSEMBLY_LIMIT);
        let rest = |size| file("lockstep-rest-1.wasm", size);
        let first = FIRST_MODULE_LIMIT;
        assert_eq!(report(&[file("a.wasm", first), rest(WEBASSEMBLY_LIMIT - first), script]), Ok(()));
        assert!(report(&[file("a.wasm", first), rest(WEBASSEMBLY_LIMIT - first + 1)]).is_err());
        assert!(report(&[file("a.wasm", first + 1)]).is_err());
    }
}
