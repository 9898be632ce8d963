//! A copy of a module that notes which parts of its code run.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType,
    Module as Encoded, ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Operator, Parser};

use crate::Outcome;
use crate::module::Module;

/// What the exported globals are called that hold the notes, before their number: one bit for each stretch of code.
pub const NOTES: &str = "ran ";

/// How many stretches one of them is for.
const BITS: u32 = i32::BITS;

/// Does a new stretch of code begin after this operator? Within one, all runs or nothing.
pub fn begins_stretch(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Loop { .. }
            | Operator::BrIf { .. }
            | Operator::Catch { .. }
            | Operator::CatchAll
    )
}

/// How many stretches a body has; the first is its beginning.
pub fn stretches(body: &FunctionBody) -> Outcome<u32> {
    let mut count = 1;
    for operator in body.get_operators_reader()? {
        count += u32::from(begins_stretch(&operator?));
    }
    Ok(count)
}

/// The copy. Stretches are counted through all bodies, in their order.
pub fn instrumented(module: &Module) -> Outcome<Vec<u8>> {
    let mut count = 0;
    for body in &module.bodies {
        count += stretches(body)?;
    }
    let mut instrument = Instrument { module, globals: count.div_ceil(BITS), next: 0 };
    let mut encoded = Encoded::new();
    instrument.parse_core_module(&mut encoded, Parser::new(0), module.bytes)?;
    Ok(encoded.finish())
}

struct Instrument<'a> {
    module: &'a Module<'a>,
    /// How many globals hold the notes.
    globals: u32,
    /// The stretch that begins next.
    next: u32,
}

impl Instrument<'_> {
    fn note(&mut self, function: &mut Function) {
        let global = self.module.globals.len() as u32 + self.next / BITS;
        let mut code = function.instructions();
        code.global_get(global).i32_const(1 << (self.next % BITS)).i32_or().global_set(global);
        self.next += 1;
    }
}

impl Reencode for Instrument<'_> {
    type Error = Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_global_section(self, globals, section)?;
        let notes = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        for _ in 0..self.globals {
            globals.global(notes, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        for number in 0..self.globals {
            let index = self.module.globals.len() as u32 + number;
            exports.export(&format!("{NOTES}{number}"), ExportKind::Global, index);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let mut function: Function = self.new_function_with_parsed_locals(&body)?;
        self.note(&mut function);
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let operator = reader.read()?;
            let begins = begins_stretch(&operator);
            function.instruction(&self.instruction(operator)?);
            if begins && !reader.eof() {
                self.note(&mut function);
            } else if begins {
                self.next += 1;
            }
        }
        code.function(&function);
        Ok(())
    }
}
