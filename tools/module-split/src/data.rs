//! Which of the data that is only read comes with the rest: what nothing can reach that comes first.
//!
//! The linker tells what there is in memory, and where an address of it stands. What became of the code since then, it does
//! not: there a number is taken for an address where it is one that the linker wrote, or could have been made of one.

use std::collections::BTreeMap;
use std::ops::Range;

use wasmparser::{Parser, Payload};

use crate::Outcome;
use crate::linked::{Linked, Mention, Target, address};
use crate::module::Module;
use crate::plan::Plan;

/// How far beside a thing a number may lie that an optimiser has made of its address: compilers count from the element
/// before the first one and to the one behind the last.
const BESIDE: u32 = 32;

/// The data of a module, put into memory as it starts.
#[derive(Default)]
pub struct Memory<'a> {
    /// By address.
    pieces: BTreeMap<u32, &'a [u8]>,
}

impl<'a> Memory<'a> {
    /// What the module's data makes of memory.
    pub fn of(bytes: &'a [u8]) -> Outcome<Self> {
        let mut memory = Memory::default();
        for payload in Parser::new(0).parse_all(bytes) {
            let Payload::DataSection(pieces) = payload? else { continue };
            for piece in pieces {
                let piece = piece?;
                memory.pieces.insert(address(&piece.kind)?, piece.data);
            }
        }
        Ok(memory)
    }

    /// What stands in a range: zero where the module has no data.
    pub fn bytes(&self, range: Range<u32>) -> Vec<u8> {
        let byte = |address: u32| {
            let before = self.pieces.range(..=address).next_back();
            before.and_then(|(start, data)| data.get((address - start) as usize)).copied().unwrap_or(0)
        };
        range.map(byte).collect()
    }
}

/// The things in memory that is only read, and where their addresses stand.
pub struct Things {
    /// Where they begin: each is as long as to the next.
    starts: Vec<u32>,
    /// What is only read.
    memory: Range<u32>,
    /// What each number is that the linker wrote into code for an address: the things there.
    in_code: BTreeMap<u32, Vec<Range<u32>>>,
    /// The same of data, by the address of the number.
    in_data: BTreeMap<u32, Range<u32>>,
}

impl Things {
    /// Those of a linked module.
    pub fn of(linked: &Linked) -> Self {
        let memory = linked.read_only.clone();
        let mut starts: Vec<u32> =
            linked.data.iter().map(|data| data.start).filter(|start| memory.contains(start)).collect();
        // What stands before the first thing belongs to none.
        starts.push(memory.start);
        starts.sort_unstable();
        starts.dedup();

        let mut in_code: BTreeMap<u32, Vec<Range<u32>>> = BTreeMap::new();
        for mentions in linked.in_code.values() {
            for mention in mentions {
                let Target::Data(thing) = &mention.target else { continue };
                let number = thing.start.wrapping_add_signed(mention.more);
                // An address behind a thing is mostly where the next one begins. It says nothing where the same code
                // has one within the thing as well, to which it is compared.
                let is_within = |other: &Mention| {
                    matches!(&other.target, Target::Data(other_thing) if other_thing == thing)
                        && thing.contains(&thing.start.wrapping_add_signed(other.more))
                };
                if is_within(mention) || !mentions.iter().any(is_within) {
                    in_code.entry(number).or_default().push(thing.clone());
                }
            }
        }
        let in_data = linked.in_data.iter().filter_map(|(place, target)| match target {
            Target::Data(thing) => Some((*place, thing.clone())),
            Target::Function(_) | Target::Pointer(_) => None,
        });
        Things { starts, memory, in_code, in_data: in_data.collect() }
    }

    /// The number of the thing that an address lies in.
    fn at(&self, address: u32) -> usize {
        self.starts.partition_point(|start| *start <= address) - 1
    }

    fn range(&self, thing: usize) -> Range<u32> {
        self.starts[thing]..self.starts.get(thing + 1).copied().unwrap_or(self.memory.end)
    }

    /// The data that nothing reaches which comes first: neither its code nor, from thing to thing, what that reads.
    pub fn left(&self, module: &Module, plan: &Plan) -> Vec<Range<u32>> {
        let mut reached =
            Reached { things: self, is_reached: vec![false; self.starts.len()], new: Vec::new() };
        for function in module.defined().filter(|function| !plan.rest.contains(function)) {
            for number in &module.mentions(function).numbers {
                match self.in_code.get(number) {
                    Some(things) => things.iter().for_each(|range| reached.reach(range)),
                    None => reached.reach(&(number.saturating_sub(BESIDE)..number.saturating_add(BESIDE))),
                }
            }
        }
        // What can be written may be read by anyone.
        for (place, range) in &self.in_data {
            if !self.memory.contains(place) {
                reached.reach(range);
            }
        }
        while let Some(thing) = reached.new.pop() {
            for (_, range) in self.in_data.range(self.range(thing)) {
                reached.reach(range);
            }
        }

        let left = (0..self.starts.len()).filter(|thing| !reached.is_reached[*thing]);
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for thing in left.map(|thing| self.range(thing)) {
            match ranges.last_mut().filter(|last| last.end == thing.start) {
                Some(last) => last.end = thing.end,
                None => ranges.push(thing),
            }
        }
        ranges
    }
}

/// The things that something reaches which comes first.
struct Reached<'a> {
    things: &'a Things,
    is_reached: Vec<bool>,
    /// Those of them whose own addresses are still to be followed.
    new: Vec<usize>,
}

impl Reached<'_> {
    /// Reaches all things in a range of addresses.
    fn reach(&mut self, range: &Range<u32>) {
        let memory = &self.things.memory;
        let (start, end) = (range.start.max(memory.start), range.end.min(memory.end));
        if start >= end {
            return;
        }
        for thing in self.things.at(start)..=self.things.at(end - 1) {
            if !std::mem::replace(&mut self.is_reached[thing], true) {
                self.new.push(thing);
            }
        }
    }
}
