//! Transactions, settings, LOCK, COPY and EXPLAIN.

use pg_query::NodeEnum;
use pg_query::protobuf::{self as pg, TransactionStmtKind, VariableSetKind};

use super::{command_of, dml, given, names, option, query_of, relation, relations};
use crate::locks::LockMode;
use crate::sql::command::{Copy, Lock, Set, Transaction};
use crate::sql::{Command, Name, name};

pub(super) fn transaction(stmt: &pg::TransactionStmt) -> Option<Command> {
    let savepoint = || name(&stmt.savepoint_name);
    Some(Command::Transaction(match stmt.kind() {
        TransactionStmtKind::TransStmtBegin | TransactionStmtKind::TransStmtStart => Transaction::Begin,
        TransactionStmtKind::TransStmtCommit => Transaction::Commit(stmt.chain),
        TransactionStmtKind::TransStmtRollback => Transaction::Rollback(stmt.chain),
        TransactionStmtKind::TransStmtSavepoint => Transaction::Savepoint(savepoint()),
        TransactionStmtKind::TransStmtRelease => Transaction::Release(savepoint()),
        TransactionStmtKind::TransStmtRollbackTo => Transaction::RollbackTo(savepoint()),
        TransactionStmtKind::TransStmtPrepare
        | TransactionStmtKind::TransStmtCommitPrepared
        | TransactionStmtKind::TransStmtRollbackPrepared => Transaction::TwoPhase,
        TransactionStmtKind::Undefined => return None,
    }))
}

/// SET and RESET, also as a clause of a function or a role.
pub(super) fn set(stmt: &pg::VariableSetStmt) -> Option<Set> {
    let values = match stmt.kind() {
        VariableSetKind::VarSetValue => stmt.args.iter().filter_map(option::word).collect(),
        VariableSetKind::VarSetMulti => stmt.args.iter().filter_map(transaction_mode).collect(),
        VariableSetKind::VarSetDefault
        | VariableSetKind::VarSetCurrent
        | VariableSetKind::VarReset
        | VariableSetKind::VarResetAll => Vec::new(),
        VariableSetKind::Undefined => return None,
    };
    Some(Set { name: given(&stmt.name.to_ascii_lowercase()), values, local: stmt.is_local })
}

/// One mode of SET TRANSACTION and SET SESSION CHARACTERISTICS as `parameter = value`, or a snapshot's name.
fn transaction_mode(node: &pg::Node) -> Option<Name> {
    match &node.node {
        Some(NodeEnum::DefElem(mode)) => {
            Some(name(&format!("{} = {}", mode.defname, option::argument(mode)?)))
        }
        _ => option::word(node),
    }
}

pub(super) fn lock(stmt: &pg::LockStmt) -> Option<Command> {
    Some(Command::Lock(Lock {
        tables: relations(&stmt.relations),
        // The tree counts the modes from 1, weakest first.
        mode: *LockMode::ALL.get(usize::try_from(stmt.mode).ok()?.checked_sub(1)?)?,
        nowait: stmt.nowait,
    }))
}

pub(super) fn copy(stmt: &pg::CopyStmt) -> Option<Command> {
    // COPY of what a data-modifying statement returns is that statement, to a schema.
    if let Some(dml) = stmt.query.as_ref().and_then(|node| dml(node.node.as_ref()?)) {
        return Some(Command::Dml(dml));
    }
    Some(Command::Copy(Copy {
        table: relation(&stmt.relation),
        columns: names(&stmt.attlist),
        query: query_of(&stmt.query),
        from: stmt.is_from,
        standard_stream: stmt.filename.is_empty() && !stmt.is_program,
    }))
}

pub(super) fn explain(stmt: &pg::ExplainStmt) -> Option<Command> {
    let analyze = ["analyze", "analyse"].iter().filter_map(|option| option::find(&stmt.options, option));
    Some(Command::Explain {
        analyze: analyze.last().is_some_and(option::is_on),
        command: Box::new(command_of(&stmt.query)?),
    })
}
