//! Two policies for the same rows.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Policy;
use crate::sorted::Set;
use crate::sql::{Command, Name};

pub(super) static RULE: Rule = Rule {
    id: "overlapping-policies",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["splinter:0006_multiple_permissive_policies"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Several permissive policies hold for the same role and command",
    why: "Permissive policies are combined with OR: each is computed for every row that those before it did not let \
through, and the most generous decides. Two of them are slower than one, and often one of them was meant to \
restrict.

It does not apply to policies for different roles or commands. Write one policy with OR, or make the \
stricter one RESTRICTIVE.",
    manual: "CREATE POLICY",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text, open boolean);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes FOR SELECT USING (owner = current_user);\nCREATE POLICY open ON notes FOR SELECT USING (open);"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text, open boolean);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes FOR SELECT USING (owner = current_user OR open);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let mut told = Set::default();
    for (place, command) in scene.commands() {
        let Command::CreatePolicy(create) = command else { continue };
        let Some(table) = place.relation(&create.table) else { continue };
        let Some(last) = scene.last_table(table.id) else { continue };
        let own = last.policies.iter().find(|own| own.name == create.name && own.permissive);
        let other = own.and_then(|own| last.policies.iter().find(|other| other.name < own.name && overlap(own, other)).or_else(|| {
            last.policies.iter().find(|other| other.name > own.name && overlap(own, other))
        }));
        if let Some(other) = other
            && told.insert(table.id)
        {
            findings.at(
                &place,
                format!("{} and {} both let rows of {} through, to the same role: either is enough.", create.name, other.name, table.display_name()),
                "Write one policy with OR, or make the stricter one RESTRICTIVE.",
            );
        }
    }
}

fn overlap(a: &Policy, b: &Policy) -> bool {
    let is_for_all = |roles: &[Name]| roles.iter().any(|role| &**role == "public");
    let roles = is_for_all(&a.roles) || is_for_all(&b.roles) || a.roles.iter().any(|role| b.roles.contains(role));
    let commands = a.command == b.command || &*a.command == "all" || &*b.command == "all";
    b.permissive && roles && commands
}
