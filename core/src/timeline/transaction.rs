//! Transactions: the runner's and the script's own, and what may not run inside one.

use std::sync::Arc;

use super::Held;
use super::enum_value::{NewValue, Use};
use super::session::Locals;
use crate::schema::{Id, Relation, Schema};
use crate::settings::TransactionMode;
use crate::simulate::{PgError, State, Step, needs_no_transaction};
use crate::sql::command::Transaction as Control;
use crate::sql::{Command, Name, Statement};

/// A transaction on the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Its first statement: the script's BEGIN, or the first one that the runner wraps.
    pub first: usize,
    /// Its last statement: the script's COMMIT or ROLLBACK, or the last one that the runner wraps.
    pub last: usize,
    /// Who began it.
    pub by: By,
    /// How it ends.
    pub end: End,
}

/// Who began a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The runner wraps the script.
    Runner,
    /// The script has its own BEGIN.
    Script,
}

/// How a transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// COMMIT, by the script or by the runner behind its last statement.
    Commit,
    /// ROLLBACK by the script.
    Rollback,
    /// The script began it and never ended it: the session's end rolls it back.
    Open,
}

/// The transactions of a script in the making.
pub(super) struct Block {
    done: Vec<Transaction>,
    open: Option<Open>,
    /// The runner's transaction begins with the first statement.
    runner: bool,
}

struct Open {
    first: usize,
    by: By,
    start: State,
    savepoints: Vec<(Name, State)>,
    locals: Locals,
    held: Vec<Held>,
    new_values: Vec<NewValue>,
}

impl Block {
    pub fn new(mode: TransactionMode, before: &State) -> Self {
        let runner = mode == TransactionMode::Single;
        let open = runner.then(|| Open::new(0, By::Runner, before));
        Block { done: Vec::new(), open, runner }
    }

    /// Before a statement: BEGIN opens a transaction that it is part of itself.
    pub fn enter(&mut self, index: usize, statement: &Statement, state: &State) {
        if self.open.is_none() && matches!(statement.command, Command::Transaction(Control::Begin)) {
            self.open = Some(Open::new(index, By::Script, state));
        }
    }

    /// Is a transaction block open, so that what refuses to run inside one is refused?
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What earlier statements of the open transaction hold.
    pub fn held(&self) -> Vec<Held> {
        self.open.as_ref().map(|open| open.held.clone()).unwrap_or_default()
    }

    /// 55P04 for a statement that uses an enum value which the open transaction has added.
    pub fn refuses_new_value(&self, statement: &Statement, step: &Step) -> Option<PgError> {
        let open = self.open.as_ref()?;
        let tables: Vec<Id> = step.locks.iter().map(|lock| lock.relation).collect();
        let used =
            |value: &&NewValue| value.used_by(&statement.command, &step.after.schema, &tables) == Use::Yes;
        open.new_values.iter().find(used).map(NewValue::error)
    }

    /// The number of the open transaction.
    pub fn current(&self) -> Option<usize> {
        self.open.as_ref().map(|_| self.done.len())
    }

    /// Remembers what a statement holds on to until the transaction's end.
    pub fn note(&mut self, index: usize, statement: &Statement, step: &Step, version: u32) {
        let Some(open) = &mut self.open else { return };
        open.new_values.extend(NewValue::added_by(&statement.command, step, &open.start.schema, version));
        if let Command::Set(set) = &statement.command
            && set.local
        {
            open.locals.remember(set, &open.start.session);
        }
        for lock in &step.locks {
            match open.held.iter_mut().find(|held| held.lock.relation == lock.relation) {
                Some(held) if held.lock.mode < lock.mode => *held = Held { lock: lock.clone(), since: index },
                Some(_) => {}
                None => open.held.push(Held { lock: lock.clone(), since: index }),
            }
        }
    }

