//! From a tree back to SQL, by the library's deparser.

use std::ffi::{CStr, c_char, c_void};
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};

use super::{List, ListNode, Node, RawStmt, Ref, ResTarget, SelectStmt, Tagged, Text};

/// A query as SQL. What the deparser cannot write comes out as three dots.
pub(in crate::sql) fn deparse(select: &SelectStmt) -> String {
    let statement = RawStmt { tag: RawStmt::TAG, stmt: pointer(select), stmt_location: 0, stmt_len: 0 };
    // SAFETY: the statement is a tree, which the call only reads.
    let text = unsafe { lockstep_deparse(&statement) };
    if text.is_null() {
        return "…".to_owned();
    }
    // SAFETY: a text that ends in NUL, which is ours to free.
    unsafe {
        let sql = CStr::from_ptr(text).to_string_lossy().into_owned();
        free(text.cast());
        sql
    }
}

/// Reads `SELECT value`, which is put around a value for as long.
pub(in crate::sql) fn selecting<R>(value: &Node, read: impl FnOnce(&SelectStmt) -> R) -> R {
    let target = ResTarget {
        tag: ResTarget::TAG,
        name: Text(ptr::null()),
        indirection: List(None),
        val: Node(value.0),
        location: -1,
    };
    let items = [pointer(&target)];
    let list = ListNode { tag: ListNode::TAG, length: 1, max_length: 1, items: items.as_ptr() };
    // SAFETY: PostgreSQL too begins with a node of zeros: null pointers, false, and the first of each enumeration.
    let mut select: SelectStmt = unsafe { MaybeUninit::zeroed().assume_init() };
    select.tag = SelectStmt::TAG;
    select.target_list = List(Some(NonNull::from(&list)));
    read(&select)
}

/// Reads a query of which the INTO at its first SELECT is left out.
pub(in crate::sql) fn without_into<R>(select: &SelectStmt, read: impl FnOnce(&SelectStmt) -> R) -> R {
    let mut chain = vec![select];
    while let Some(left) = chain.last().and_then(|last| last.larg.as_deref()) {
        chain.push(left);
    }
    // SAFETY: the copies have no destructor and are gone before what they point to is.
    let mut copies: Vec<SelectStmt> = chain.into_iter().map(|select| unsafe { ptr::read(select) }).collect();
    if let Some(first) = copies.last_mut() {
        first.into_clause = None;
    }
    for next in (1..copies.len()).rev() {
        copies[next - 1].larg = Some(Ref(NonNull::from(&copies[next])));
    }
    read(&copies[0])
}

fn pointer<T: Tagged>(node: &T) -> Node {
    Node(Some(NonNull::from(node).cast()))
}

unsafe extern "C" {
    /// In `guard.c`: null for a tree that the deparser refuses.
    fn lockstep_deparse(statement: *const RawStmt) -> *mut c_char;
    fn free(memory: *mut c_void);
}
