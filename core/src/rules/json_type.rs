//! A column of type json.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::command::{AlterAction, TableElement};
use crate::sql::{Command, Name, TypeName};

pub(super) static RULE: Rule = Rule {
    id: "json-type",
    severity: Severity::Advice,
    axis: Axis::Compatibility,
    aliases: &["eugene:E3", "strong_migrations:add_column_json", "pglt:preferJsonb"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column of type json, which has no equality and no indexes: jsonb has both",
    why: "`json` keeps the text as it was written. It has no equality operator, so SELECT DISTINCT, UNION and GROUP BY \
on it fail with 42883, also in queries that run today and take the new column in by `*`. Every access parses the text again, \
and no GIN index can be built on it.

It does not apply where the exact text has to be kept: order and duplicates of keys, white space.

Use `jsonb`.",
    manual: "JSON Types",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN details json;", "CREATE TABLE events (id bigint PRIMARY KEY, body json);"],
    good: &["CREATE TABLE events (id bigint PRIMARY KEY, body jsonb);"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        let columns: Vec<&Name> = match command {
            Command::CreateTable(create) => create
                .elements
                .iter()
                .filter_map(|element| match element {
                    TableElement::Column(column) => {
                        column.type_name.as_ref().filter(|name| is_json(name)).map(|_| &column.name)
                    }
                    TableElement::Constraint(_) | TableElement::Like { .. } => None,
                })
                .collect(),
            Command::AlterTable(alter) => alter
                .actions
                .iter()
                .filter_map(|action| match action {
                    AlterAction::AddColumn { column, .. } => {
                        column.type_name.as_ref().filter(|name| is_json(name)).map(|_| &column.name)
                    }
                    AlterAction::AlterType { column, type_name, .. } => is_json(type_name).then_some(column),
                    _ => None,
                })
                .collect(),
            _ => continue,
        };
        if columns.is_empty() {
            continue;
        }
        let names: Vec<&str> = columns.iter().map(|name| &***name).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        findings.at(
            &place,
            format!(
                "{} {verb} json: DISTINCT, UNION and GROUP BY fail on it (42883), and it cannot be indexed.",
                names.join(", ")
            ),
            "Use jsonb, unless the exact text has to be kept.",
        );
    }
}

fn is_json(name: &TypeName) -> bool {
    &*name.name.name == "json" && name.name.schema.as_deref().is_none_or(|schema| schema == "pg_catalog")
}
