//! now() as the default of a new column.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Node;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "one-moment-for-old-rows",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["migrationpilot:MP003"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A new column with a default of now() gives all rows that are there the same moment",
    why: "`now()` is stable, so nothing is rewritten: it is computed once, and all old rows show the time of the \
migration. As a time of creation or change that is wrong, and sorting or paging by it is arbitrary.

It does not apply to tables that nothing has filled yet. Add the column without a default, set the default \
for new rows, and fill old rows from what is known of them.",
    manual: "ALTER TABLE: ADD COLUMN",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN created_at timestamptz DEFAULT now();"],
    good: &["CREATE TABLE orders (id bigint PRIMARY KEY);\nALTER TABLE orders ADD COLUMN created_at timestamptz DEFAULT now();"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::AddColumn { column, .. } = alteration.action else { continue };
        let Some(default) = &column.default else { continue };
        let place = &alteration.place;
        if is_now(&default.node) && place.is_in_use(alteration.relation.id) && alteration.column_before(&column.name).is_none() {
            findings.at(
                place,
                format!("All rows of {} that are there get the moment of this migration as their {}.", alteration.name(), column.name),
                "Add the column without a default, SET DEFAULT for new rows, and fill old rows with what is known of them.",
            );
        }
    }
}

/// The moment at which the transaction began, perhaps cast.
fn is_now(node: &Node) -> bool {
    match node {
        Node::Function { name, .. } => matches!(&*name.name, "now" | "transaction_timestamp" | "statement_timestamp"),
        Node::SqlValue(value) => value.starts_with("current_t") || value.starts_with("current_d") || value.starts_with("localt"),
        Node::Cast { operand, .. } => is_now(operand),
        _ => false,
    }
}
