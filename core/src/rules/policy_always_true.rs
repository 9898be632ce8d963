//! A policy that lets everybody write.

use super::writes::always_true;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, Expression};

pub(super) static RULE: Rule = Rule {
    id: "policy-always-true",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["splinter:0024_rls_policy_always_true"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A policy for writing lets through every row",
    why: "Permissive policies are combined with OR: one whose condition is `true` makes all others of the same command useless, and \
whoever has the privilege may insert, change or delete any row.

It does not apply to SELECT alone, to restrictive policies, nor much to a policy for one trusted role, of which it is only mentioned.",
    manual: "CREATE POLICY",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY anyone ON notes FOR UPDATE USING (true);"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY anyone ON notes FOR SELECT USING (true);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places() {
        let (name, written) = match place.command() {
            Command::CreatePolicy(create) => (&create.name, &create.table),
            Command::AlterPolicy(alter) if alter.using.is_some() || alter.with_check.is_some() => (&alter.name, &alter.table),
            _ => continue,
        };
        let Some(table) = place.relation(written) else { continue };
        let after = place.after().schema.relation(table.id).and_then(|after| after.table());
        let Some(policy) = after.and_then(|after| after.policies.iter().find(|own| own.name == *name)) else { continue };
        if !policy.permissive || &*policy.command == "select" {
            continue;
        }
        let open = |condition: &Option<Expression>| condition.as_ref().is_some_and(|own| always_true(&own.node, table));
        let is_open = match &*policy.command {
            "insert" => open(&policy.with_check),
            _ => open(&policy.using) && (policy.with_check.is_none() || open(&policy.with_check)),
        };
        if !is_open {
            continue;
        }
        let to_everybody = policy.roles.iter().any(|role| matches!(&**role, "public" | "anon" | "authenticated"));
        let what = match &*policy.command {
            "insert" => "insert any row into",
            "update" => "change every row of",
            "delete" => "delete every row of",
            _ => "read and write every row of",
        };
        findings.at_with(
            if to_everybody { Severity::Warning } else { Severity::Advice },
            &place,
            format!("With policy {} {} may {what} {}: its condition is always true.", name, policy.roles.join(", "), table.display_name()),
            "Say in USING and WITH CHECK which rows are the role's own.",
        );
    }
}
