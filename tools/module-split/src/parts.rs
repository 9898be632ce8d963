//! The parts of a function that did not run and can become functions of their own.
//!
//! A part is a row of whole statements of one block. As a function it takes the locals that it reads, and returns those
//! that it writes and where to go on: behind the part, or where it branches to.

use std::collections::BTreeSet;
use std::ops::Range;

use wasmparser::{Operator, ValType};

use crate::Outcome;
use crate::body::Body;
use crate::liveness::Liveness;

/// The fewest bytes that are worth a function and a call.
const AT_LEAST: usize = 50;

/// The most locals that are handed over and back.
const AT_MOST: usize = 32;

/// A part that becomes a function.
pub struct Part {
    /// Its operators.
    pub ops: Range<usize>,
    /// The locals that it is given.
    pub given: Vec<u32>,
    /// Those that it gives back.
    pub back: Vec<u32>,
    /// Where it branches to: how many blocks further out than the part, and with values of which types. A return is a
    /// branch out of the body.
    pub exits: Vec<(u32, Vec<ValType>)>,
    /// Whether what stands behind it may come next.
    pub goes_on: bool,
}

impl Body<'_> {
    /// The parts to outline, in order.
    pub fn parts(&self) -> Outcome<Vec<Part>> {
        let mut search = Search {
            body: self,
            live: Liveness::of(self)?,
            labels: vec![self.results.clone()],
            parts: Vec::new(),
        };
        search.content(0..self.ops.len() - 1);
        Ok(search.parts)
    }
}

/// The search for parts of a body.
struct Search<'s, 'a> {
    body: &'s Body<'a>,
    live: Liveness,
    /// The types of the values that branches take along, to the body's end and to each block that the search is in.
    labels: Vec<Vec<ValType>>,
    /// What has been found.
    parts: Vec<Part>,
}

impl Search<'_, '_> {
    /// Finds parts in the content of a block.
    fn content(&mut self, content: Range<usize>) {
        let mut row: Vec<Range<usize>> = Vec::new();
        for statement in self.body.statements(content) {
            let ops = &self.body.ops;
            // The last one may leave the block's value.
            let is_whole = ops[statement.end].at_rest;
            if is_whole && ops[statement.clone()].iter().all(|op| op.cold) {
                row.push(statement);
                continue;
            }
            self.row(std::mem::take(&mut row));
            self.inside(statement);
        }
        self.row(row);
    }

    /// Takes a row of statements that did not run: in one, each for itself, or what can be taken of them.
    fn row(&mut self, row: Vec<Range<usize>>) {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
        if self.take(first.start..last.end) {
            return;
        }
        for statement in row {
            if !self.take(statement.clone()) {
                self.inside(statement);
            }
        }
    }

    /// Finds parts in the blocks that these operators open.
    fn inside(&mut self, ops: Range<usize>) {
        let mut index = ops.start;
        while index < ops.end {
            for arm in self.body.arms(index) {
                self.labels.push(self.body.ops[index].label.clone());
                self.content(arm);
                self.labels.pop();
            }
            index = self.body.behind(index);
        }
    }

    /// Takes these statements as a part, if they are worth it and can be one.
    fn take(&mut self, ops: Range<usize>) -> bool {
        let part =
            Some(ops).filter(|ops| self.body.length(ops.clone()) >= AT_LEAST).and_then(|ops| self.part(ops));
        let is_taken = part.is_some();
        self.parts.extend(part);
        is_taken
    }

    fn part(&self, ops: Range<usize>) -> Option<Part> {
        let Search { body, live, labels, .. } = self;
        let depth = body.ops[ops.start].depth;
        if !body.ops[ops.start].at_rest {
            return None;
        }
        let mut exits = BTreeSet::new();
        let (mut mentioned, mut written) = (BTreeSet::new(), BTreeSet::new());
        let mut goes_to = BTreeSet::new();
        for (index, op) in body.ops.iter().enumerate().take(ops.end).skip(ops.start) {
            let inside = op.depth - depth;
            let mut leaves = |relative: u32| {
                if relative >= inside {
                    exits.insert(relative - inside);
                    goes_to.insert(body.target(index, relative));
                }
            };
            match &op.operator {
                Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                    leaves(*relative_depth)
                }
                Operator::BrTable { targets } => {
                    for target in targets.targets() {
                        leaves(target.ok()?);
                    }
                    leaves(targets.default());
                }
                Operator::Return => leaves(op.depth - 1),
                Operator::LocalGet { local_index } => {
                    mentioned.insert(*local_index);
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    mentioned.insert(*local_index);
                    written.insert(*local_index);
                }
                Operator::Rethrow { .. } | Operator::Delegate { .. } => return None,
                _ => {}
            }
        }
        let goes_on = !body.ops[ops.end].dead;
        goes_to.extend(goes_on.then_some(ops.end));
        let is_awaited = |local: &u32| goes_to.iter().any(|place| live.is_live(*local, *place));
        let back: Vec<u32> = written.into_iter().filter(is_awaited).collect();
        let given: Vec<u32> = mentioned.into_iter().filter(|local| live.is_live(*local, ops.start)).collect();
        if given.len() + back.len() > AT_MOST {
            return None;
        }
        let label = |outwards: u32| labels.get(labels.len().checked_sub(1 + outwards as usize)?).cloned();
        let exits =
            exits.into_iter().map(|outwards| Some((outwards, label(outwards)?))).collect::<Option<_>>()?;
        Some(Part { ops, given, back, exits, goes_on })
    }
}

impl Part {
    /// Where control may go on: behind the part, and where it branches to.
    pub fn ways_on(&self) -> usize {
        self.exits.len() + usize::from(self.goes_on)
    }

    /// The types of what the function returns: which way to go on, if there is a choice, the locals that are given back, and the values
    /// that branches take along.
    pub fn results(&self, body: &Body) -> Vec<ValType> {
        let choice = (self.ways_on() > 1).then_some(ValType::I32);
        let back = self.back.iter().map(|local| body.locals[*local as usize]);
        choice.into_iter().chain(back).chain(self.values()).collect()
    }

    /// The types of the values that branches take along, of one exit after the other.
    pub fn values(&self) -> impl Iterator<Item = ValType> {
        self.exits.iter().flat_map(|(_, types)| types.iter().copied())
    }

    /// Where in `values` those of an exit are.
    pub fn values_of(&self, exit: usize) -> Range<u32> {
        let count = |exits: &[(u32, Vec<ValType>)]| exits.iter().map(|(_, types)| types.len() as u32).sum();
        let begin: u32 = count(&self.exits[..exit]);
        begin..begin + self.exits[exit].1.len() as u32
    }
}
