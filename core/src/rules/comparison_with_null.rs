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
                if let Node::Operator { name, operands } = node
                    && matches!(&**name, "=" | "<>" | "!=")
                    && operands.iter().any(Node::is_null)
                {
                    found = found.or(Some(&**name));
                }
            });
        }
        if let Some(operator) = found {
            let instead = if operator == "=" { "IS NULL" } else { "IS NOT NULL" };
            findings.at(&place, format!("{operator} NULL is never true, so this condition picks nothing and forbids nothing."), format!("Write {instead}."));
        }
    }
}
