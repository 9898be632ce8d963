//! The module with the rest: it imports what it shares with the first, and puts its functions into the table of links.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, FunctionSection,
    ImportSection, MemoryType, Module as Encoded, RefType, TableType, TagKind, TagType, TypeSection,
};
use wasmparser::{Parser, Payload};

use crate::Outcome;
use crate::data::Memory;
use crate::links::Links;
use crate::module::Module;
use crate::plan::Plan;

/// Between two ranges of data that are closer, what lies between them is written with both.
const CLOSE: u32 = 8;

/// Writes it, with the data that is `left` for it. Types, memories, tables and tags keep their indexes; functions and
/// globals do not.
pub fn rest(
    module: &Module,
    plan: &Plan,
    links: &Links,
    memory: &Memory,
    left: &[Range<u32>],
) -> Outcome<Vec<u8>> {
    // What is imported comes first.
    let indexes = (0..).zip(plan.shared.iter().chain(&plan.rest)).map(|(index, function)| (*function, index));
    let mut rest = Rest { indexes: indexes.collect(), links };
    let mut encoded = Encoded::new();

    let mut types = TypeSection::new();
    for payload in Parser::new(0).parse_all(module.bytes) {
        if let Payload::TypeSection(section) = payload? {
            rest.parse_type_section(&mut types, section)?;
        }
    }
    encoded.section(&types);

    let mut imports = ImportSection::new();
    for (kind, index, name) in links.of_rest(module) {
        imports.import(Links::FIRST, &name, rest.entity(module, kind, index)?);
    }
    imports.import(Links::FIRST, Links::TABLE, table_of(RefType::FUNCREF, links.size().into()));
    for (place, function) in (plan.entries.len()..).zip(&plan.shared) {
        let of_type = module.functions[*function as usize];
        imports.import(Links::FUNCTIONS, &place.to_string(), EntityType::Function(of_type));
    }
    encoded.section(&imports);

    let mut functions = FunctionSection::new();
    for function in &plan.rest {
        functions.function(module.functions[*function as usize]);
    }
    encoded.section(&functions);

    let mut elements = ElementSection::new();
    let entries =
        plan.entries.iter().map(|entry| rest.function_index(*entry)).collect::<Result<Vec<_>, _>>()?;
    let table = module.tables.len() as u32;
    elements.active(Some(table), &ConstExpr::i32_const(0), Elements::Functions(entries.into()));
    encoded.section(&elements);

    let mut code = CodeSection::new();
    for function in &plan.rest {
        rest.parse_function_body(&mut code, module.body(*function).clone())?;
    }
    encoded.section(&code);

    let mut data = DataSection::new();
    for close in left.chunk_by(|one, next| one.end + CLOSE >= next.start) {
        let range = close[0].start..close[close.len() - 1].end;
        data.active(0, &ConstExpr::i32_const(range.start as i32), memory.bytes(range));
    }
    if !data.is_empty() {
        encoded.section(&data);
    }
    Ok(encoded.finish())
}

/// A table of at least this size.
fn table_of(element_type: RefType, minimum: u64) -> TableType {
    TableType { element_type, table64: false, minimum, maximum: None, shared: false }
}

struct Rest<'a> {
    /// The index here of each function that has another one in the original.
    indexes: HashMap<u32, u32>,
    links: &'a Links,
}

impl Rest<'_> {
    fn entity(&mut self, module: &Module, kind: ExportKind, index: u32) -> Outcome<EntityType> {
        let index = index as usize;
        Ok(match kind {
            ExportKind::Memory => {
                EntityType::Memory(MemoryType { maximum: None, ..module.memories[index].into() })
            }
            ExportKind::Table => {
                let table = module.tables[index];
                EntityType::Table(table_of(self.ref_type(table.element_type)?, table.initial))
            }
            ExportKind::Tag => {
                EntityType::Tag(TagType { kind: TagKind::Exception, func_type_idx: module.tags[index] })
            }
            ExportKind::Global => EntityType::Global(self.global_type(module.globals[index])?),
            other => return Err(format!("{other:?} is not shared this way").into()),
        })
    }
}

impl Reencode for Rest<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.indexes[&function])
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.links.globals.partition_point(|one| *one < global) as u32)
    }
}
