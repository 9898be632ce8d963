//! UPDATE … FROM that is not tied to its rows.

use super::writes::writes;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Dml, FromItem, Node};

pub(super) static RULE: Rule = Rule {
    id: "update-from-without-join",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["pgrubic:update-from"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "UPDATE or DELETE names its own table again in FROM or USING, and does not say which row belongs to which",
    why: "The table behind UPDATE and the one in FROM are two: without a condition that ties them together each row is \
paired with every row that the condition picks. UPDATE then changes every row of the table, each to the \
values of an arbitrary one; DELETE deletes all as soon as one matches.

It does not apply when the condition names the table's own columns, or where a column is not qualified. Add \
`t.id = other.id`.",
    manual: "UPDATE",
    bad: &["UPDATE orders SET total = o.total + 1 FROM orders o WHERE o.id = 7;"],
    good: &["UPDATE orders SET total = o.total + 1 FROM orders o WHERE o.id = orders.id AND o.id = 7;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for write in scene.places().flat_map(writes) {
        let (alias, items) = match write.dml {
            Dml::Update { alias, from, .. } => (alias, from),
            Dml::Delete { alias, using, .. } => (alias, using),
            _ => continue,
        };
        let name = &write.dml.table().name;
        let is_same = |item: &FromItem| matches!(item, FromItem::Relation { name: other, .. } if other.name == *name);
        let Some(condition) = write.dml.condition().filter(|_| items.iter().any(is_same)) else { continue };
        let own = alias.as_ref().unwrap_or(name);
        let mut tied = false;
        condition.walk(|node| {
            tied |= match node {
                Node::Column(path, _) => path.len() < 2 || path[path.len() - 2] == *own,
                // What a subquery says is not looked into.
                Node::Subquery { .. } => true,
                _ => false,
            };
        });
        if !tied {
            findings.at_span(
                Severity::Warning,
                Some(write.place.migration),
                write.span,
                format!("Nothing ties {own} to the same table further on: every row of it is taken as soon as one matches."),
                format!("Add a condition such as {own}.id = ….id."),
            );
        }
    }
}
