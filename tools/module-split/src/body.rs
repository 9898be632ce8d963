//! A function's body as a list of operators, with what splitting it asks of each.

use std::collections::BTreeSet;
use std::ops::Range;

use wasmparser::{BlockType, FuncToValidate, FunctionBody, Operator, ValType, ValidatorResources};

use crate::Outcome;
use crate::instrument::begins_stretch;
use crate::module::Module;

/// An operator in its place.
pub struct Op<'a> {
    /// The operator.
    pub operator: Operator<'a>,
    /// How long it is, in bytes.
    pub length: usize,
    /// It did not run.
    pub cold: bool,
    /// How many blocks it stands in, the body itself among them.
    pub depth: u32,
    /// Nothing that its block has computed waits to be used: a statement begins here.
    pub at_rest: bool,
    /// What stands before it in its block never comes here.
    pub dead: bool,
    /// For what opens a block: the types of the values that a branch to it takes along.
    pub label: Vec<ValType>,
    /// The operator that opens the block in which it stands. None in the body itself.
    pub opener: Option<usize>,
    /// For what opens a block, and for the begin of an arm: where that ends.
    pub end: usize,
}

/// A body.
pub struct Body<'a> {
    /// The types of its locals, parameters first.
    pub locals: Vec<ValType>,
    /// How many of them are parameters.
    pub parameters: usize,
    /// The types of its results.
    pub results: Vec<ValType>,
    /// Its operators.
    pub ops: Vec<Op<'a>>,
}

impl<'a> Body<'a> {
    /// Reads a body that begins with that stretch.
    pub fn read(
        module: &Module<'a>,
        to_validate: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'a>,
        first_stretch: u32,
        ran: &BTreeSet<u32>,
    ) -> Outcome<Self> {
        let parameters_of = |of: BlockType| match of {
            BlockType::Empty | BlockType::Type(_) => Vec::new(),
            BlockType::FuncType(index) => module.types[index as usize].params().to_vec(),
        };
        let results_of = |of: BlockType| match of {
            BlockType::Empty => Vec::new(),
            BlockType::Type(value) => vec![value],
            BlockType::FuncType(index) => module.types[index as usize].results().to_vec(),
        };
        let function = module.type_of(to_validate.index);
        let (mut locals, results) = (function.params().to_vec(), function.results().to_vec());
        let parameters = locals.len();
        for group in body.get_locals_reader()? {
            let (count, of_type) = group?;
            locals.extend(std::iter::repeat_n(of_type, count as usize));
        }

        let mut validator = to_validate.into_validator(Default::default());
        validator.read_locals(&mut body.get_binary_reader())?;
        let (mut ops, mut stretch): (Vec<Op>, u32) = (Vec::new(), first_stretch);
        // The blocks that are open: what opens each, and its newest arm.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut reader = body.get_operators_reader()?;
        let mut begins = reader.original_position();
        while !reader.eof() {
            let frame = validator.get_control_frame(0).ok_or("an operator stands behind a body's end")?;
            let (depth, dead) = (validator.control_stack_height(), frame.unreachable);
            let at_rest = dead || validator.operand_stack_height() as usize == frame.height;
            let operator = reader.read()?;
            let ends = reader.original_position();
            validator.op(begins, &operator)?;
            let is_neutral = matches!(operator, Operator::End | Operator::Else);
            let cold = is_neutral || !ran.contains(&stretch);
            stretch += u32::from(begins_stretch(&operator));
            let label = match operator {
                Operator::Loop { blockty } => parameters_of(blockty),
                Operator::Block { blockty } | Operator::If { blockty } | Operator::Try { blockty } => {
                    results_of(blockty)
                }
                _ => Vec::new(),
            };
            let (index, opener) = (ops.len(), open.last().map(|(opener, _)| *opener));
            match operator {
                Operator::Block { .. }
                | Operator::Loop { .. }
                | Operator::If { .. }
                | Operator::Try { .. } => {
                    open.push((index, index));
                }
                Operator::Else | Operator::Catch { .. } | Operator::CatchAll => {
                    if let Some((_, arm)) = open.last_mut() {
                        ops[*arm].end = index;
                        *arm = index;
                    }
                }
                Operator::End | Operator::Delegate { .. } => {
                    if let Some((_, arm)) = open.pop() {
                        ops[arm].end = index;
                    }
                }
                _ => {}
            }
            let length = (ends - begins) as usize;
            ops.push(Op { operator, length, cold, depth, at_rest, dead, label, opener, end: index });
            begins = ends;
        }
        Ok(Body { locals, parameters, results, ops })
    }

    /// The contents of the block that an operator opens: one range of operators, or one for each of its arms. None where
    /// it opens none.
    pub fn arms(&self, opener: usize) -> Vec<Range<usize>> {
        let (mut arms, mut begin) = (Vec::new(), opener);
        while self.ops[begin].end > begin {
            let end = self.ops[begin].end;
            arms.push(begin + 1..end);
            begin = end;
        }
        arms
    }

    /// The operator behind the end of the block that this one opens, or the one behind this one.
    pub fn behind(&self, opener: usize) -> usize {
        self.arms(opener).last().map_or(opener, |arm| arm.end) + 1
    }

    /// Where a branch goes from an operator, out of that many blocks.
    pub fn target(&self, from: usize, outwards: u32) -> usize {
        let mut opener = self.ops[from].opener;
        for _ in 0..outwards {
            opener = opener.and_then(|opener| self.ops[opener].opener);
        }
        match opener {
            Some(opener) if matches!(self.ops[opener].operator, Operator::Loop { .. }) => opener,
            Some(opener) => self.behind(opener) - 1,
            None => self.ops.len() - 1,
        }
    }

    /// The operators that may come next.
    pub fn next(&self, index: usize) -> Outcome<Vec<usize>> {
        Ok(match &self.ops[index].operator {
            Operator::Return | Operator::Unreachable | Operator::Throw { .. } => Vec::new(),
            Operator::Br { relative_depth } => vec![self.target(index, *relative_depth)],
            Operator::BrIf { relative_depth } => vec![index + 1, self.target(index, *relative_depth)],
            Operator::BrTable { targets } => {
                let mut next = vec![self.target(index, targets.default())];
                for target in targets.targets() {
                    next.push(self.target(index, target?));
                }
                next
            }
            // Behind what opens the other arm, or at the end where there is none.
            Operator::If { .. } => {
                let end = self.ops[index].end;
                let has_else = matches!(self.ops[end].operator, Operator::Else);
                vec![index + 1, if has_else { end + 1 } else { end }]
            }
            // The arm before it has ended.
            Operator::Else => vec![self.ops[index].end],
            _ if index + 1 == self.ops.len() => Vec::new(),
            _ => vec![index + 1],
        })
    }

    /// The statements of a block's content: each begins where nothing waits to be used.
    pub fn statements(&self, content: Range<usize>) -> Vec<Range<usize>> {
        let (mut statements, mut begin, mut index) = (Vec::new(), content.start, content.start);
        while index < content.end {
            index = self.behind(index);
            if index >= content.end || self.ops[index].at_rest {
                statements.push(begin..index.min(content.end));
                begin = index;
            }
        }
        statements
    }

    /// How many bytes these operators take.
    pub fn length(&self, range: Range<usize>) -> usize {
        self.ops[range].iter().map(|op| op.length).sum()
    }
}
