//! A table, a view or a whole schema gets another name.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::command::{ObjectKind, Rename};
use crate::sql::{Command, QualifiedName};

pub(super) static RULE: Rule = Rule {
    id: "rename-table",
    severity: Severity::Danger,
    axis: Axis::Compatibility,
    aliases: &[
        "squawk:renaming-table",
        "atlas:BC101",
        "strong_migrations:rename_schema",
        "strong_migrations:rename_table",
        "django-migration-linter:RENAME_TABLE",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A table, a view or a whole schema gets another name, and the running application does not know it",
    why: "From the moment of COMMIT on, every query that names the old table fails with 42P01. SET SCHEMA does the same to \
queries that name the schema, or that find the table by a search path. Foreign keys and views \
follow the rename; functions whose body is a string, and queries in applications, do not.

It does not apply to what these files created, nor when the same migration creates a view of the old name (a view of one \
table takes INSERT, UPDATE and DELETE as well).

Rename it and create a view of the old name in the same transaction; drop the view when no code uses it any more.",
    manual: "ALTER TABLE: RENAME",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders RENAME TO purchases;",
        "SET lock_timeout = '5s';\nALTER TABLE orders SET SCHEMA archive;",
        "ALTER SCHEMA billing RENAME TO invoicing;",
    ],
    good: &[
        "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders RENAME TO purchases;\nCREATE VIEW orders AS SELECT * FROM purchases;\nCOMMIT;",
    ],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (place, command) in scene.commands() {
        if let Command::Rename(Rename { kind: ObjectKind::Schema, object, to, .. }) = command {
            let schema = &object.name.name;
            if scene.start().schema.namespaces.contains_key(schema) || is_assumed(&place, schema) {
                findings.at(
                    &place,
                    format!("Queries that name {schema}.… fail (42P01) from COMMIT on, until all code says {to}.…; a search_path that has {schema} finds nothing there any more."),
                    format!("Create {to} beside it, move or copy the tables one by one, and drop {schema} once no code names it."),
                );
            }
            continue;
        }
        let (kind, written, new) = match command {
            Command::Rename(rename) => {
                let written = &rename.object.name;
                (rename.kind, written, QualifiedName { name: rename.to.clone(), ..written.clone() })
            }
            Command::SetSchema(set) => {
                let written = &set.object.name;
                (set.kind, written, QualifiedName { schema: Some(set.to.clone()), ..written.clone() })
            }
            _ => continue,
        };
        let old = place.known_before(written);
        // With IF EXISTS there may have been nothing to rename; a block may rename what it has created.
        let renamed = place.after().schema.resolve(&new, &place.after().session.search_path());
        let is_old = renamed.is_some_and(|relation| scene.is_old(relation));
        if !is_queried(kind) || !is_old || has_stand_in(&place, written) {
            continue;
        }
        let old_name = old.map_or_else(|| written.to_string(), |relation| relation.display_name());
        findings.at(
            &place,
            format!("Queries that name {old_name} fail (42P01) from COMMIT on, until all code says {new}."),
            format!(
                "CREATE VIEW {written} AS SELECT * FROM {new} in the same transaction, and drop the view once no code uses it."
            ),
        );
    }
}

/// Was a schema of that name taken to exist, by this statement or before it?
fn is_assumed(place: &Place, schema: &str) -> bool {
    let known = place.before().schema.namespaces.get(schema);
    known.is_none_or(|known| known.origin == Origin::Assumed)
}

fn is_queried(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::ForeignTable
    )
}

/// Is there a relation of the old name again when the migration ends?
fn has_stand_in(place: &Place, written: &QualifiedName) -> bool {
    let after = &place.run().after;
    after.schema.resolve(written, &place.before().session.search_path()).is_some()
}
