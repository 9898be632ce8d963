//! Splits the page's WebAssembly in two: what a first review runs, and the rest, which follows while the first part
//! already works. `cargo xtask build` calls it twice, with a browser in between that makes some first reviews:
//!
//! ```text
//! module-split instrument MODULE COPY       a copy that notes which stretches of its code run
//! module-split split MODULE RAN FIRST REST  two modules, by the list of stretches that ran
//! ```
//!
//! The first module has all data, and every function of the original under its old index. What did not run is in the rest:
//! whole functions, and parts of others, which [`outline`] makes functions of their own. Where the first module calls one
//! of them, it has the rest joined (`app/src/rest.rs`) and calls it through a table that both share: the table of links.
//! What is left for the rest is a matter of time only. Both together do what the original did.

mod body;
mod first;
mod instrument;
mod links;
mod liveness;
mod module;
mod outline;
mod parts;
mod plan;
mod rest;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use wasmparser::{Validator, WasmFeatures};

use links::Links;
use module::Module;
use plan::Plan;

/// A result, or what went wrong, in words.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: module-split instrument MODULE COPY | module-split split MODULE RAN FIRST REST";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["instrument", module, copy] => instrument(module, copy),
        ["split", module, ran, first, rest] => split(module, ran, first, rest),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("module-split: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What WebAssembly may use here beside the standard: the parser's `setjmp` is made of exceptions.
fn features() -> WasmFeatures {
    WasmFeatures::default() | WasmFeatures::LEGACY_EXCEPTIONS
}

fn instrument(path: &str, copy: &str) -> Outcome {
    let bytes = fs::read(path)?;
    Ok(fs::write(copy, instrument::instrumented(&Module::read(&bytes)?)?)?)
}

fn split(path: &str, ran: &str, first: &str, rest: &str) -> Outcome {
    let bytes = fs::read(path)?;
    let ran: BTreeSet<u32> = fs::read_to_string(ran)?.lines().map(str::parse).collect::<Result<_, _>>()?;
    let parted = parted(&bytes, &ran, plan::is_pages)?;
    fs::write(first, &parted.first)?;
    fs::write(rest, &parted.rest)?;
    let Plan { rest, entries, shared, parts, .. } = &parted.plan;
    println!(
        "{} functions are left for the rest, {} of them parts of others; {} calls lead there, and {} functions are called from there",
        rest.len(),
        rest.range(parts..).count(),
        entries.len(),
        shared.len()
    );
    Ok(())
}

/// A module in two.
struct Parted {
    plan: Plan,
    first: Vec<u8>,
    rest: Vec<u8>,
}

/// Parts a module by what ran of it. What `is_pages` says of a function's name, the page may need it at any time.
fn parted(bytes: &[u8], ran: &BTreeSet<u32>, is_pages: impl Fn(Option<&str>) -> bool) -> Outcome<Parted> {
    let module = Module::read(bytes)?;
    let pages = plan::pages(&module, is_pages);
    let may_split = |function| !pages.contains(&function) && !plan::is_of_page(&module, function);
    let outlined = outline::outlined(&module, ran, may_split)?;
    let ran = outline::functions(&module, ran)?;

    let split = Module::read(&outlined)?;
    let plan = Plan::new(&split, &ran, &pages, module.functions.len() as u32);
    let links = Links::new(&split, &plan)?;
    let (first, rest) = (first::first(&split, &plan, &links)?, rest::rest(&split, &plan, &links)?);
    for part in [&first, &rest] {
        Validator::new_with_features(features()).validate_all(part)?;
    }
    Ok(Parted { plan, first, rest })
}
