//! Transactions, settings, cursors and other statements about no object: `parsenodes.h`.

use std::ffi::c_int;

use super::enumeration::{DiscardMode, TransactionStmtKind, VariableSetKind};
use super::query::RangeVar;
use super::{List, Long, Node, Ref, Text, Unread, nodes};

nodes! {
    /// BEGIN, COMMIT, SAVEPOINT.
    TransactionStmt = 225 {
        kind: TransactionStmtKind,
        options: List,
        savepoint_name: Text,
        gid: Text,
        chain: bool,
    }

    /// SET and RESET.
    VariableSetStmt = 158 { kind: VariableSetKind, name: Text, args: List, jumble_args: bool, is_local: bool }

    /// LOCK.
    LockStmt = 246 { relations: List, mode: c_int, nowait: bool }

    /// COPY.
    CopyStmt = 157 {
        relation: Option<Ref<RangeVar>>,
        query: Node,
        attlist: List,
        is_from: bool,
        is_program: bool,
        filename: Text,
        options: List,
        where_clause: Node,
    }

    /// EXPLAIN.
    ExplainStmt = 241 { query: Node, options: List }

    /// DECLARE.
    DeclareCursorStmt = 201 { portalname: Text, options: c_int, query: Node }

    /// CLOSE.
    ClosePortalStmt = 202 { portalname: Text }

    /// FETCH and MOVE.
    FetchStmt = 203 { direction: Unread, how_many: Long, portalname: Text, ismove: bool }

    /// DISCARD.
    DiscardStmt = 245 { target: DiscardMode }

    /// DEALLOCATE.
    DeallocateStmt = 254 { name: Text, isall: bool }
}