    /// After a statement: COMMIT and ROLLBACK end the transaction, savepoints come and go.
    pub fn leave(&mut self, index: usize, statement: &Statement, step: &mut Step) {
        let Command::Transaction(control) = &statement.command else {
            if let Command::Set(set) = &statement.command
                && set.local
                && self.open.is_none()
            {
                // SET LOCAL outside of a transaction does nothing but warn.
                step.after.session = Locals::undone(set, &step.after.session);
            }
            if self.open.is_none() {
                drop_on_commit(&mut step.after.schema);
            }
            return;
        };
        match control {
            Control::Begin | Control::TwoPhase => {}
            Control::Commit(chain) => self.end(index, End::Commit, *chain, step),
            Control::Rollback(chain) => self.end(index, End::Rollback, *chain, step),
            Control::Savepoint(name) => {
                if let Some(open) = &mut self.open {
                    open.savepoints.push((name.clone(), step.after.clone()));
                }
            }
            Control::RollbackTo(name) => {
                if let Some(open) = &mut self.open
                    && let Some(at) = open.savepoints.iter().rposition(|(own, _)| own == name)
                {
                    step.after = open.savepoints[at].1.clone();
                    open.savepoints.truncate(at + 1);
                }
            }
            Control::Release(name) => {
                if let Some(open) = &mut self.open
                    && let Some(at) = open.savepoints.iter().rposition(|(own, _)| own == name)
                {
                    open.savepoints.truncate(at);
                }
            }
        }
    }

    fn end(&mut self, index: usize, end: End, chain: bool, step: &mut Step) {
        let Some(open) = self.open.take() else { return };
        match end {
            End::Rollback => step.after = open.start.clone(),
            End::Commit | End::Open => {
                open.locals.restore(&mut step.after.session);
                drop_on_commit(&mut step.after.schema);
            }
        }
        self.done.push(Transaction { first: open.first, last: index, by: open.by, end });
        if chain {
            self.open = Some(Open::new(index + 1, open.by, &step.after));
        }
    }

    /// After the last statement: the runner commits what it wrapped, a forgotten BEGIN is rolled back.
    pub fn finish(mut self, statements: usize, state: &mut State) -> Vec<Transaction> {
        if let Some(open) = self.open.take()
            && statements > open.first
        {
            let end = if open.by == By::Script && !self.runner { End::Open } else { End::Commit };
            match end {
                End::Open => *state = open.start.clone(),
                End::Commit | End::Rollback => {
                    open.locals.restore(&mut state.session);
                    drop_on_commit(&mut state.schema);
                }
            }
            self.done.push(Transaction { first: open.first, last: statements - 1, by: open.by, end });
        }
        self.done
    }
}

impl Open {
    fn new(first: usize, by: By, start: &State) -> Self {
        Open {
            first,
            by,
            start: start.clone(),
            savepoints: Vec::new(),
            locals: Locals::default(),
            held: Vec::new(),
            new_values: Vec::new(),
        }
    }
}

/// Drops the temporary tables that a COMMIT drops, with what belongs to them and reads them.
fn drop_on_commit(schema: &mut Schema) {
    let is_dropped = |relation: &&Arc<Relation>| relation.table().is_some_and(|table| table.drop_on_commit);
    let mut dropped: Vec<Id> = schema.temporary().filter(is_dropped).map(|relation| relation.id).collect();
    while let Some(id) = dropped.pop() {
        dropped.extend(schema.users_of(id).filter(|user| user.table().is_none()).map(|user| user.id));
        schema.remove_relation(id);
    }
}

/// 25001 for what the server refuses inside a transaction block.
pub fn refused_in_transaction(statement: &Statement, schema: &Schema) -> Option<PgError> {
    let what = match statement.tag {
        tag @ ("ALTER SYSTEM" | "CREATE DATABASE" | "CREATE TABLESPACE" | "DISCARD ALL" | "DROP DATABASE"
        | "DROP TABLESPACE") => tag,
        _ => needs_no_transaction(&statement.command, schema)?,
    };
    Some(PgError::new("25001", format!("{what} cannot run inside a transaction block")))
}

/// 25P01 for what the server refuses outside of a transaction block: `RequireTransactionBlock` and its callers.
pub fn refused_outside_transaction(command: &Command) -> Option<PgError> {
    let what = match command {
        Command::Lock(_) => "LOCK TABLE",
        Command::Transaction(Control::Savepoint(_)) => "SAVEPOINT",
        Command::Transaction(Control::RollbackTo(_)) => "ROLLBACK TO SAVEPOINT",
        Command::Transaction(Control::Release(_)) => "RELEASE SAVEPOINT",
        _ => return None,
    };
    Some(PgError::new("25P01", format!("{what} can only be used in transaction blocks")))
}
