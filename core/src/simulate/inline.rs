//! Functions in SQL that the server takes into the expression which calls them, so that what they are declared no longer
//! counts. Source: `inline_function` in `clauses.c`.

use super::analyze::{self, Names};
use super::run::Run;
use crate::schema::Function;
use crate::sql::command::Volatility;
use crate::sql::{Command, Node, Select};

/// How deep functions that call functions are followed.
const MAX_CALLS: usize = 8;

/// May a value that names no column be another one at each call, once functions are inlined?
pub(super) fn is_volatile(run: &mut Run, node: &Node) -> bool {
    let mut node = node.clone();
    let mut depth = 0;
    while depth < MAX_CALLS && inline(run, &mut node) {
        depth += 1;
    }
    analyze::expression(run, &node, Names::Nothing)
        .is_ok_and(|analysis| analysis.seen.volatility.1 == Volatility::Volatile)
}

/// Puts bodies in the place of calls without arguments. False when there is none to do it with.
fn inline(run: &Run, node: &mut Node) -> bool {
    let (mut open, mut found) = (vec![node], false);
    while let Some(part) = open.pop() {
        match body_of(run, part) {
            Some(body) => {
                *part = body;
                found = true;
            }
            None => open.extend(part.children_mut()),
        }
    }
    found
}

/// What a call without arguments stands for.
fn body_of(run: &Run, node: &Node) -> Option<Node> {
    let Node::Function { name, arguments } = node else { return None };
    if !arguments.is_empty() {
        return None;
    }
    let path = name.schema.clone().map_or_else(|| run.search_path(), |schema| vec![schema]);
    let mut named = path.iter().flat_map(|schema| run.schema.functions_named(schema, &name.name));
    named.find(|own| own.signature.is_empty()).and_then(|function| expression(function))
}

/// The one expression that is all of a function's body, where that can stand for a call.
fn expression(function: &Function) -> Option<Node> {
    let options = &function.options;
    let is_set = function.result.as_ref().is_none_or(|(_, set)| *set);
    if options.language.as_deref() != Some("sql")
        || options.security_definer == Some(true)
        || !options.settings.is_empty()
        || is_set
    {
        return None;
    }
    let [Command::Query(query)] = function.commands() else { return None };
    match &query.select {
        Select::Simple { targets, from, condition: None, grouping, grouped: false }
            if from.is_empty()
                && grouping.is_empty()
                && query.with.is_empty()
                && query.order_by.is_empty()
                && query.limit.is_none()
                && query.offset.is_none() =>
        {
            let [target] = targets.as_slice() else { return None };
            Some(target.node.clone())
        }
        _ => None,
    }
}
