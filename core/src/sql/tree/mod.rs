//! PostgreSQL's parse tree, read in place: the C structures of its nodes, declared here as far as anything reads them.
//!
//! A node begins with a tag that says which structure it is, and is only ever seen through a pointer. Fields have
//! the order and the types of the C declarations (the headers in `nodes/` of the `pg_query` crate's library); those
//! behind the last one that is read are left out. [`layout`] compares all of it with what the library itself writes.
//!
//! Nothing here owns a node: all are borrowed from the [`Tree`](super::parser::Tree) whose memory they are in. So
//! that none outlives it, no pointer can be copied out of the node that it is in.

mod deparse;
mod depth;
mod enumeration;
mod expression;
mod json;
mod kind;
#[cfg(test)]
mod layout;
mod object;
mod query;
mod session;
mod stand_in;
mod table;
mod unread;
mod value;

pub(super) use deparse::{deparse, selecting, without_into};
pub(super) use depth::depth;
pub(super) use enumeration::*;
pub(super) use expression::*;
pub(super) use json::*;
pub(super) use kind::NodeKind;
pub(super) use object::*;
pub(super) use query::*;
pub(super) use session::*;
pub(super) use table::*;
use unread::*;
pub(super) use value::*;

use std::ffi::{CStr, c_char, c_int, c_long};
use std::ops::Deref;
use std::ptr::NonNull;

/// `Node *`: a node of any kind, or none.
#[repr(transparent)]
pub(super) struct Node(Option<NonNull<u32>>);

impl Node {
    /// The node, if there is one.
    pub fn get(&self) -> Option<&Node> {
        self.0.is_some().then_some(self)
    }
}

/// A pointer to a node of a kind, never null; where it may be, it is optional.
#[repr(transparent)]
pub(super) struct Ref<T>(NonNull<T>);

impl<T> Deref for Ref<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the parser made it point to a node, which lives as long as the one that this pointer is in.
        unsafe { self.0.as_ref() }
    }
}

/// `List *`: the nodes of a list; none for a null pointer and for a list of numbers.
#[repr(transparent)]
pub(super) struct List(Option<NonNull<ListNode>>);

impl Deref for List {
    type Target = [Node];

    fn deref(&self) -> &[Node] {
        // SAFETY: null, or made by the parser, and alive as long as the node that this pointer is in.
        self.0.map_or(&[], |list| unsafe { list.as_ref() }.items())
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a Node;
    type IntoIter = std::slice::Iter<'a, Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// `struct List`.
#[repr(C)]
struct ListNode {
    tag: u32,
    length: c_int,
    max_length: c_int,
    items: *const Node,
}

impl ListNode {
    fn items(&self) -> &[Node] {
        match usize::try_from(self.length) {
            Ok(length) if self.tag == Self::TAG && length > 0 => {
                // SAFETY: a list of this tag holds as many pointers to nodes as it is long.
                unsafe { std::slice::from_raw_parts(self.items, length) }
            }
            _ => &[],
        }
    }
}

impl Tagged for ListNode {
    const TAG: u32 = 1;
    const CHILDREN: u64 = 0;
}

/// `char *`: a text; a null pointer is an empty one.
#[repr(transparent)]
pub(super) struct Text(*const c_char);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        if self.0.is_null() {
            return "";
        }
        // SAFETY: the text ends in NUL and lives as long as the node that this pointer is in.
        let bytes = unsafe { CStr::from_ptr(self.0) }.to_bytes();
        // The parser was given UTF-8 and refuses escapes that are none; should it have let one pass, what is before it.
        std::str::from_utf8(bytes)
            .unwrap_or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default())
    }
}

/// An enumeration that nothing here asks for.
#[repr(transparent)]
pub(super) struct Unread(u32);

/// `long`, which is a type of its own on no platform. Nothing here asks for one.
#[repr(transparent)]
pub(super) struct Long(c_long);

/// What every node's structure has.
trait Tagged {
    /// The number of its kind: `nodetags.h`.
    const TAG: u32;
    /// Which words of the structure, counted from bit 0, are pointers to nodes.
    const CHILDREN: u64;
}

/// The type of a field.
trait Field {
    /// Is it a pointer to a node?
    const IS_CHILD: bool = false;
}

impl Field for Node {
    const IS_CHILD: bool = true;
}

impl Field for List {
    const IS_CHILD: bool = true;
}

impl<T> Field for Option<Ref<T>> {
    const IS_CHILD: bool = true;
}

impl Field for Text {}
impl Field for Unread {}
impl Field for Long {}
impl Field for bool {}
impl Field for u8 {}
impl Field for i16 {}
impl Field for c_int {}
impl Field for u32 {}

/// The bit of [`Tagged::CHILDREN`] for a field at that offset.
const fn child<T: Field>(offset: usize) -> u64 {
    if T::IS_CHILD { 1 << (offset / size_of::<usize>()) } else { 0 }
}

/// Declares nodes: `Name = tag { field: type, … }`.
macro_rules! nodes {
    ($($(#[$doc:meta])* $name:ident = $tag:literal { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[allow(dead_code, reason = "a field that is not read holds the place of those behind it")]
        pub struct $name {
            pub(super) tag: u32,
            $(pub $field: $type,)*
        }

        impl super::Tagged for $name {
            const TAG: u32 = $tag;
            const CHILDREN: u64 = 0 $(| super::child::<$type>(std::mem::offset_of!($name, $field)))*;
        }

        #[cfg(test)]
        impl super::layout::Fields for $name {
            fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
                super::layout::meet(stringify!($name));
                vec![$((stringify!($field), super::layout::Dump::dump(&self.$field))),*]
            }
        }
    )*};
}

/// Declares enumerations: `Name { Variant, … }`.
macro_rules! enumerations {
    ($($name:ident { $($variant:ident $(= $value:literal)?),* $(,)? })*) => {$(
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[repr(u32)]
        #[allow(dead_code, reason = "the parser makes them, and some only a server")]
        #[allow(clippy::enum_variant_names, reason = "the names are PostgreSQL's")]
        pub enum $name {
            $($variant $(= $value as u32)?,)*
        }

        impl super::Field for $name {}

        #[cfg(test)]
        impl super::layout::Dump for $name {
            fn dump(&self) -> serde_json::Value {
                super::layout::enumeration(*self, &[$($name::$variant),*], *self as u32)
            }
        }
    )*};
}

use {enumerations, nodes};
