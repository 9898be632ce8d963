//! Splits the page's WebAssembly in two: what a first review runs, and the rest, which follows while the first part
//! already works. `cargo xtask build` calls it twice, with a browser in between that makes some first reviews:
//!
//! ```text
//! module-split instrument MODULE COPY      a copy that notes which of its functions run
//! module-split split MODULE RAN FIRST REST two modules, by the list of functions that ran
//! ```
//!
//! The first module has all data, and every function of the original under its old index. Where a function's body is in
//! the rest, another one stands for it that has the rest joined (`app/src/rest.rs`) and calls it there, through a table
//! that both modules share: the table of links. Nothing is decided by what the code means, so whatever is left for the
//! rest, both together do what the original did.

mod body;
mod first;
mod instrument;
mod links;
mod liveness;
mod module;
mod outline;
mod plan;
mod rest;

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
        ["stretches", module] => cold(module),
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

fn split(path: &str, ran: &str, first_path: &str, rest_path: &str) -> Outcome {
    let bytes = fs::read(path)?;
    let module = Module::read(&bytes)?;
    let ran: BTreeSet<u32> = fs::read_to_string(ran)?.lines().map(str::parse).collect::<Result<_, _>>()?;
    let pages = plan::pages(&module);
    let outlined = outline::outlined(&module, &ran, |function| !pages.contains(&function))?;
    let (mut ran_functions, mut stretch) = (BTreeSet::new(), 0);
    for function in module.defined() {
        if ran.contains(&stretch) {
            ran_functions.insert(function);
        }
        stretch += instrument::stretches(module.body(function))?;
    }
    let mut split = Module::read(&outlined.bytes)?;
    split.names = module.names.clone();
    let parts = module.functions.len() as u32;
    for (function, parent) in (parts..).zip(&outlined.parents) {
        if let Some(name) = module.names.get(parent) {
            split.names.insert(function, name.clone());
        }
    }
    let plan = Plan::new(&split, &ran_functions, &pages, parts);
    if std::env::var_os("LIST").is_some() {
        for f in split.defined().filter(|f| !plan.rest.contains(f)) {
            println!(
                "@{} {} {} {f} {}",
                if ran_functions.contains(&f) {
                    "ran"
                } else if pages.contains(&f) {
                    "page"
                } else {
                    "exp"
                },
                split.body(f).as_bytes().len(),
                pages.contains(&f),
                split.names.get(&f).map_or("?", |n| n)
            );
        }
    }
    let links = Links::new(&split, &plan)?;
    for (path, part) in
        [(first_path, first::first(&split, &plan, &links)?), (rest_path, rest::rest(&split, &plan, &links)?)]
    {
        Validator::new_with_features(features()).validate_all(&part)?;
        fs::write(path, part)?;
    }
    let size = |f: &u32| split.body(*f).as_bytes().len();
    let total: usize = plan.rest.iter().map(size).sum();
    let keep: usize = split.defined().filter(|f| !plan.rest.contains(f)).map(|f| size(&f)).sum();
    println!(
        "{} of {} functions ran, {} parts of them did not; {} functions are left for the rest {total} vs {keep} ({} called from the first module, which it calls {} functions of)",
        ran_functions.len(),
        module.bodies.len(),
        outlined.parents.len(),
        plan.rest.len(),
        plan.entries.len(),
        plan.shared.len()
    );
    Ok(())
}

fn cold(path: &str) -> Outcome {
    let bytes = fs::read(path)?;
    let module = Module::read(&bytes)?;
    let mut next = 0;
    for function in module.defined() {
        let body = module.body(function);
        let mut current = next;
        next += 1;
        let mut reader = body.get_operators_reader()?;
        let mut at = reader.original_position();
        let mut size = std::collections::BTreeMap::new();
        while !reader.eof() {
            let op = reader.read()?;
            let now = reader.original_position();
            *size.entry(current).or_insert(0u64) += now - at;
            at = now;
            if instrument::begins_stretch(&op) {
                current = next;
                next += 1;
            }
        }
        for (s, n) in size {
            println!("{s} {n} {function}");
        }
    }
    Ok(())
}
