//! Functions in SQL that the server takes into the expression which calls them, so that what they are declared no longer
//! counts. Source: `inline_function` in `clauses.c`.

use super::analyze::{self, Names};
use super::run::Run;
use crate::schema::Function;
use crate::sql::command::Volatility;
use crate::sql::{Command, Node, Select};

/// How much is taken into one expression, in nodes: functions may call themselves, and each other many times.
const ROOM: usize = 1_000;

/// May a value that names no column be another one at each call, once functions are inlined?
pub(super) fn is_volatile(run: &mut Run, node: &Node) -> bool {
    let mut node = node.clone();
    inline(run, &mut node);
    analyze::expression(run, &node, Names::Nothing)
        .is_ok_and(|analysis| analysis.seen.volatility.1 == Volatility::Volatile)
}

/// Puts bodies in the place of calls without arguments, and of those that stand in them.
fn inline(run: &Run, node: &mut Node) {
    let (mut open, mut taken) = (vec![node], 0);
    while let Some(part) = open.pop() {
        while let Some(body) = body_of(run, part) {
            body.walk(|_| taken += 1);
            if taken > ROOM {
                return;
            }
            *part = body;
        }
        open.extend(part.children_mut());
    }
}

/// What a call without arguments stands for.
fn body_of(run: &Run, node: &Node) -> Option<Node> {
    let Node::Function { name, arguments } = node else { return None };
    if !arguments.is_empty() {
        return None;
    }
    let path = run.search_path();
    let mut named = run.schema.functions_called(name, &path);
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
