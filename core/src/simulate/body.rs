//! DO blocks: the statements inside run where control flow is plain, and may run where it is not.

use std::sync::Arc;

use super::alone::needs_no_transaction;
use super::run::Run;
use super::{Inner, PgError, dml, dynamic, execute, plain};
use crate::sql::command::{Do, ObjectKind};
use crate::sql::plpgsql::{BodyAction, BodyError, BodyStatement};
use crate::sql::{Command, Expression, QualifiedName};

/// How sure it is that a statement in a block runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// Whenever the block does.
    Runs,
    /// A condition, a loop or a handler decides.
    MayRun,
}

/// DO: what is certain is simulated, and fails as it would alone. What may run is tried, and where it fails it is
/// taken for guarded: that is what conditions in migrations are for.
pub(super) fn execute_block(run: &mut Run, block: &Do) -> Result<(), PgError> {
    if &*block.language != "plpgsql" {
        plain::named(run, ObjectKind::Language, &QualifiedName::bare(&block.language))?;
        run.not_modelled();
        return Ok(());
    }
    match block.statements() {
        Ok(statements) => {
            run.in_body = true;
            execute_all(run, statements, Certainty::Runs, &block.body)
        }
        Err(error) => Err(refused(error)),
    }
}

/// What PL/pgSQL's parser says of a body; nearly all of it is a syntax error.
pub(super) fn refused(error: &BodyError) -> PgError {
    let sqlstate = if error.message.starts_with("RETURN cannot have") { "42804" } else { "42601" };
    PgError::new(sqlstate, error.message.to_string())
}

fn execute_all(
    run: &mut Run,
    statements: &[BodyStatement],
    certainty: Certainty,
    block: &str,
) -> Result<(), PgError> {
    let mut certainty = certainty;
    for statement in statements {
        if let BodyAction::Return | BodyAction::Exit { .. } = statement.action {
            // What follows a conditional way out may run or not.
            certainty = Certainty::MayRun;
        }
        execute_one(run, statement, certainty, block)?;
    }
    Ok(())
}

fn execute_one(
    run: &mut Run,
    statement: &BodyStatement,
    certainty: Certainty,
    block: &str,
) -> Result<(), PgError> {
    match &statement.action {
        BodyAction::Sql(command) => execute_command(run, statement.line, command, certainty),
        BodyAction::Execute(commands) => {
            commands.iter().try_for_each(|command| execute_command(run, statement.line, command, certainty))
        }
        BodyAction::ExecuteDynamic(text) => {
            dynamic::executed(run, &text.node, block, statement.line);
            Ok(())
        }
        BodyAction::Branches(branches) => branches.iter().try_for_each(|(condition, body)| {
            if let Some(condition) = condition {
                evaluate(run, condition);
            }
            execute_all(run, body, Certainty::MayRun, block)
        }),
        BodyAction::Loop { over, body } => {
            if let Some(over) = over {
                execute_command(run, statement.line, over, certainty)?;
            }
            execute_all(run, body, Certainty::MayRun, block)
        }
        BodyAction::Block { body, handlers: None } => execute_all(run, body, certainty, block),
        BodyAction::Block { body, handlers: Some(_) } => {
            // A handler catches what fails; the locks that were taken until then stay.
            let _caught = run.attempt(|run| execute_all(run, body, certainty, block));
            Ok(())
        }
        BodyAction::Evaluate(expression) => {
            evaluate(run, expression);
            Ok(())
        }
        BodyAction::Commit
        | BodyAction::Rollback
        | BodyAction::Exit { .. }
        | BodyAction::Return
        | BodyAction::Raise(_)
        | BodyAction::Other(_) => Ok(()),
    }
}

/// What an expression reads is locked. Its names may be variables, so nothing that is wrong with it counts.
fn evaluate(run: &mut Run, expression: &Expression) {
    let _unchecked = run.unseen(|run| dml::read_expression(run, &expression.node, false));
    dynamic::called(run, &[&expression.node]);
}

fn execute_command(
    run: &mut Run,
    line: u32,
    command: &Arc<Command>,
    certainty: Certainty,
) -> Result<(), PgError> {
    run.inner(Inner { line, command: Arc::clone(command), certain: certainty == Certainty::Runs });
    // No condition makes it run; only a handler does without it.
    if let Some(what) = needs_no_transaction(command, &run.schema) {
        return Err(PgError::new("25001", format!("{what} cannot be executed from a function")));
    }
    match certainty {
        Certainty::Runs => execute(run, command),
        Certainty::MayRun => {
            let _guarded = run.attempt(|run| execute(run, command));
            Ok(())
        }
    }
}
