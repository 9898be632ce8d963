//! A column of type json.

use super::definitions::{is_built_in, typed_columns};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Name;

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
        let columns: Vec<&Name> = typed_columns(command)
            .into_iter()
            .filter(|(_, written)| is_built_in(written, "json"))
            .map(|(column, _)| column)
            .collect();
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
