//! Constants, and the values in them: `value.h`.

use super::{Node, NodeKind, Tagged, Text, nodes};
use std::ffi::c_int;
use std::ptr::NonNull;

nodes! {
    Integer = 465 { ival: c_int }

    Float = 466 { fval: Text }

    Boolean = 467 { boolval: bool }

    String = 468 { sval: Text }

    BitString = 469 { bsval: Text }
}

/// A literal. Its value is a node within it.
#[repr(C)]
pub struct AConst {
    tag: u32,
    value: Value,
    pub isnull: bool,
}

/// `union ValUnion`: it is as large and aligned as its widest member, of which a text is one.
#[repr(C)]
union Value {
    tag: u32,
    text: std::mem::ManuallyDrop<String>,
}

impl AConst {
    /// Its value; none for NULL.
    pub fn value(&self) -> Option<NodeKind<'_>> {
        let value = Node(Some(NonNull::from(&self.value).cast()));
        // SAFETY: unless the constant is NULL, the union holds one of the nodes above, which lives as long as it.
        (!self.isnull).then(|| unsafe { value.kind_within(self) })
    }
}

impl Tagged for AConst {
    const TAG: u32 = 72;
    const CHILDREN: u64 = 0;
}
