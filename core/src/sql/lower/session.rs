//! Transactions, settings, LOCK, COPY and EXPLAIN.

use super::{command_of, dml, given, names, option, query_of, relation, relations};
use crate::locks::LockMode;
use crate::sql::command::{Copy, Lock, Set, Transaction};
use crate::sql::tree::{self as pg, NodeKind, TransactionStmtKind, VariableSetKind};
use crate::sql::{Command, Name, name};

pub(super) fn transaction(stmt: &pg::TransactionStmt) -> Option<Command> {
    let savepoint = || name(&stmt.savepoint_name);
    Some(Command::Transaction(match stmt.kind {
        TransactionStmtKind::TransStmtBegin | TransactionStmtKind::TransStmtStart => Transaction::Begin,
        TransactionStmtKind::TransStmtCommit => Transaction::Commit(stmt.chain),
        TransactionStmtKind::TransStmtRollback => Transaction::Rollback(stmt.chain),
        TransactionStmtKind::TransStmtSavepoint => Transaction::Savepoint(savepoint()),
        TransactionStmtKind::TransStmtRelease => Transaction::Release(savepoint()),
        TransactionStmtKind::TransStmtRollbackTo => Transaction::RollbackTo(savepoint()),
        TransactionStmtKind::TransStmtPrepare
        | TransactionStmtKind::TransStmtCommitPrepared
        | TransactionStmtKind::TransStmtRollbackPrepared => Transaction::TwoPhase,
    }))
}

/// SET and RESET, also as a clause of a function or a role.
pub(super) fn set(stmt: &pg::VariableSetStmt) -> Option<Set> {
    let values = match stmt.kind {
        VariableSetKind::VarSetValue => stmt.args.iter().filter_map(option::word).collect(),
        VariableSetKind::VarSetMulti => stmt.args.iter().filter_map(transaction_mode).collect(),
        VariableSetKind::VarSetDefault
        | VariableSetKind::VarSetCurrent
        | VariableSetKind::VarReset
        | VariableSetKind::VarResetAll => Vec::new(),
    };
    Some(Set { name: given(&stmt.name.to_ascii_lowercase()), values, local: stmt.is_local })
}

