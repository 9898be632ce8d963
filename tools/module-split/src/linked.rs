//! What the linker wrote of the module that it made, with its option `--emit-relocs`: where the addresses of functions and
//! of data stand, in code and in data.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocSectionReader, RelocationType,
    SymbolInfo,
};

use crate::Outcome;

/// The linker's name for data that is only read.
const READ_ONLY: &str = ".rodata";

/// A linked module.
#[derive(Default)]
pub struct Linked {
    /// The part of memory that is only read.
    pub read_only: Range<u32>,
    /// The data in memory that has a name, by address.
    pub data: Vec<Range<u32>>,
    /// What each function mentions.
    pub in_code: BTreeMap<u32, Vec<Mention>>,
    /// What data mentions, by the place of the address in memory.
    pub in_data: BTreeMap<u32, Target>,
    /// The functions' names, and the numbers of those that are called so.
    pub names: HashMap<String, Vec<u32>>,
}

/// A place in code where something is called, or where its address stands.
pub struct Mention {
    pub target: Target,
    /// What is added to its address, which may lead beside it.
    pub more: i32,
}

/// What is mentioned.
#[derive(Clone)]
pub enum Target {
    /// A function that is called.
    Function(u32),
    /// One whose address is taken, to call it later.
    Pointer(u32),
    /// A named piece of data.
    Data(Range<u32>),
}

impl Linked {
    pub fn read(bytes: &[u8]) -> Outcome<Self> {
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(bytes) {
            sections.take(payload?)?;
        }
        sections.linked()
    }

    /// The functions of that name; none where an optimiser has made it.
    pub fn known(&self, name: &str) -> Option<&Vec<u32>> {
        self.names.get(name).or_else(|| self.names.get(original(name)))
    }

    /// The functions that may run when those do, but for what only `gates` lead to, and for what is only called by its
    /// address and is one of `pointers`.
    pub fn reachable(
        &self,
        from: impl Iterator<Item = u32>,
        gates: &BTreeSet<u32>,
        pointers: &BTreeSet<u32>,
    ) -> BTreeSet<u32> {
        let mut new: Vec<Target> = from.map(Target::Function).collect();
        let (mut functions, mut data) = (BTreeSet::new(), BTreeSet::new());
        while let Some(target) = new.pop() {
            match target {
                Target::Function(function) => {
                    if !gates.contains(&function) && functions.insert(function) {
                        let mentions = self.in_code.get(&function).into_iter().flatten();
                        new.extend(mentions.map(|mention| mention.target.clone()));
                    }
                }
                Target::Pointer(function) => {
                    new.extend((!pointers.contains(&function)).then_some(Target::Function(function)));
                }
                Target::Data(range) => {
                    if data.insert((range.start, range.end)) {
                        new.extend(self.in_data.range(range).map(|(_, target)| target.clone()));
                    }
                }
            }
        }
        functions
    }
}

/// Where data is put.
pub fn address(kind: &DataKind) -> Outcome<u32> {
    if let DataKind::Active { offset_expr, .. } = kind
        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
    {
        return Ok(value as u32);
    }
    Err("some data is put into memory later, or the linker did not know where".into())
}

/// The module's sections, before it can be told what they mean together.
#[derive(Default)]
struct Sections<'a> {
    count: u32,
    /// How many functions are imported.
    imported: u32,
    /// Where the code section begins, and each body in it.
    code: u64,
    bodies: Vec<u32>,
    /// The number of the data section.
    data: Option<u32>,
    /// Place and length in memory of each piece of data, and its place in its section.
    pieces: Vec<(Range<u32>, u32)>,
    /// The pieces' names.
    piece_names: Vec<&'a str>,
    symbols: Vec<Option<Symbol>>,
    relocations: Vec<RelocSectionReader<'a>>,
    names: HashMap<String, Vec<u32>>,
}

enum Symbol {
    Function(u32),
    /// The piece, the place in it, and the size.
    Data(u32, u32, u32),
}

