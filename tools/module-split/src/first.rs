//! The module that comes first: the original with other bodies where the rest's were.

use std::convert::Infallible;
use std::ops::Range;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, Instruction, Module as Encoded, RefType, TableSection, TableType,
};
use wasmparser::{
    CustomSectionReader, Data, ElementSectionReader, ExportSectionReader, FunctionBody,
    FunctionSectionReader, Operator, Parser, TableSectionReader,
};

use crate::Outcome;
use crate::linked;
use crate::links::Links;
use crate::module::Module;
use crate::plan::Plan;

/// Writes it, without the data that is `left` for the rest. All indexes stay what they were.
pub fn first(module: &Module, plan: &Plan, links: &Links, left: &[Range<u32>]) -> Outcome<Vec<u8>> {
    let mut first = First { module, plan, links, left, next: module.imported };
    let mut encoded = Encoded::new();
    first.parse_core_module(&mut encoded, Parser::new(0), module.bytes)?;
    Ok(encoded.finish())
}

struct First<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    links: &'a Links,
    left: &'a [Range<u32>],
    /// The function whose body comes next.
    next: u32,
}

impl First<'_> {
    /// The new table's index.
    fn table(&self) -> u32 {
        self.module.tables.len() as u32
    }

    /// A body that has the rest joined, unless it is, and goes on there.
    fn passes_on(&self, function: u32, place: usize) -> Function {
        let mut body = Function::new([]);
        for parameter in 0..self.module.type_of(function).params().len() {
            body.instruction(&Instruction::LocalGet(parameter as u32));
        }
        self.call_rest(&mut body, function, place);
        body.instruction(&Instruction::End);
        body
    }

    /// Has the rest joined, unless it is, and calls a function of it, whose arguments are on the stack.
    fn call_rest(&self, body: &mut Function, function: u32, place: usize) {
        let type_index = self.module.functions[function as usize];
        let mut code = body.instructions();
        code.call(self.links.join).i32_const(place as i32).call_indirect(self.table(), type_index);
    }

    /// A body that calls parts of it through the table.
    fn without_parts(&mut self, body: &FunctionBody) -> Result<Function, Error<Infallible>> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            match reader.read()? {
                Operator::Call { function_index } if function_index >= self.plan.parts => {
                    let place = self.plan.entries.partition_point(|entry| *entry < function_index);
                    self.call_rest(&mut function, function_index, place);
                }
                other => {
                    function.instruction(&self.instruction(other)?);
                }
            }
        }
        Ok(function)
    }

    /// The body of a function that only the rest calls, and calls there.
    fn gone() -> Function {
        let mut body = Function::new([]);
        body.instruction(&Instruction::Unreachable);
        body.instruction(&Instruction::End);
        body
    }
}

impl Reencode for First<'_> {
    type Error = Infallible;

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_table_section(self, tables, section)?;
        let size = u64::from(self.links.size());
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: size,
            maximum: Some(size),
            shared: false,
        });
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        for (kind, index, name) in self.links.of_rest(self.module) {
            exports.export(&name, kind, index);
        }
        exports.export(Links::TABLE, ExportKind::Table, self.table());
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_element_section(self, elements, section)?;
        let offset = ConstExpr::i32_const(self.plan.entries.len() as i32);
        elements.active(Some(self.table()), &offset, Elements::Functions((&self.plan.shared).into()));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for of_type in &self.module.functions[self.module.imported as usize..self.plan.parts as usize] {
            functions.function(*of_type);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let function = self.next;
        self.next += 1;
        if function >= self.plan.parts {
            // Called through the table in its only place.
        } else if !self.plan.rest.contains(&function) {
            if self.module.mentions(function).functions.range(self.plan.parts..).next().is_some() {
                code.function(&self.without_parts(&body)?);
            } else {
                code.raw(body.as_bytes());
            }
        } else if let Ok(place) = self.plan.entries.binary_search(&function) {
            code.function(&self.passes_on(function, place));
        } else {
            code.function(&Self::gone());
        }
        Ok(())
    }

    /// What of the data comes with the rest is zero until then.
    fn parse_data(&mut self, section: &mut DataSection, datum: Data<'_>) -> Result<(), Error<Infallible>> {
        let mut bytes = datum.data.to_vec();
        if let Ok(start) = linked::address(&datum.kind) {
            let end = start + bytes.len() as u32;
            for left in self.left.iter().filter(|left| left.start < end && start < left.end) {
                bytes[(left.start.max(start) - start) as usize..(left.end.min(end) - start) as usize].fill(0);
            }
        }
        utils::parse_data(self, section, Data { data: &bytes, ..datum })
    }

    /// What is no code and no data is left out: names, and who made it.
    fn parse_custom_section(
        &mut self,
        _: &mut Encoded,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}
