//! A policy that nothing applies.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "policy-without-row-security",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["splinter:0007_policy_exists_rls_disabled", "migrationpilot:MP079"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A policy is created on a table whose row level security is not enabled",
    why: "A policy does nothing until ALTER TABLE … ENABLE ROW LEVEL SECURITY: whoever has SELECT on the table sees every row, while \
the schema looks as if it were protected.

It does not apply when row level security is enabled later in the set, nor to a table of which it is not known.",
    manual: "Row Security Policies",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nCREATE POLICY own ON notes USING (owner = current_user);"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nCREATE POLICY own ON notes USING (owner = current_user);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let Command::CreatePolicy(create) = place.command() else { continue };
        let Some(id) = place.relation(&create.table).map(|relation| relation.id) else { continue };
        let Some(relation) = scene.last().relation(id).filter(|relation| relation.origin != Origin::Assumed) else {
            continue;
        };
        let unused = relation.table().is_some_and(|table| {
            !table.row_security && table.policies.iter().any(|policy| policy.name == create.name)
        });
        if unused {
            findings.at(
                &place,
                format!("Policy {} does nothing: row level security is not enabled on {}.", create.name, relation.display_name()),
                format!("Add ALTER TABLE {} ENABLE ROW LEVEL SECURITY.", relation.sql_name()),
            );
        }
    }
}
