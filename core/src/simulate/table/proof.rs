//! Do a table's CHECKs imply what a partition bound asks of its rows? A part of what `predtest.c` proves: conditions
//! on one column, against constants.

use std::cmp::Ordering;

use super::not_null;
use crate::schema::{ConstraintKind, Id, Table};
use crate::simulate::run::Run;
use crate::sql::command::{IndexKey, PartitionBound};
use crate::sql::{Expression, Literal, Name, Node};
use crate::text::signed_decimal;

/// What has to hold for a column's value.
enum Wanted<'a> {
    AtLeast(&'a Node),
    Below(&'a Node),
    OneOf(&'a [Expression]),
    Outside(Option<&'a Node>, Option<&'a Node>),
    NoneOf(&'a [Expression]),
}

/// Is every row of the table within the bound of a partitioned table?
pub(super) fn is_within(run: &Run, id: Id, parent: &Table, bound: &PartitionBound) -> bool {
    let Some(column) = key_column(parent) else { return false };
    let proven = |wanted: Wanted| is_proven(run, id, column, &wanted);
    let is_set = || {
        let own = run.table_of(id).ok().and_then(|table| table.column(column));
        own.is_some_and(|own| own.not_null || not_null::is_proven(run, id, own.number, &[]))
    };
    match bound {
        PartitionBound::Range { from, to } => {
            let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return false };
            is_set()
                && limit(from).is_none_or(|from| proven(Wanted::AtLeast(from)))
                && limit(to).is_none_or(|to| proven(Wanted::Below(to)))
        }
        PartitionBound::List(values) => {
            (values.iter().any(|value| value.node.is_null()) || is_set()) && proven(Wanted::OneOf(values))
        }
        PartitionBound::Default | PartitionBound::Hash { .. } => false,
    }
}

/// Is no row of the table, which is the default partition, within the bound?
pub(super) fn is_outside(run: &Run, id: Id, parent: &Table, bound: &PartitionBound) -> bool {
    let Some(column) = key_column(parent) else { return false };
    match bound {
        PartitionBound::Range { from, to } => {
            let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return false };
            is_proven(run, id, column, &Wanted::Outside(limit(from), limit(to)))
        }
        PartitionBound::List(values) => is_proven(run, id, column, &Wanted::NoneOf(values)),
        PartitionBound::Default | PartitionBound::Hash { .. } => false,
    }
}

/// The column that a table is partitioned by, where it is one and no expression.
fn key_column(table: &Table) -> Option<&Name> {
    match table.partition_by.as_ref()?.keys.as_slice() {
        [element] => match &element.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        },
        _ => None,
    }
}

/// The value of a bound; none for MINVALUE and MAXVALUE.
fn limit(value: &Expression) -> Option<&Node> {
    match &value.node {
        Node::Column(path, _) if path.last().is_some_and(|w| matches!(&**w, "minvalue" | "maxvalue")) => None,
        node => Some(node),
    }
}

fn is_proven(run: &Run, id: Id, column: &Name, wanted: &Wanted) -> bool {
    let Ok(table) = run.table_of(id) else { return false };
    table.constraints.iter().any(|own| match &own.kind {
        ConstraintKind::Check(check, _) => own.validated && implies(&check.node, column, wanted),
        _ => false,
    })
}

fn implies(condition: &Node, column: &Name, wanted: &Wanted) -> bool {
    let is_column = |node: &Node| matches!(node, Node::Column(path, _) if path.last() == Some(column));
    let all_equal = |values: &[Node]| values.iter().all(|value| fulfils("=", value, wanted));
    match condition {
        Node::And(parts) => parts.iter().any(|part| implies(part, column, wanted)),
        Node::Or(parts) => parts.iter().all(|part| implies(part, column, wanted)),
        Node::InList { operand, items, negated: false } => is_column(operand) && all_equal(items),
        Node::IsNull { operand, negated: false } if is_column(operand) => match wanted {
            Wanted::OneOf(values) => values.iter().any(|value| value.node.is_null()),
            Wanted::Outside(..) | Wanted::NoneOf(_) => true,
            Wanted::AtLeast(_) | Wanted::Below(_) => false,
        },
        Node::Operator { name, operands } => match (&**name, operands.as_slice()) {
            ("= ANY", [operand, Node::Other { what: "ARRAY", parts }]) => {
                is_column(operand) && all_equal(parts)
            }
            ("BETWEEN", [operand, low, high]) => {
                is_column(operand) && (fulfils(">=", low, wanted) || fulfils("<=", high, wanted))
            }
            (operator, [left, right]) if is_column(left) => fulfils(operator, right, wanted),
            (operator, [left, right]) if is_column(right) => fulfils(mirrored(operator), left, wanted),
            _ => false,
        },
        _ => false,
    }
}

/// The operator that says the same with the sides exchanged.
fn mirrored(operator: &str) -> &str {
    match operator {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        other => other,
    }
}

/// Does `column operator value` imply what is wanted?
fn fulfils(operator: &str, value: &Node, wanted: &Wanted) -> bool {
    let at_least = |limit: &Node| {
        matches!(operator, ">=" | ">" | "=") && order(value, limit).is_some_and(Ordering::is_ge)
    };
    let below = |limit: &Node| match operator {
        "<" => order(value, limit).is_some_and(Ordering::is_le),
        "<=" | "=" => order(value, limit).is_some_and(Ordering::is_lt),
        _ => false,
    };
    let is_among =
        |values: &[Expression]| values.iter().any(|one| order(value, &one.node) == Some(Ordering::Equal));
    match wanted {
        Wanted::AtLeast(limit) => at_least(limit),
        Wanted::Below(limit) => below(limit),
        Wanted::OneOf(values) => operator == "=" && is_among(values),
        Wanted::Outside(from, to) => from.is_some_and(below) || to.is_some_and(at_least),
        Wanted::NoneOf(values) => match operator {
            "=" => values.iter().all(|one| order(value, &one.node).is_some_and(Ordering::is_ne)),
            "<>" => matches!(values, [one] if order(value, &one.node) == Some(Ordering::Equal)),
            _ => false,
        },
    }
}

/// How two constants compare, cast or not; none where that takes more than a look.
fn order(a: &Node, b: &Node) -> Option<Ordering> {
    match (bare(a)?, bare(b)?) {
        (Literal::Integer(a), Literal::Integer(b)) => Some(a.cmp(b)),
        (Literal::String(a), Literal::String(b)) => {
            let midnight = |text: &str| text.strip_suffix(" 00:00:00").unwrap_or(text).to_owned();
            let (a, b) = (midnight(a), midnight(b));
            // A number or a date that is written in another width compares otherwise.
            let is_plain = |text: &str| !text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            (a.len() == b.len() || is_plain(&a) && is_plain(&b)).then(|| a.cmp(&b))
        }
        (Literal::Boolean(a), Literal::Boolean(b)) => Some(a.cmp(b)),
        (a, b) => Some(millionths(a)?.cmp(&millionths(b)?)),
    }
}

/// A number in millionths; none for what is no number.
fn millionths(literal: &Literal) -> Option<i64> {
    match literal {
        Literal::Integer(value) => value.checked_mul(1_000_000),
        Literal::Number(text) | Literal::String(text) => signed_decimal(text, 6),
        _ => None,
    }
}

fn bare(node: &Node) -> Option<&Literal> {
    match node {
        Node::Literal(literal) => Some(literal),
        Node::Cast { operand, .. } => bare(operand),
        _ => None,
    }
}
