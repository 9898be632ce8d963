//! Which functions come first, and which with the rest.

use std::collections::BTreeSet;

use crate::module::Module;

/// What a function's name says that may be left for the rest if it does not run: code that only the worker runs, which
/// is started again when it lacks a function, views of the page that are opened by a click, which waits for the rest, and
/// libraries that only those use. What else the page runs comes first: it never stands there without a function.
const MAY_WAIT: [&str; 42] = [
    "lockstep_core::configuration",
    "lockstep_core::evidence",
    "lockstep_core::layout",
    "lockstep_core::parallel",
    "lockstep_core::report",
    "lockstep_core::review",
    "lockstep_core::rewrite",
    "lockstep_core::rollback",
    "lockstep_core::rules",
    "lockstep_core::schema",
    "lockstep_core::signoff",
    "lockstep_core::simulate",
    "lockstep_core::sql",
    "lockstep_core::timeline",
    "lockstep_page::page::show::commands",
    "lockstep_page::page::show::deployment",
    "lockstep_page::page::show::diagram",
    "lockstep_page::page::show::explorer",
    "lockstep_page::page::show::moment",
    "lockstep_page::page::show::objects",
    "lockstep_page::page::views::dialogs",
    "lockstep_page::page::views::diff",
    "lockstep_page::page::views::events::act",
    "lockstep_page::page::views::events::changed",
    "lockstep_page::page::views::events::clicked",
    "lockstep_page::page::views::events::perform",
    "lockstep_page::page::views::events::script",
    "lockstep_page::page::views::events::written",
    "lockstep_page::page::views::export",
    "lockstep_page::page::views::keys",
    "lockstep_page::page::views::locks",
    "lockstep_page::page::views::papers",
    "lockstep_page::page::views::readme",
    "lockstep_page::page::views::reviews",
    "lockstep_page::page::views::rewrite",
    "lockstep_page::page::views::rollback",
    "lockstep_page::page::views::schema",
    "lockstep_page::page::views::share",
    "lockstep_page::preview",
    "lockstep_page::worker",
    "similar::",
    "wasm_streams::",
];

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

/// What the page calls only when the rest is here.
const GATE: &str = "lockstep_page::page::views::events::act";

/// The functions that the page may run before the rest is here: those that are its own, and what they call.
pub fn pages(module: &Module, is_pages: impl Fn(Option<&str>) -> bool) -> BTreeSet<u32> {
    let name_of = |function: &u32| module.names.get(function).map(String::as_str);
    let mut found: Vec<u32> = module.defined().filter(|function| is_pages(name_of(function))).collect();
    let mut pages: BTreeSet<u32> = found.iter().copied().collect();
    while let Some(function) = found.pop() {
        for called in &module.mentions(function).functions {
            if *called >= module.imported && name_of(called) != Some(GATE) && pages.insert(*called) {
                found.push(*called);
            }
        }
    }
    pages
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

/// Does the page run functions of that name? Those without one it may.
pub fn is_pages(name: Option<&str>) -> bool {
    name.is_none_or(|name| {
        // C's functions are the parser's, which only the worker runs.
        name.contains("::") && !MAY_WAIT.iter().any(|home| name.contains(home))
    })
}
