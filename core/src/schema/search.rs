//! Names to search by. Numbers are compared first: a search compares often, and most names begin alike.

use std::cmp::Ordering;

use super::FullName;

/// A full name with its number, by which it is sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameKey(u32, FullName);

impl From<FullName> for NameKey {
    fn from(full: FullName) -> Self {
        NameKey(number(&[&full.0, &full.1]), full)
    }
}

impl NameKey {
    /// For finding the key of a name.
    pub fn is<'a>(schema: &'a str, object: &'a str) -> impl Fn(&NameKey) -> Ordering + 'a {
        let wanted = number(&[schema, object]);
        move |NameKey(own, full)| own.cmp(&wanted).then_with(|| (&*full.0, &*full.1).cmp(&(schema, object)))
    }
}

/// A number for some words, which others may share: FNV-1a.
pub(super) fn number(words: &[&str]) -> u32 {
    let add = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    words.iter().fold(0x811c_9dc5, |sum, word| word.bytes().fold(add(sum, 0), add))
}
