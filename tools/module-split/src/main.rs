//! Splits the page's WebAssembly in two: what a first review runs, and the rest, which follows while the first part
//! already works. `cargo xtask build` calls it three times, with an optimiser and a browser that makes some first reviews
//! in between:
//!
//! ```text
//! module-split strip MODULE COPY                    a copy without what the linker wrote of it
//! module-split instrument MODULE COPY               a copy that notes which stretches of its code run
//! module-split split MODULE LINKED RAN FIRST REST   two modules, by what the linker wrote and the stretches that ran
//! ```
//!
//! The first module has every function of the original under its old index. What did not run is in the rest: whole
//! functions, and parts of others, which [`outline`] makes functions of their own, and the [`data`] that only they read.
//! Where the first module calls one of them, it has the rest joined (`app/src/rest.rs`) and calls it through a table that
//! both share: the table of links. What is left for the rest is a matter of time only. Both together do what the original
//! did.

mod body;
mod data;
mod first;
mod instrument;
mod linked;
mod links;
mod liveness;
mod module;
mod outline;
mod parts;
mod plan;
mod rest;
mod strip;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::process::ExitCode;

use wasmparser::{Validator, WasmFeatures};

use data::{Memory, Things};
use linked::Linked;
use links::Links;
use module::Module;
use plan::Plan;

/// A result, or what went wrong, in words.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str =
    "usage: module-split strip MODULE COPY | instrument MODULE COPY | split MODULE LINKED RAN FIRST REST";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["strip", module, copy] => strip(module, copy),
        ["instrument", module, copy] => instrument(module, copy),
        ["split", module, linked, ran, first, rest] => split(module, linked, ran, first, rest),
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

fn strip(path: &str, copy: &str) -> Outcome {
    Ok(fs::write(copy, strip::stripped(&fs::read(path)?)?)?)
}

fn instrument(path: &str, copy: &str) -> Outcome {
    let bytes = fs::read(path)?;
    Ok(fs::write(copy, instrument::instrumented(&Module::read(&bytes)?)?)?)
}

fn split(path: &str, linked: &str, ran: &str, first: &str, rest: &str) -> Outcome {
    let (bytes, linked) = (fs::read(path)?, fs::read(linked)?);
    let ran: BTreeSet<u32> = fs::read_to_string(ran)?.lines().map(str::parse).collect::<Result<_, _>>()?;
    let parted = parted(&bytes, &Linked::read(&linked)?, &ran, plan::pages)?;
    fs::write(first, &parted.first)?;
    fs::write(rest, &parted.rest)?;
    let Plan { rest, entries, shared, parts, .. } = &parted.plan;
    println!(
        "{} functions are left for the rest, {} of them parts of others; {} calls lead there, and {} functions are called \
         from there; {} bytes of data come with them",
        rest.len(),
        rest.range(parts..).count(),
        entries.len(),
        shared.len(),
        parted.left.iter().map(ExactSizeIterator::len).sum::<usize>()
    );
    Ok(())
}

/// A module in two.
struct Parted {
    plan: Plan,
    /// The data that comes with the rest, by address.
    left: Vec<Range<u32>>,
    first: Vec<u8>,
    rest: Vec<u8>,
}

/// Parts a module by what the linker wrote of it and by what ran. What `is_pages` says of a function's name, the page
/// may need it at any time.
fn parted(
    bytes: &[u8],
    linked: &Linked,
    ran: &BTreeSet<u32>,
    pages: impl Fn(&Module, &Linked) -> BTreeSet<u32>,
) -> Outcome<Parted> {
    let module = Module::read(bytes)?;
    let pages = pages(&module, linked);
    let may_split = |function| !pages.contains(&function) && !plan::is_of_page(&module, function);
    let outlined = outline::outlined(&module, ran, may_split)?;
    let ran = outline::functions(&module, ran)?;

    let split = Module::read(&outlined)?;
    let plan = Plan::new(&split, &ran, &pages, module.functions.len() as u32);
    let links = Links::new(&split, &plan)?;
    let memory = Memory::of(bytes)?;
    let left = Things::of(linked).left(&split, &plan);
    let first = first::first(&split, &plan, &links, &left)?;
    let rest = rest::rest(&split, &plan, &links, &memory, &left)?;
    for part in [&first, &rest] {
        Validator::new_with_features(features()).validate_all(part)?;
    }
    Ok(Parted { plan, left, first, rest })
}
