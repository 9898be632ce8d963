//! A WebAssembly module, read as far as splitting it needs.

use std::collections::{BTreeSet, HashMap};

use wasmparser::{
    ElementItems, ExternalKind, FuncType, FunctionBody, GlobalType, KnownCustom, MemoryType, Name, Operator,
    Parser, Payload, TableType, TypeRef,
};

use crate::Outcome;

/// What a module consists of. Indexes are WebAssembly's own: what is imported comes before what is defined.
#[derive(Default)]
pub struct Module<'a> {
    /// As it is written.
    pub bytes: &'a [u8],
    /// By type index.
    pub types: Vec<FuncType>,
    /// The type index of each function.
    pub functions: Vec<u32>,
    /// How many functions are imported.
    pub imported: u32,
    /// The bodies of the functions that are not.
    pub bodies: Vec<FunctionBody<'a>>,
    /// What each of those bodies mentions.
    pub mentions: Vec<Mentions>,
    /// The functions' names as people write them, as far as the module tells.
    pub names: HashMap<u32, String>,
    /// The functions that a table holds, so that any function may call them.
    pub in_tables: BTreeSet<u32>,
    /// By name.
    pub exports: HashMap<&'a str, (ExternalKind, u32)>,
    /// Those that are defined.
    pub tables: Vec<TableType>,
    /// Those that are defined.
    pub memories: Vec<MemoryType>,
    /// Those that are defined.
    pub globals: Vec<GlobalType>,
    /// The type index of each tag.
    pub tags: Vec<u32>,
}

/// What a body mentions by index.
#[derive(Default)]
pub struct Mentions {
    /// Called, or made a reference of.
    pub functions: BTreeSet<u32>,
    /// Read or written.
    pub globals: BTreeSet<u32>,
    /// Whatever could be an address: constants, and what is added to an address where memory is read or written.
    pub numbers: BTreeSet<u32>,
}

impl<'a> Module<'a> {
    /// Reads a module. One that imports memory, tables or globals is not what wasm-bindgen makes of ours, and refused.
    pub fn read(bytes: &'a [u8]) -> Outcome<Self> {
        let mut module = Module { bytes, ..Module::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        module.imported = (module.functions.len() - module.bodies.len()) as u32;
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Outcome {
        match payload {
            Payload::TypeSection(types) => {
                for of_type in types.into_iter_err_on_gc_types() {
                    self.types.push(of_type?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    match import.ty {
                        TypeRef::Func(of_type) => self.functions.push(of_type),
                        TypeRef::Tag(tag) => self.tags.push(tag.func_type_idx),
                        _ => return Err(format!("{} is imported, but no function", import.name).into()),
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                for of_type in functions {
                    self.functions.push(of_type?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memories.push(memory?);
                }
            }
            Payload::TagSection(tags) => {
                for tag in tags {
                    self.tags.push(tag?.func_type_idx);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    self.exports.insert(export.name, (export.kind, export.index));
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    match element?.items {
                        ElementItems::Functions(functions) => {
                            for function in functions {
                                self.in_tables.insert(function?);
                            }
                        }
                        ElementItems::Expressions(_, expressions) => {
                            for expression in expressions {
                                for operator in expression?.get_operators_reader() {
                                    if let Operator::RefFunc { function_index } = operator? {
                                        self.in_tables.insert(function_index);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                let mut mentions = Mentions::default();
                for operator in body.get_operators_reader()? {
                    match operator? {
                        Operator::Call { function_index }
                        | Operator::ReturnCall { function_index }
                        | Operator::RefFunc { function_index } => {
                            mentions.functions.insert(function_index);
                        }
                        Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                            mentions.globals.insert(global_index);
                        }
                        Operator::I32Const { value } => {
                            mentions.numbers.insert(value as u32);
                        }
                        other => mentions.numbers.extend(added(&other)),
                    }
                }
                self.mentions.push(mentions);
                self.bodies.push(body);
            }
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(subsections) = custom.as_known() {
                    for subsection in subsections {
                        let Name::Function(names) = subsection? else { continue };
                        for naming in names {
                            let naming = naming?;
                            self.names.insert(naming.index, without_hashes(naming.name));
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The functions that are not imported.
    pub fn defined(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported..self.imported + self.bodies.len() as u32
    }

    /// The body of a function that is not imported.
    pub fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported) as usize]
    }

    /// What the body of a function that is not imported mentions.
    pub fn mentions(&self, function: u32) -> &Mentions {
        &self.mentions[(function - self.imported) as usize]
    }

    /// The type of a function.
    pub fn type_of(&self, function: u32) -> &FuncType {
        &self.types[self.functions[function as usize] as usize]
    }
}

/// What an operator that reads or writes memory adds to the address that it is given.
fn added(operator: &Operator) -> Option<u32> {
    macro_rules! added {
        ($($operator:ident)*) => {
            match operator {
                $(Operator::$operator { memarg } => Some(memarg.offset as u32),)*
                _ => None,
            }
        };
    }
    added!(
        I32Load I64Load F32Load F64Load I32Load8S I32Load8U I32Load16S I32Load16U I64Load8S I64Load8U I64Load16S
        I64Load16U I64Load32S I64Load32U I32Store I64Store F32Store F64Store I32Store8 I32Store16 I64Store8 I64Store16
        I64Store32
    )
}

/// A name without the hashes of its crates: wasm-bindgen writes them in brackets, which other brackets of names never look like.
pub fn without_hashes(name: &str) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut rest = name;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        rest = match after.split_once(']') {
            Some((inside, after)) if is_hash(inside) => after,
            _ => {
                kept.push('[');
                after
            }
        };
    }
    kept + rest
}
