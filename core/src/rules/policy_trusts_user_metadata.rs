//! What the user writes decides what the user may.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "policy-trusts-user-metadata",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["splinter:0015_rls_references_user_metadata"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A policy decides by data that the user can change",
    why: "`raw_user_meta_data` of Supabase's `auth.users`, and `user_metadata` of its token, are written by the users \
themselves through the API: who puts `\"role\": \"admin\"` there is let through.

It does not apply to `raw_app_meta_data` and `app_metadata`, which only the server writes. Decide by those, \
or by a table of your own.",
    manual: "Row Security Policies",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY admin ON notes USING ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY admin ON notes USING (((SELECT auth.jwt()) -> 'app_metadata' ->> 'role') = 'admin');"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let (name, conditions) = match command {
            Command::CreatePolicy(create) => (&create.name, [&create.using, &create.with_check]),
            Command::AlterPolicy(alter) => (&alter.name, [&alter.using, &alter.with_check]),
            _ => continue,
        };
        let trusts = |text: &str| text.contains("user_metadata") || text.contains("raw_user_meta_data");
        if conditions.into_iter().flatten().any(|condition| trusts(&condition.sql)) {
            findings.at(
                &place,
                format!("Policy {name} decides by the user's metadata, which users change themselves."),
                "Decide by app_metadata, or by a table that users cannot write.",
            );
        }
    }
}
