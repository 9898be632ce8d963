//! `DefElem`: the grammar's one shape for options of every kind of statement.

use pg_query::NodeEnum;
use pg_query::protobuf as pg;

use super::{role, string};
use crate::sql::command::OptionValue;
use crate::sql::{Name, name};

/// The options of a list, in order.
pub(super) fn elements(list: &[pg::Node]) -> impl Iterator<Item = &pg::DefElem> {
    list.iter().filter_map(|node| match &node.node {
        Some(NodeEnum::DefElem(element)) => Some(&**element),
        _ => None,
    })
}

/// The option of that name; the last one where it is given twice.
pub(super) fn find<'a>(list: &'a [pg::Node], option: &str) -> Option<&'a pg::DefElem> {
    elements(list).filter(|element| element.defname == option).last()
}

/// Name and value of each option.
pub(super) fn values(list: &[pg::Node]) -> Vec<OptionValue> {
    elements(list).map(value).collect()
}

/// Name and value of one option.
pub(super) fn value(element: &pg::DefElem) -> OptionValue {
    let full = match element.defnamespace.as_str() {
        "" => name(&element.defname),
        namespace => name(&format!("{namespace}.{}", element.defname)),
    };
    OptionValue { name: full, value: argument(element) }
}

/// An option's value as written, none for a bare word.
pub(super) fn argument(element: &pg::DefElem) -> Option<Name> {
    element.arg.as_deref().and_then(word)
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
    Some(match node.node.as_ref()? {
        NodeEnum::String(text) => name(&text.sval),
        NodeEnum::Integer(number) => name(&number.ival.to_string()),
        NodeEnum::Float(number) => name(&number.fval),
        NodeEnum::Boolean(flag) => name(if flag.boolval { "true" } else { "false" }),
        NodeEnum::AStar(_) => name("*"),
        NodeEnum::RoleSpec(spec) => role(spec),
        // `on`, `auto` and the like are type names to the grammar.
        NodeEnum::TypeName(type_name) => super::type_name(type_name).text,
        NodeEnum::AConst(constant) => match &constant.val {
            _ if constant.isnull => return None,
            Some(pg::a_const::Val::Ival(number)) => name(&number.ival.to_string()),
            Some(pg::a_const::Val::Fval(number)) => name(&number.fval),
            Some(pg::a_const::Val::Boolval(flag)) => name(if flag.boolval { "true" } else { "false" }),
            Some(pg::a_const::Val::Sval(text)) => name(&text.sval),
            Some(pg::a_const::Val::Bsval(bits)) => name(&bits.bsval),
            None => return None,
        },
        NodeEnum::List(list) => {
            let words: Vec<Name> = list.items.iter().filter_map(word).collect();
            // A list of strings is one qualified name: an operator, a sequence's owner.
            let separator = if list.items.iter().all(|item| string(item).is_some()) { "." } else { ", " };
            name(&words.join(separator))
        }
        _ => super::expression(node).sql,
    })
}