/// One mode of SET TRANSACTION and SET SESSION CHARACTERISTICS as `parameter = value`, or a snapshot's name.
fn transaction_mode(node: &pg::Node) -> Option<Name> {
    match node.kind() {
        NodeKind::DefElem(mode) => Some(name(&format!("{} = {}", &*mode.defname, option::argument(mode)?))),
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
    if let Some(dml) = dml(stmt.query.kind()) {
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
    Some(Command::Explain {
        analyze: option::is_set(&stmt.options, "analyze"),
        command: Box::new(command_of(&stmt.query)?),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bare, parsed, words};
    use super::*;

    #[test]
    fn transactions() {
        for (sql, expected) in [
            ("BEGIN", Transaction::Begin),
            ("START TRANSACTION ISOLATION LEVEL SERIALIZABLE", Transaction::Begin),
            ("COMMIT", Transaction::Commit(false)),
            ("END AND CHAIN", Transaction::Commit(true)),
            ("ABORT", Transaction::Rollback(false)),
            ("ROLLBACK AND CHAIN", Transaction::Rollback(true)),
            ("SAVEPOINT a", Transaction::Savepoint(name("a"))),
            ("ROLLBACK TO SAVEPOINT a", Transaction::RollbackTo(name("a"))),
            ("RELEASE SAVEPOINT a", Transaction::Release(name("a"))),
            ("PREPARE TRANSACTION 'a'", Transaction::TwoPhase),
            ("COMMIT PREPARED 'a'", Transaction::TwoPhase),
            ("ROLLBACK PREPARED 'a'", Transaction::TwoPhase),
        ] {
            assert_eq!(parsed(sql), Command::Transaction(expected), "{sql}");
        }
    }

    #[test]
    fn settings() {
        for (sql, parameter, values, local) in [
            ("SET Lock_Timeout = '5s'", Some("lock_timeout"), &["5s"][..], false),
            ("SET LOCAL work_mem TO 64", Some("work_mem"), &["64"], true),
            ("SET SESSION x.y = on", Some("x.y"), &["on"], false),
            ("SET enable_seqscan TO false", Some("enable_seqscan"), &["false"], false),
            ("SET seq_page_cost = -1.5", Some("seq_page_cost"), &["-1.5"], false),
            ("SET search_path TO a, \"B\", 'c'", Some("search_path"), &["a", "B", "c"], false),
            ("SET search_path TO DEFAULT", Some("search_path"), &[], false),
            ("SET TIME ZONE 'UTC'", Some("timezone"), &["UTC"], false),
            ("SET TIME ZONE LOCAL", Some("timezone"), &[], false),
            ("SET NAMES 'UTF8'", Some("client_encoding"), &["UTF8"], false),
            ("SET ROLE a", Some("role"), &["a"], false),
            ("SET SESSION AUTHORIZATION DEFAULT", Some("session_authorization"), &[], false),
            (
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY",
                Some("transaction"),
                &["transaction_isolation = read committed", "transaction_read_only = 1"],
                false,
            ),
            (
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                Some("session characteristics"),
                &["transaction_read_only = 0"],
                false,
            ),
            ("SET TRANSACTION SNAPSHOT 'a'", Some("transaction snapshot"), &["a"], false),
            ("RESET work_mem", Some("work_mem"), &[], false),
            ("RESET ALL", None, &[], false),
        ] {
            let expected = Set { name: parameter.map(name), values: words(values), local };
            assert_eq!(parsed(sql), Command::Set(expected), "{sql}");
        }
    }

    #[test]
    fn locks() {
        let tables = || vec![(bare("a"), false), (bare("b"), true)];
        assert_eq!(
            parsed("LOCK TABLE a, ONLY b NOWAIT"),
            Command::Lock(Lock { tables: tables(), mode: LockMode::AccessExclusive, nowait: true })
        );
        for mode in LockMode::ALL {
            let sql = format!("LOCK a, ONLY b IN {} MODE", mode.name());
            let expected = Lock { tables: tables(), mode, nowait: false };
            assert_eq!(parsed(&sql), Command::Lock(expected), "{sql}");
        }
    }

    #[test]
    fn copies() {
        let from = Copy {
            table: Some(bare("t")),
            columns: words(&["a", "b"]),
            query: None,
            from: true,
            standard_stream: true,
        };
        for (sql, expected) in [
            ("COPY t (a, b) FROM STDIN", from.clone()),
            ("COPY t (a, b) FROM '/file'", Copy { standard_stream: false, ..from.clone() }),
            ("COPY t (a, b) FROM PROGRAM 'x'", Copy { standard_stream: false, ..from.clone() }),
            ("COPY t TO STDOUT WITH (FORMAT csv)", Copy { columns: Vec::new(), from: false, ..from }),
        ] {
            assert_eq!(parsed(sql), Command::Copy(expected), "{sql}");
        }
        let Command::Copy(query) = parsed("COPY (SELECT 1) TO STDOUT") else { panic!() };
        assert!(query.table.is_none() && !query.from && query.query.is_some());
        assert!(matches!(parsed("COPY (DELETE FROM t RETURNING a) TO STDOUT"), Command::Dml(_)));
    }

    #[test]
    fn explanations() {
        for (sql, expected) in [
            ("EXPLAIN DELETE FROM t", false),
            ("EXPLAIN VERBOSE DELETE FROM t", false),
            ("EXPLAIN ANALYZE DELETE FROM t", true),
            ("EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t", true),
            ("EXPLAIN (ANALYSE) DELETE FROM t", true),
            ("EXPLAIN (ANALYZE off) DELETE FROM t", false),
        ] {
            let Command::Explain { analyze, command } = parsed(sql) else { panic!("{sql}") };
            assert_eq!(analyze, expected, "{sql}");
            assert!(matches!(*command, Command::Dml(_)), "{sql}");
        }
    }
}
