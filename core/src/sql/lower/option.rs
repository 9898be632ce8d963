//! `DefElem`: the grammar's one shape for options of every kind of statement.

use super::{role, string};
use crate::sql::command::OptionValue;
use crate::sql::tree::{self as pg, NodeKind};
use crate::sql::{Name, name};

/// The options of a list, in order.
pub(super) fn elements(list: &[pg::Node]) -> impl Iterator<Item = &pg::DefElem> {
    list.iter().filter_map(|node| match node.kind() {
        NodeKind::DefElem(element) => Some(element),
        _ => None,
    })
}

/// The option of that name; the last one where it is given twice.
pub(super) fn find<'a>(list: &'a [pg::Node], option: &str) -> Option<&'a pg::DefElem> {
    elements(list).filter(|element| *element.defname == *option).last()
}

/// Name and value of each option.
pub(super) fn values(list: &[pg::Node]) -> Vec<OptionValue> {
    elements(list).map(value).collect()
}

/// Name and value of one option.
pub(super) fn value(element: &pg::DefElem) -> OptionValue {
    let full = match &*element.defnamespace {
        "" => name(&element.defname),
        namespace => name(&format!("{namespace}.{}", &*element.defname)),
    };
    OptionValue { name: full, value: argument(element) }
}

/// An option's value as written, none for a bare word.
pub(super) fn argument(element: &pg::DefElem) -> Option<Name> {
    element.arg.get().and_then(word)
}

/// Is the option switched on? A bare word is: `defGetBoolean()` of `define.c`.
pub(super) fn is_on(element: &pg::DefElem) -> bool {
    match argument(element) {
        None => true,
        Some(value) => matches!(value.to_ascii_lowercase().as_str(), "true" | "on" | "1"),
    }
}

/// Is the option of that name given, and switched on?
pub(super) fn is_set(list: &[pg::Node], option: &str) -> bool {
    find(list, option).is_some_and(is_on)
}

/// An option's value where it is an integer that fits.
pub(super) fn integer(element: &pg::DefElem) -> Option<i64> {
    argument(element)?.parse().ok()
}

/// A value as one word: strings unescaped, numbers as written, lists with their own separator.
pub(super) fn word(node: &pg::Node) -> Option<Name> {
    Some(match node.kind() {
        NodeKind::AStar(_) => name("*"),
        NodeKind::RoleSpec(spec) => role(spec),
        // `on`, `auto` and the like are type names to the grammar.
        NodeKind::TypeName(type_name) => super::type_name(type_name).text,
        NodeKind::AConst(constant) => return plain(constant.value()?),
        NodeKind::List(list) => {
            let words: Vec<Name> = list.iter().filter_map(word).collect();
            // A list of strings is one qualified name: an operator, a sequence's owner.
            let separator = if list.iter().all(|item| string(item).is_some()) { "." } else { ", " };
            name(&words.join(separator))
        }
        NodeKind::Null => return None,
        other => plain(other).unwrap_or_else(|| super::expression(node).sql),
    })
}

/// A bare value; none for any other node.
fn plain(value: NodeKind<'_>) -> Option<Name> {
    Some(match value {
        NodeKind::String(text) => name(&text.sval),
        NodeKind::Integer(number) => name(&number.ival.to_string()),
        NodeKind::Float(number) => name(&number.fval),
        NodeKind::Boolean(flag) => name(if flag.boolval { "true" } else { "false" }),
        NodeKind::BitString(bits) => name(&bits.bsval),
        _ => return None,
    })
}
