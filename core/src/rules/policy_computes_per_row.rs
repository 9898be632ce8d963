//! A policy that asks again for every row.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, Node, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "policy-computes-per-row",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["splinter:0003_auth_rls_initplan"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A policy calls a function that depends on no row, for every row",
    why: "`auth.uid()`, `current_setting(…)` and their like give the same for the whole statement, but a condition \
that is not found by an index is computed row by row, the call with it: on a large table that is most of the \
time of each query. In a subquery of its own the planner runs it once, as an InitPlan.

It does not apply to calls with a column among their arguments, nor inside of `(SELECT …)`. Write `(SELECT \
auth.uid())`.",
    manual: "Row Security Policies",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = current_setting('app.user'));"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = (SELECT current_setting('app.user')));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let (name, table, conditions) = match command {
            Command::CreatePolicy(create) => (&create.name, &create.table, [&create.using, &create.with_check]),
            Command::AlterPolicy(alter) => (&alter.name, &alter.table, [&alter.using, &alter.with_check]),
            _ => continue,
        };
        let called = conditions.into_iter().flatten().find_map(|condition| repeated_call(&condition.node));
        if let Some(called) = called {
            findings.at(
                &place,
                format!("Policy {name} may call {called} for every row of {table} that a query looks at."),
                format!("Write (SELECT {called}(…)), which is computed once."),
            );
        }
    }
}

/// A function that is called without any column.
fn repeated_call(condition: &Node) -> Option<&QualifiedName> {
    let mut found = None;
    condition.walk(|node| {
        if let Node::Function { name, arguments } = node
            && arguments.iter().all(|argument| argument.columns().is_empty())
            && (name.schema.is_some() && name.schema.as_deref() != Some("pg_catalog") || &*name.name == "current_setting")
        {
            found = found.or(Some(name));
        }
    });
    found
}
