//! PL/pgSQL bodies, statement by statement, with the loops that each of them is in.

use super::Place;
use crate::sql::command::FunctionBody;
use crate::sql::plpgsql::{BodyAction, BodyStatement};
use crate::sql::{Command, Expression};
use crate::text::Span;

/// The body of a DO block, a function or a procedure.
pub(super) struct Body<'a> {
    /// Its statements, those inside of loops, branches and blocks too, in order.
    pub statements: Vec<BodyLine<'a>>,
    /// It runs now: a DO block. Else a call runs it some time.
    pub runs_now: bool,
    place: Place<'a>,
    text: &'a str,
}

/// One statement of a body.
pub(super) struct BodyLine<'a> {
    /// Line in the body, from 1.
    pub line: u32,
    /// The loops it is in, outermost first, each by the line it begins on.
    pub loops: Vec<u32>,
    /// What it does.
    pub what: BodyPart<'a>,
}

/// What a statement of a body does, as far as rules ask.
pub(super) enum BodyPart<'a> {
    /// Runs a command.
    Command(&'a Command),
    /// Evaluates an expression.
    Evaluate(&'a Expression),
    /// Ends the transaction.
    EndOfTransaction,
    /// A block that catches errors begins.
    Subtransaction,
}

/// The body that a statement holds; none when it holds none in PL/pgSQL, or one that cannot be read.
pub(super) fn of<'a>(place: &Place<'a>) -> Option<Body<'a>> {
    let (text, statements, runs_now) = match place.command() {
        Command::Do(block) if &*block.language == "plpgsql" => (&block.body, block.statements().ok()?, true),
        Command::CreateFunction(create) if create.options.language.as_deref() == Some("plpgsql") => {
            let FunctionBody::Text(text) = &create.body else { return None };
            (text, create.statements()?.ok()?, false)
        }
        _ => return None,
    };
    let mut lines = Vec::new();
    flatten(statements, &[], &mut lines);
    Some(Body { statements: lines, runs_now, place: *place, text })
}

fn flatten<'a>(statements: &'a [BodyStatement], loops: &[u32], lines: &mut Vec<BodyLine<'a>>) {
    for BodyStatement { line, action } in statements {
        let mut push = |what| lines.push(BodyLine { line: *line, loops: loops.to_vec(), what });
        match action {
            BodyAction::Sql(command) => push(BodyPart::Command(command)),
            BodyAction::Execute(commands) => {
                commands.iter().for_each(|command| push(BodyPart::Command(command)));
            }
            BodyAction::ExecuteDynamic(expression) | BodyAction::Evaluate(expression) => {
                push(BodyPart::Evaluate(expression));
            }
            BodyAction::Commit | BodyAction::Rollback => push(BodyPart::EndOfTransaction),
            BodyAction::Branches(branches) => {
                branches.iter().for_each(|(_, body)| flatten(body, loops, lines));
            }
            BodyAction::Loop { over, body } => {
                if let Some(over) = over {
                    push(BodyPart::Command(over));
                }
                let mut inside = loops.to_vec();
                inside.push(*line);
                flatten(body, &inside, lines);
            }
            BodyAction::Block { body, handlers } => {
                if handlers.is_some() {
                    push(BodyPart::Subtransaction);
                }
                flatten(body, loops, lines);
                handlers.iter().flatten().for_each(|handler| flatten(handler, loops, lines));
            }
            BodyAction::Exit { .. } | BodyAction::Return | BodyAction::Raise(_) | BodyAction::Other(_) => {}
        }
    }
}

impl Body<'_> {
    /// The bytes of one of its lines; of the whole statement where the text cannot be found.
    pub fn span_of(&self, line: u32) -> Span {
        let whole = self.place.span();
        // The text stands in the file as it is, but for one whose quotes are doubled.
        let Some(at) = self.place.text().find(self.text) else { return whole };
        let start = whole.start + at as u32;
        let mut offset = 0;
        for (index, text) in self.text.split_inclusive('\n').enumerate() {
            let said = text.trim();
            if index as u32 + 1 == line && !said.is_empty() {
                let first = start + (offset + text.len() - text.trim_start().len()) as u32;
                return Span { start: first, end: first + said.len() as u32, ..whole };
            }
            offset += text.len();
        }
        whole
    }

    /// Does the loop that begins on this line end the transaction on its way?
    pub fn commits_in(&self, loop_line: u32) -> bool {
        self.statements
            .iter()
            .any(|line| line.loops.contains(&loop_line) && matches!(line.what, BodyPart::EndOfTransaction))
    }
}
