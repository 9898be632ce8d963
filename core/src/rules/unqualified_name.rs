//! Names that the session's search_path decides about.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::{ObjectKind, Persistence};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "unqualified-name",
    severity: Severity::Advice,
    axis: Axis::Data,
    aliases: &["squawk:require-table-schema", "pgrubic:SM001", "bytebase:table-require-schema"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Statements name tables without a schema, so the session's search_path decides which ones they are",
    why: "Without a schema, CREATE TABLE puts the table into the first schema of search_path that exists, and ALTER and DROP take the first table of that name. A role with a \
search_path of its own, or a schema named like the role (`\"$user\"`), makes the same script change another table, or fail (42P01).

It does not apply where the script sets search_path before, nor to temporary tables, nor to scripts of a migration tool, whose connection is configured once for all of them. It is \
said once, at the first such statement.

Write `public.orders`, or begin the script with `SET LOCAL search_path = public`.",
    manual: "Schemas: The Schema Search Path",
    bad: &["CREATE TABLE posts (id bigint PRIMARY KEY);"],
    good: &[
        "CREATE TABLE public.posts (id bigint PRIMARY KEY);",
        "BEGIN;\nSET LOCAL search_path = app;\nCREATE TABLE posts (id bigint PRIMARY KEY);\nCOMMIT;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    if !scene.history.layout.runner.psql {
        return;
    }
    let mut bare = scene.commands().filter_map(|(place, command)| Some((place, bare_name(&place, command)?)));
    let Some((place, name)) = bare.next() else { return };
    let more = match bare.count() {
        0 => String::new(),
        1 => "; likewise for one more name".to_owned(),
        more => format!("; likewise for {more} more names"),
    };
    findings.at(
        &place,
        format!("The search_path of whoever runs this decides which {name} is meant{more}."),
        "Write the schema before the name, or set search_path in the script.",
    );
}

/// The table or view that a statement names without a schema, where nothing that was read says which schema is meant.
fn bare_name<'a>(place: &Place, command: &'a Command) -> Option<&'a QualifiedName> {
    let (name, persistence) = match command {
        Command::CreateTable(create) => (&create.name, create.persistence),
        Command::CreateTableAs(create) => (&create.name, create.persistence),
        Command::CreateView(create) => (&create.name, create.persistence),
        Command::AlterTable(alter) => (&alter.name, Persistence::Permanent),
        Command::CreateIndex(create) => (&create.table, Persistence::Permanent),
        Command::Drop(drop) if matches!(drop.kind, ObjectKind::Table | ObjectKind::View) => {
            (&drop.objects.first()?.name, Persistence::Permanent)
        }
        _ => return None,
    };
    let is_temporary = persistence == Persistence::Temporary
        || place.relation(name).is_some_and(|relation| relation.persistence == Persistence::Temporary);
    let is_set = place.before().session.get("search_path").is_some();
    (name.schema.is_none() && !is_temporary && !is_set).then_some(name)
}
