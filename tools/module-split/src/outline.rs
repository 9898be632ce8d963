//! A copy of a module in which the parts of functions that did not run are functions of their own, so that they can be
//! left for the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, Function, FunctionSection, Instruction, InstructionSink, Module as Encoded,
    TypeSection,
};
use wasmparser::{
    FunctionBody, FunctionSectionReader, Operator, Parser, TypeSectionReader, ValType, ValidPayload,
    Validator,
};

use crate::body::Body;
use crate::instrument::stretches;
use crate::module::Module;
use crate::parts::Part;
use crate::{Outcome, features};

/// The copy: what did not run of the functions that may be split has become functions, which come last. They have no
/// names; the others keep theirs.
pub fn outlined(module: &Module, ran: &BTreeSet<u32>, may_split: impl Fn(u32) -> bool) -> Outcome<Vec<u8>> {
    let mut outline = Outline {
        module,
        changed: BTreeMap::new(),
        new: Vec::new(),
        types: Vec::new(),
        next: module.imported,
    };
    let mut validator = Validator::new_with_features(features());
    let (mut next, mut stretch) = (module.imported, 0);
    for payload in Parser::new(0).parse_all(module.bytes) {
        let ValidPayload::Func(to_validate, body) = validator.payload(&payload?)? else { continue };
        let (function, begins) = (next, stretch);
        next += 1;
        stretch += stretches(&body)?;
        if !ran.contains(&begins) || !may_split(function) {
            continue;
        }
        let body = Body::read(module, to_validate, &body, begins, ran)?;
        let parts = body.parts()?;
        if !parts.is_empty() {
            outline.split(function, &body, &parts)?;
        }
    }
    let mut encoded = Encoded::new();
    outline.parse_core_module(&mut encoded, Parser::new(0), module.bytes)?;
    Ok(encoded.finish())
}

/// The functions of which these stretches ran.
pub fn functions(module: &Module, ran: &BTreeSet<u32>) -> Outcome<BTreeSet<u32>> {
    let (mut functions, mut stretch) = (BTreeSet::new(), 0);
    for function in module.defined() {
        if ran.contains(&stretch) {
            functions.insert(function);
        }
        stretch += stretches(module.body(function))?;
    }
    Ok(functions)
}

/// What the copy differs in.
struct Outline<'a> {
    module: &'a Module<'a>,
    /// The functions that have lost parts.
    changed: BTreeMap<u32, Function>,
    /// The types and bodies of the new ones.
    new: Vec<(u32, Function)>,
    /// The types that come behind the module's own.
    types: Vec<(Vec<ValType>, Vec<ValType>)>,
    /// The function whose body comes next.
    next: u32,
}

