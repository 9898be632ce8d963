//! How deep a tree is.

use std::ptr::NonNull;

use super::kind::children;
use super::{ListNode, Node, Tagged};

/// How many nodes of a tree are within one another at most, lists among them. Takes no stack.
pub(in crate::sql) fn depth(statements: &[Node]) -> usize {
    let mut open: Vec<(NonNull<u32>, usize)> =
        statements.iter().filter_map(|node| Some((node.0?, 1))).collect();
    let mut deepest = 0;
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        // SAFETY: every node begins with its tag; they live as long as the statements.
        let tag = unsafe { node.read() };
        if tag == ListNode::TAG {
            // SAFETY: the tag is that of a list.
            let items = unsafe { node.cast::<ListNode>().as_ref() }.items();
            open.extend(items.iter().filter_map(|item| Some((item.0?, depth + 1))));
        }
        let mut words = children(tag);
        while words != 0 {
            // SAFETY: the tag's structure has a pointer to a node, or null, in this word.
            let child =
                unsafe { node.cast::<Option<NonNull<u32>>>().add(words.trailing_zeros() as usize).read() };
            open.extend(child.map(|child| (child, depth + 1)));
            words &= words - 1;
        }
    }
    deepest
}
