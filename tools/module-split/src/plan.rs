//! Which functions come first, and which with the rest.

use std::collections::BTreeSet;

use crate::linked::Linked;
use crate::module::Module;

/// What the names of functions contain to which the page has no way before the rest is here: what waits for it, and the
/// worker, which is started again when it lacks a function. What else the page may run comes first.
const GATES: [&str; 2] = ["lockstep_page::rest::behind", "lockstep_page::worker"];

/// What takes the rest in for the worker: it cannot be in it.
const TAKES: [&str; 1] = ["lockstep_page::rest::take"];

/// What the names of functions contain that stand in tables of which the page only reads names: it never calls them by
/// their address.
const IN_TABLES: [&str; 3] = ["lockstep_core::layout", "lockstep_core::rewrite", "lockstep_core::rules"];

/// The most bytes of a function that is not worth a call of the rest.
const SMALL: usize = 64;

/// What goes where.
pub struct Plan {
    /// The functions that come with the rest.
    pub rest: BTreeSet<u32>,
    /// Those of them that the first module mentions, in the order of their places in the table of links.
    pub entries: Vec<u32>,
    /// The functions of the first module that the rest mentions: their places follow.
    pub shared: Vec<u32>,
    /// From this function on they are parts of others: all of them in the rest, and called in one place of the first module.
    pub parts: u32,
}

/// The functions that the page may run before the rest is here, by what the linker tells of who calls whom. Whose name it
/// does not know, an optimiser has made.
pub fn pages(module: &Module, linked: &Linked) -> BTreeSet<u32> {
    let is_gate = |name: &str| is_of(name, &GATES);
    let of_names = |paths: &[&str]| -> BTreeSet<u32> {
        let all = linked.names.iter().filter(|(name, _)| is_of(name, paths));
        all.flat_map(|(_, functions)| functions).copied().collect()
    };
    let exported =
        module.exports.values().filter_map(|(_, index)| linked.known(module.names.get(index)?)).flatten();
    let from = exported.copied().chain(of_names(&TAKES));
    let reachable = linked.reachable(from, &of_names(&GATES), &of_names(&IN_TABLES));
    let is_pages = |name: &str| match linked.known(name) {
        Some(functions) => functions.iter().any(|function| reachable.contains(function)),
        None => !is_gate(name),
    };
    let name_of = |function: &u32| module.names.get(function).map(String::as_str);
    let mut found: Vec<u32> =
        module.defined().filter(|function| name_of(function).is_none_or(is_pages)).collect();
    let mut pages: BTreeSet<u32> = found.iter().copied().collect();
    while let Some(function) = found.pop() {
        for called in &module.mentions(function).functions {
            let is_behind_gate = || name_of(called).is_some_and(is_gate);
            if *called >= module.imported && !is_behind_gate() && pages.insert(*called) {
                found.push(*called);
            }
        }
    }
    pages
}

/// Is there one of the paths in a function's name, whole?
fn is_of(name: &str, paths: &[&str]) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    paths.iter().any(|path| name.split(path).skip(1).any(|rest| !goes_on(rest)))
}

impl Plan {
    /// Leaves for the rest what neither ran nor is the page's.
    pub fn new(module: &Module, ran: &BTreeSet<u32>, pages: &BTreeSet<u32>, parts: u32) -> Self {
        let exported: BTreeSet<u32> = module.exports.values().map(|(_, index)| *index).collect();
        let kept = |function: &u32| [ran, pages, &exported].iter().any(|all| all.contains(function));
        let mut rest: BTreeSet<u32> = module.defined().filter(|function| !kept(function)).collect();
        loop {
            let (entries, shared) = links(module, &rest);
            let is_small = |entry: &&u32| **entry < parts && module.body(**entry).as_bytes().len() <= SMALL;
            let small: Vec<u32> = entries.iter().filter(is_small).copied().collect();
            if small.is_empty() {
                return Plan { rest, entries, shared, parts };
            }
            for function in small {
                rest.remove(&function);
            }
        }
    }
}

/// The functions of the rest that the first module mentions, and those that the rest mentions of the first module.
fn links(module: &Module, rest: &BTreeSet<u32>) -> (Vec<u32>, Vec<u32>) {
    let (mut entries, mut shared): (BTreeSet<u32>, BTreeSet<u32>) =
        (module.in_tables.intersection(rest).copied().collect(), BTreeSet::new());
    for function in module.defined() {
        for mentioned in &module.mentions(function).functions {
            match (rest.contains(&function), rest.contains(mentioned)) {
                (false, true) => entries.insert(*mentioned),
                (true, false) => shared.insert(*mentioned),
                _ => continue,
            };
        }
    }
    (entries.into_iter().collect(), shared.into_iter().collect())
}

/// Is it the page's? What one of its functions does at one time without the rest, it must do at any time.
pub fn is_of_page(module: &Module, function: u32) -> bool {
    module.names.get(&function).is_some_and(|name| name.contains("lockstep_page::page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_whole() {
        let paths = ["page::act", "worker"];
        for name in [
            "page::act",
            "<page::act as FnOnce>::call",
            "drop::<page::act::{closure#0}>",
            "page::action::worker::start",
        ] {
            assert!(is_of(name, &paths), "{name}");
        }
        assert!(!is_of("page::action_of", &paths));
        assert!(!is_of("worker_of", &paths));
    }
}
