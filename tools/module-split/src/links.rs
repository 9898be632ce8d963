//! What the two modules know of each other.

use std::collections::BTreeSet;

use wasm_encoder::ExportKind;
use wasmparser::ExternalKind;

use crate::Outcome;
use crate::module::Module;
use crate::plan::Plan;

/// What joins them.
pub struct Links {
    /// The function that has the rest joined, unless it is: `app/src/rest.rs`.
    pub join: u32,
    /// The globals that the rest uses.
    pub globals: Vec<u32>,
    /// How many functions each calls of the other.
    functions: usize,
}

impl Links {
    /// The name of the table of links: first the rest's functions that are called from what comes first, then those
    /// that the rest calls.
    pub const TABLE: &str = "links";

    /// Where the rest's imports come from that are no functions: what comes first exports them.
    pub const FIRST: &str = "first";

    /// Where the functions come from: their names are their places in the table of links.
    pub const FUNCTIONS: &str = "links";

    /// What the page's module calls it.
    const JOIN: &str = "join_rest";

    pub fn new(module: &Module, plan: &Plan) -> Outcome<Self> {
        let Some((ExternalKind::Func, join)) = module.exports.get(Self::JOIN) else {
            return Err(format!("the module exports no function {}", Self::JOIN).into());
        };
        let globals: BTreeSet<u32> = plan
            .rest
            .iter()
            .flat_map(|function| module.mentions(*function).globals.iter().copied())
            .collect();
        let functions = plan.entries.len() + plan.shared.len();
        Ok(Links { join: *join, globals: globals.into_iter().collect(), functions })
    }

    /// How many places the table of links has.
    pub fn size(&self) -> u32 {
        self.functions as u32
    }

    /// What the rest imports besides functions and the table of links, and the names for it.
    pub fn of_rest(&self, module: &Module) -> Vec<(ExportKind, u32, String)> {
        let all = |kind, letter: char, count: usize| {
            (0..count as u32).map(move |index| (kind, index, format!("{letter}{index}")))
        };
        let mut of_rest: Vec<_> = all(ExportKind::Memory, 'm', module.memories.len()).collect();
        of_rest.extend(all(ExportKind::Table, 't', module.tables.len()));
        of_rest.extend(all(ExportKind::Tag, 'e', module.tags.len()));
        of_rest.extend(self.globals.iter().map(|index| (ExportKind::Global, *index, format!("g{index}"))));
        of_rest
    }
}
