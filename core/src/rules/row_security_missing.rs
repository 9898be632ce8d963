//! A table that the API shows to everybody.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;
use crate::sql::command::Persistence;

pub(super) static RULE: Rule = Rule {
    id: "row-security-missing",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["splinter:0013_rls_disabled_in_public", "schemalint:require-rls"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A table in an exposed schema has no row level security",
    why: "Where anonymous users reach the database through an API (Supabase, PostgREST), a table in `public` without \
row level security shows every row to whoever has the public key, and lets them write where the privilege is \
granted, as Supabase grants it by default.

It does not apply unless these files are Supabase's or grant something to `anon` or `authenticated`, nor to \
other schemas, nor when row level security is enabled later in the set. ENABLE ROW LEVEL SECURITY in the \
migration that creates the table.",
    manual: "Row Security Policies",
    bad: &["GRANT USAGE ON SCHEMA public TO anon;\nCREATE TABLE notes (id bigint PRIMARY KEY);"],
    good: &["GRANT USAGE ON SCHEMA public TO anon;\nCREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = current_user);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let last = scene.last();
    let is_anonymous = |role: &str| matches!(role, "anon" | "authenticated");
    let exposed = scene.history.layout.name == "supabase"
        || last.grants.keys().any(|(_, role)| is_anonymous(role))
        || last.default_privileges.iter().any(|own| own.roles.iter().any(|(role, ..)| is_anonymous(role)));
    if !exposed {
        return;
    }
    for (place, command) in scene.commands() {
        let Command::CreateTable(create) = command else { continue };
        let Some(made) = place.made(&create.name) else { continue };
        let Some(table) = scene.last_table(made.id).filter(|table| table.foreign_server.is_none()) else { continue };
        let is_exposed = scene.last().relation(made.id).is_some_and(|last| &*last.schema == "public");
        if is_exposed && !table.row_security && made.persistence != Persistence::Temporary {
            findings.at(
                &place,
                format!("{} has no row level security: whoever has the API's public key reads every row of it.", made.display_name()),
                format!("ALTER TABLE {} ENABLE ROW LEVEL SECURITY, with policies, or put it into a schema that the API does not show.", made.sql_name()),
            );
        }
    }
}