impl Outline<'_> {
    /// The index of a function type.
    fn type_index(&mut self, parameters: Vec<ValType>, results: Vec<ValType>) -> u32 {
        let is_it =
            |of_type: &wasmparser::FuncType| of_type.params() == parameters && of_type.results() == results;
        let own = self.module.types.len();
        let index = self.module.types.iter().position(is_it).unwrap_or_else(|| {
            let added = self.types.iter().position(|(p, r)| *p == parameters && *r == results);
            own + added.unwrap_or_else(|| {
                self.types.push((parameters, results));
                self.types.len() - 1
            })
        });
        index as u32
    }

    /// Takes the parts out of a function.
    fn split(&mut self, function: u32, body: &Body, parts: &[Part]) -> Outcome {
        // Behind the function's own locals: those for the values that branches of a part take along.
        let own = body.locals.len() as u32;
        let mut added: Vec<ValType> = Vec::new();
        let mut scratch = Vec::new();
        for part in parts {
            let mut of_part = Vec::new();
            let mut taken = BTreeSet::new();
            for value in part.values() {
                let free = (0..added.len()).find(|index| added[*index] == value && !taken.contains(index));
                let index = free.unwrap_or_else(|| {
                    added.push(value);
                    added.len() - 1
                });
                taken.insert(index);
                of_part.push(own + index as u32);
            }
            scratch.push(of_part);
        }
        let locals = body.locals[body.parameters..].iter().chain(&added);
        let locals = locals.map(|local| self.val_type(*local)).collect::<Result<Vec<_>, _>>()?;
        let mut remaining = Function::new_with_locals_types(locals);
        let mut index = 0;
        for (part, scratch) in parts.iter().zip(&scratch) {
            for op in &body.ops[index..part.ops.start] {
                remaining.instruction(&self.instruction(op.operator.clone())?);
            }
            self.take_out(body, part, scratch, &mut remaining)?;
            index = part.ops.end;
        }
        for op in &body.ops[index..] {
            remaining.instruction(&self.instruction(op.operator.clone())?);
        }
        self.changed.insert(function, remaining);
        Ok(())
    }

    /// Makes the part a function, and writes what calls it.
    fn take_out(&mut self, body: &Body, part: &Part, scratch: &[u32], caller: &mut Function) -> Outcome {
        let parameters = part.given.iter().map(|local| body.locals[*local as usize]).collect();
        let type_index = self.type_index(parameters, part.results(body));
        let function = self.module.imported + (self.module.bodies.len() + self.new.len()) as u32;
        let of_part = self.body_of(body, part)?;
        self.new.push((type_index, of_part));

        // Branches with values need a block around the call for each, and so do several ways on.
        let with_values: Vec<usize> =
            (0..part.exits.len()).filter(|exit| !part.exits[*exit].1.is_empty()).collect();
        let blocks = if part.ways_on() > 1 { with_values.len() as u32 + 1 } else { 0 };
        let mut code = caller.instructions();
        for _ in 0..blocks {
            code.block(BlockType::Empty);
        }
        for local in &part.given {
            code.local_get(*local);
        }
        code.call(function);
        for local in part.back.iter().chain(scratch).rev() {
            code.local_set(*local);
        }
        let branch = |code: &mut InstructionSink, exit: usize, blocks: u32| {
            for value in part.values_of(exit) {
                code.local_get(scratch[value as usize]);
            }
            code.br(part.exits[exit].0 + blocks);
        };
        match (part.ways_on(), part.goes_on) {
            (0, _) => {
                code.unreachable();
            }
            (1, true) => {}
            (1, false) => branch(&mut code, 0, 0),
            _ => {
                // The choice is on the stack: 0 is to go on, behind the outermost of the blocks.
                let mut targets: Vec<u32> = vec![blocks - 1];
                for exit in 0..part.exits.len() {
                    let block = with_values.iter().position(|one| *one == exit);
                    targets.push(block.map_or(part.exits[exit].0 + blocks, |block| block as u32));
                }
                let last = targets.pop().unwrap_or_default();
                code.br_table(targets, last);
                for (block, exit) in with_values.iter().enumerate() {
                    code.end();
                    branch(&mut code, *exit, blocks - 1 - block as u32);
                }
                code.end();
                if !part.goes_on {
                    code.unreachable();
                }
            }
        }
        Ok(())
    }

    /// The part as a function's body.
    fn body_of(&mut self, body: &Body, part: &Part) -> Outcome<Function> {
        // The locals that it is given are its parameters, and the others follow.
        let mut places: BTreeMap<u32, u32> =
            (0..).zip(&part.given).map(|(place, local)| (*local, place)).collect();
        let mut locals = Vec::new();
        for op in &body.ops[part.ops.clone()] {
            if let Operator::LocalGet { local_index }
            | Operator::LocalSet { local_index }
            | Operator::LocalTee { local_index } = op.operator
                && !places.contains_key(&local_index)
            {
                places.insert(local_index, (part.given.len() + locals.len()) as u32);
                locals.push(body.locals[local_index as usize]);
            }
        }
        let first_value = (part.given.len() + locals.len()) as u32;
        locals.extend(part.values());
        let locals = locals.into_iter().map(|local| self.val_type(local)).collect::<Result<Vec<_>, _>>()?;
        let mut function = Function::new_with_locals_types(locals);

        // A block for each exit, the last one outermost: who branches out of the part gets to its end.
        let exits = part.exits.len();
        for (_, types) in part.exits.iter().rev() {
            let types = types.iter().map(|one| self.val_type(*one)).collect::<Result<Vec<_>, _>>()?;
            let block = match types[..] {
                [] => BlockType::Empty,
                [one] => BlockType::Result(one),
                _ => return Err("a branch takes several values along".into()),
            };
            function.instruction(&Instruction::Block(block));
        }
        let depth = body.ops[part.ops.start].depth;
        for op in &body.ops[part.ops.clone()] {
            let inside = op.depth - depth;
            let target = |relative: u32| match relative.checked_sub(inside) {
                None => relative,
                Some(outwards) => {
                    let exit = part.exits.iter().position(|(exit, _)| *exit == outwards);
                    inside + exit.unwrap_or(exits) as u32
                }
            };
            let place = |local: u32| places[&local];
            match &op.operator {
                Operator::LocalGet { local_index } => {
                    function.instruction(&Instruction::LocalGet(place(*local_index)))
                }
                Operator::LocalSet { local_index } => {
                    function.instruction(&Instruction::LocalSet(place(*local_index)))
                }
                Operator::LocalTee { local_index } => {
                    function.instruction(&Instruction::LocalTee(place(*local_index)))
                }
                Operator::Br { relative_depth } => {
                    function.instruction(&Instruction::Br(target(*relative_depth)))
                }
                Operator::BrIf { relative_depth } => {
                    function.instruction(&Instruction::BrIf(target(*relative_depth)))
                }
                Operator::Return => function.instruction(&Instruction::Br(target(op.depth - 1))),
                Operator::BrTable { targets } => {
                    let all = targets.targets().map(|one| Ok(target(one?))).collect::<Outcome<Vec<u32>>>()?;
                    function.instruction(&Instruction::BrTable(all.into(), target(targets.default())))
                }
                other => function.instruction(&self.instruction(other.clone())?),
            };
        }
        let mut code = function.instructions();
        // What it returns: where to go on, and what it gives back.
        let answer = |code: &mut InstructionSink, way: usize, is_last: bool| {
            if part.ways_on() > 1 {
                code.i32_const(way as i32);
            }
            for local in &part.back {
                code.local_get(places[local]);
            }
            for (value, _) in (first_value..).zip(part.values()) {
                code.local_get(value);
            }
            if !is_last {
                code.return_();
            }
        };
        if part.goes_on {
            answer(&mut code, 0, exits == 0);
        } else if exits == 0 {
            code.unreachable();
        }
        for exit in 0..exits {
            code.end();
            for value in part.values_of(exit).rev() {
                code.local_set(first_value + value);
            }
            answer(&mut code, exit + 1, exit + 1 == exits);
        }
        code.end();
        Ok(function)
    }
}

impl Reencode for Outline<'_> {
    type Error = Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_type_section(self, types, section)?;
        for (parameters, results) in std::mem::take(&mut self.types) {
            let all = |of: Vec<ValType>, reencoder: &mut Self| {
                of.into_iter().map(|one| reencoder.val_type(one)).collect::<Result<Vec<_>, _>>()
            };
            types.ty().function(all(parameters, self)?, all(results, self)?);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_function_section(self, functions, section)?;
        for (of_type, _) in &self.new {
            functions.function(*of_type);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        match self.changed.get(&self.next) {
            Some(function) => code.function(function),
            None => code.raw(body.as_bytes()),
        };
        self.next += 1;
        if self.next as usize == self.module.functions.len() {
            for (_, function) in &self.new {
                code.function(function);
            }
        }
        Ok(())
    }
}
