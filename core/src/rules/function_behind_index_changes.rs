//! An index that was built with another function.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{ConstraintKind, Id, KeyPart, RelationKind, Schema};
use crate::sql::{Command, Expression, Name};

pub(super) static RULE: Rule = Rule {
    id: "function-behind-index-changes",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["safe-migrate:function-volatility-change"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A function that an index, a CHECK or a generated column uses gets another body",
    why: "PostgreSQL takes an immutable function's results to be valid for ever. CREATE OR REPLACE FUNCTION does not \
rebuild the indexes that were built with the old body, nor compute stored columns or check constraints anew: \
rows that are there are not found by the new values, a unique index lets duplicates in, a dump cannot be \
restored. Nothing fails, and nothing says so.

It does not apply when the body stays the same, nor to what the same set builds after it. Create a function \
of another name, build the index with it, then drop the old one; or REINDEX.",
    manual: "Function Volatility Categories",
    bad: &["-- file: 001_a.sql\nCREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE INDEX users_norm ON users (norm(name));\nINSERT INTO users SELECT g, g::text FROM generate_series(1, 100) g;\n-- file: 002_b.sql\nCREATE OR REPLACE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper(t)';"],
    good: &["CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';\nCREATE OR REPLACE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper(t)';\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE INDEX users_norm ON users (norm(name));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let replaces = |place: &Place| matches!(place.command(), Command::CreateFunction(create) if create.or_replace && !create.procedure);
    if !scene.places().any(|place| replaces(&place)) {
        return;
    }
    let users = users(scene.last());
    for place in scene.places().filter(|place| place.step().error.is_none() && replaces(place)) {
        let Command::CreateFunction(create) = place.command() else { continue };
        let Some(user) = users.iter().find(|user| user.calls == create.name.name && place.before().schema.relation(user.since).is_some()) else {
            continue;
        };
        let (before, after) = (&place.before().schema, &place.after().schema);
        let changed = before.functions().any(|old| {
            old.name == create.name.name && after.function(old.id).is_some_and(|new| new.body != old.body || new.parsed_body != old.parsed_body)
        });
        if changed && place.may_hold_rows(user.table) {
            findings.at(
                &place,
                format!("{} was computed by the function as it was, for the rows that are there, and stays so.", user.what),
                "Give the new function another name and build anew what uses it, or REINDEX and rewrite afterwards.",
            );
        }
    }
}

/// What is computed by a function and kept.
struct User {
    calls: Name,
    what: String,
    /// The index, or the table itself.
    since: Id,
    table: Id,
}

fn users(schema: &Schema) -> Vec<User> {
    let mut found = Vec::new();
    for relation in schema.relations() {
        let mut add = |expression: &Expression, what: String, table| {
            for function in expression.node.functions() {
                found.push(User { calls: function.name.clone(), what: what.clone(), since: relation.id, table });
            }
        };
        match &relation.kind {
            RelationKind::Index(index) => {
                let keys = index.keys.iter().filter_map(|key| match &key.part {
                    KeyPart::Expression(expression, _) => Some(expression),
                    KeyPart::Column(_) => None,
                });
                for expression in keys.chain(index.predicate.iter().map(|(expression, _)| expression)) {
                    add(expression, format!("Index {}", relation.name), index.table);
                }
            }
            RelationKind::Table(table) => {
                for column in &table.columns {
                    if let Some((expression, true)) = &column.generated {
                        add(expression, format!("Column {}.{}", relation.display_name(), column.name), relation.id);
                    }
                }
                for own in &table.constraints {
                    if let ConstraintKind::Check(expression, _) = &own.kind {
                        add(expression, format!("CHECK {} of {}", own.name, relation.display_name()), relation.id);
                    }
                }
            }
            RelationKind::View(_) | RelationKind::Sequence(_) => {}
        }
    }
    found
}
