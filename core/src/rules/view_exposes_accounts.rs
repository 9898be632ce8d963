//! A view over the accounts.

use super::writes::sources;
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "view-exposes-accounts",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &["splinter:0002_auth_users_exposed"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A view in an exposed schema reads Supabase's table of accounts",
    why: "`auth.users` holds mail addresses, telephone numbers and metadata of all users. A view in `public` reads it \
with the rights of its owner, so that whoever reaches the API reads it all.

It does not apply to views with security_invoker, nor to views in schemas that the API does not show. Copy \
what may be shown into a table of your own with row level security.",
    manual: "CREATE VIEW: security_invoker",
    bad: &["CREATE VIEW public.profiles AS SELECT id, email FROM auth.users;"],
    good: &["CREATE VIEW public.profiles WITH (security_invoker = true) AS SELECT id, email FROM auth.users;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let (name, query, options) = match command {
            Command::CreateView(create) => (&create.name, Some(&create.query), &create.options),
            Command::CreateTableAs(create) if create.materialized_view => (&create.name, create.query.as_ref(), &create.options),
            _ => continue,
        };
        let accounts = |source: &&QualifiedName| source.schema.as_deref() == Some("auth") && &*source.name == "users";
        let reads = query.is_some_and(|query| sources(query).iter().any(accounts));
        let invoker = options.iter().any(|own| &*own.name == "security_invoker" && own.value.as_deref().is_none_or(|value| matches!(value, "true" | "on" | "1")));
        if reads && !invoker && name.schema.as_deref().is_none_or(|schema| schema == "public") {
            findings.at(
                &place,
                format!("Whoever may read {name} through the API reads the accounts of all users."),
                "Copy what may be shown into a table with row level security, or put the view into a schema that the API does not show.",
            );
        }
    }
}
