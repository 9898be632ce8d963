//! `= NULL`, which never holds.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Node;

pub(super) static RULE: Rule = Rule {
    id: "comparison-with-null",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["pgrubic:GN020", "eslint-plugin-postgresql:no-equals-null"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A condition compares with NULL by = or <>, so it never holds",
    why: "`x = NULL` and `x <> NULL` are NULL whatever x is: WHERE takes no row, so an UPDATE or DELETE does nothing \
and says nothing; a CHECK takes every row, since only false is refused.

It does not apply to assignments. Write IS NULL or IS NOT NULL.",
    manual: "Comparison Functions and Operators",
    bad: &["UPDATE orders SET region = 'eu' WHERE region = NULL AND id = 7;"],
    good: &["DELETE FROM orders WHERE region IS NULL AND id = 7;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let mut found = None;
        for top in command.expressions() {
            top.walk(|node| {
                found = found.or(compares_with_null(node));
            });
        }
        if let Some(operator) = found {
            let instead = if operator == "=" { "IS NULL" } else { "IS NOT NULL" };
            findings.at(&place, format!("{operator} NULL is never true, so this condition picks nothing and forbids nothing."), format!("Write {instead}."));
        }
    }
}

/// The operator of a comparison with NULL.
fn compares_with_null(node: &Node) -> Option<&str> {
    match node {
        Node::Operator { name, operands } if operands.iter().any(Node::is_null) => {
            matches!(&**name, "=" | "<>" | "!=").then_some(&**name)
        }
        _ => None,
    }
}

/// Does a condition take no row, since a part of it that has to hold compares with NULL?
pub(super) fn takes_nothing(condition: &Node) -> bool {
    match condition {
        Node::And(parts) => parts.iter().any(takes_nothing),
        other => compares_with_null(other).is_some(),
    }
}
