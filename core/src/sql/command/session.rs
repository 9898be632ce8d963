//! Transactions, settings, LOCK and COPY.

use super::*;
use crate::locks::LockMode;

/// A transaction statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transaction {
    /// BEGIN or START TRANSACTION.
    Begin,
    /// COMMIT or END; AND CHAIN when true.
    Commit(bool),
    /// ROLLBACK or ABORT; AND CHAIN when true.
    Rollback(bool),
    /// SAVEPOINT.
    Savepoint(Name),
    /// ROLLBACK TO.
    RollbackTo(Name),
    /// RELEASE.
    Release(Name),
    /// PREPARE TRANSACTION and its COMMIT and ROLLBACK.
    TwoPhase,
}

/// SET or RESET.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// The parameter in lower case; none for RESET ALL.
    pub name: Option<Name>,
    /// The values as strings, numbers as written; empty is DEFAULT or RESET.
    pub values: Vec<Name>,
    /// LOCAL.
    pub local: bool,
}

/// LOCK TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct Lock {
    /// The tables, each with ONLY or not.
    pub tables: Vec<(QualifiedName, bool)>,
    /// IN … MODE; ACCESS EXCLUSIVE when not said.
    pub mode: LockMode,
    /// NOWAIT.
    pub nowait: bool,
}

/// COPY.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// The table; none when it copies a query's result.
    pub table: Option<QualifiedName>,
    /// The columns.
    pub columns: Vec<Name>,
    /// The query it copies.
    pub query: Option<Box<Query>>,
    /// FROM; else TO.
    pub from: bool,
    /// STDIN or STDOUT.
    pub standard_stream: bool,
}
