//! Bodies in PL/pgSQL, lowered as far as SQL statements and control flow are concerned.

use std::sync::Arc;

use super::{Command, Expression, Name};

/// One statement of a PL/pgSQL body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyStatement {
    /// Line in the body, from 1 for the line on which its text begins.
    pub line: u32,
    /// What it does.
    pub action: BodyAction,
}

/// What a PL/pgSQL statement does.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyAction {
    /// An SQL statement, written out.
    Sql(Box<Command>),
    /// EXECUTE of a constant string, parsed.
    Execute(Vec<Command>),
    /// EXECUTE of a string that is put together at run time.
    ExecuteDynamic(Expression),
    /// PERFORM, an assignment or any other expression that is evaluated.
    Evaluate(Expression),
    /// IF and CASE: each branch with its condition; the last may have none (ELSE).
    Branches(Vec<(Option<Expression>, Vec<BodyStatement>)>),
    /// LOOP, WHILE, FOR, FOREACH.
    Loop {
        /// The query a FOR loop runs through.
        over: Option<Box<Command>>,
        /// The body.
        body: Vec<BodyStatement>,
    },
    /// BEGIN … END, with the handlers of its EXCEPTION part.
    Block {
        /// The statements.
        body: Vec<BodyStatement>,
        /// The handlers' statements; none without EXCEPTION.
        handlers: Option<Vec<Vec<BodyStatement>>>,
    },
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
    /// EXIT or CONTINUE; conditional with WHEN.
    Exit {
        /// WHEN?
        conditional: bool,
    },
    /// RETURN in any form.
    Return,
    /// RAISE; true when it raises an error.
    Raise(bool),
    /// GET DIAGNOSTICS, cursors, ASSERT, NULL …: by PL/pgSQL's own word.
    Other(Name),
}

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    /// PostgreSQL's own words.
    pub message: Arc<str>,
}

/// TEMP
pub fn parse_body(_body: &str) -> Result<Vec<BodyStatement>, BodyError> {
    Ok(Vec::new())
}