impl<'a> Sections<'a> {
    fn take(&mut self, payload: Payload<'a>) -> Outcome {
        self.count += u32::from(payload.as_section().is_some());
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { unchecked_range, .. } => self.code = unchecked_range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push((body.range().start - self.code) as u32),
            Payload::DataSection(pieces) => {
                self.data = Some(self.count - 1);
                let section = pieces.range().start;
                for piece in pieces {
                    let piece = piece?;
                    let (start, size) = (address(&piece.kind)?, piece.data.len());
                    let place = piece.range.end - size as u64 - section;
                    self.pieces.push((start..start + size as u32, place as u32));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(parts) => {
                    for part in parts.subsections() {
                        self.take_part(part?)?;
                    }
                }
                KnownCustom::Reloc(relocations) => self.relocations.push(relocations),
                KnownCustom::Name(parts) => {
                    for part in parts {
                        let Name::Function(names) = part? else { continue };
                        for naming in names {
                            let naming = naming?;
                            let name = rustc_demangle::demangle(naming.name).to_string();
                            let name = crate::module::without_hashes(&name);
                            self.names.entry(name).or_default().push(naming.index);
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn take_part(&mut self, part: Linking<'a>) -> Outcome {
        match part {
            Linking::SegmentInfo(pieces) => {
                for piece in pieces {
                    self.piece_names.push(piece?.name);
                }
            }
            Linking::SymbolTable(symbols) => {
                for symbol in symbols {
                    self.symbols.push(match symbol? {
                        SymbolInfo::Func { index, .. } => Some(Symbol::Function(index)),
                        SymbolInfo::Data { symbol: Some(data), .. } => {
                            Some(Symbol::Data(data.index, data.offset, data.size))
                        }
                        _ => None,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn target(&self, symbol: u32) -> Option<Target> {
        match *self.symbols.get(symbol as usize)?.as_ref()? {
            Symbol::Function(index) => Some(Target::Function(index)),
            Symbol::Data(piece, place, size) => {
                let start = self.pieces.get(piece as usize)?.0.start + place;
                Some(Target::Data(start..start + size.max(1)))
            }
        }
    }

    fn linked(self) -> Outcome<Linked> {
        let read_only = self.piece_names.iter().position(|name| *name == READ_ONLY);
        let Some((read_only, _)) = read_only.and_then(|piece| self.pieces.get(piece)) else {
            return Err(format!("the linker tells of no {READ_ONLY}: --emit-relocs is missing").into());
        };
        let mut linked = Linked { read_only: read_only.clone(), ..Linked::default() };
        let symbols = (0..self.symbols.len() as u32).filter_map(|symbol| self.target(symbol));
        linked.data = symbols
            .filter_map(|target| match target {
                Target::Data(range) => Some(range),
                _ => None,
            })
            .collect();
        for relocations in &self.relocations {
            let is_data = Some(relocations.section_index()) == self.data;
            for relocation in relocations.entries() {
                let relocation = relocation?;
                let target = match (relocation.ty, self.target(relocation.index)) {
                    (
                        RelocationType::MemoryAddrLeb
                        | RelocationType::MemoryAddrSleb
                        | RelocationType::MemoryAddrI32
                        | RelocationType::FunctionIndexLeb,
                        Some(target),
                    ) => target,
                    (
                        RelocationType::TableIndexSleb | RelocationType::TableIndexI32,
                        Some(Target::Function(function)),
                    ) => Target::Pointer(function),
                    _ => continue,
                };
                let place = relocation.offset;
                if is_data {
                    let mut pieces = self.pieces.iter();
                    let piece = pieces.find(|(piece, at)| (*at..*at + piece.len() as u32).contains(&place));
                    let (piece, at) = piece.ok_or("the linker tells of an address outside of all data")?;
                    linked.in_data.insert(piece.start + (place - at), target);
                } else {
                    let body = self.bodies.partition_point(|body| *body <= place) as u32;
                    let more = relocation.addend as i32;
                    let function = (self.imported + body).saturating_sub(1);
                    linked.in_code.entry(function).or_default().push(Mention { target, more });
                }
            }
        }
        linked.names = self.names;
        Ok(linked)
    }
}

/// A function's name before an optimiser made a copy of it, which it numbers.
fn original(name: &str) -> &str {
    let is_digit = |c: char| c.is_ascii_digit();
    let base = match name.strip_suffix(']') {
        Some(copy) => copy.trim_end_matches(is_digit).strip_suffix('['),
        None => name.trim_end_matches(is_digit).strip_suffix(['.', '_']),
    };
    base.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::original;

    #[test]
    fn a_copy_has_the_name_of_what_it_is_of() {
        for (copy, name) in [
            ("dump_2068", "dump"),
            ("drop.12", "drop"),
            ("next[1]", "next"),
            ("sha256", "sha256"),
            ("[u8]", "[u8]"),
        ] {
            assert_eq!(original(copy), name);
        }
    }
}
