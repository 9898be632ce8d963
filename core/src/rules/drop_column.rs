//! DROP COLUMN.

use super::writes::writes;
use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Schema;
use crate::sql::command::AlterAction;
use crate::sql::{Dml, Name};

pub(super) static RULE: Rule = Rule {
    id: "drop-column",
    severity: Severity::Danger,
    axis: Axis::Data,
    aliases: &[
        "squawk:ban-drop-column",
        "atlas:DS103",
        "strong_migrations:remove_column",
        "django-migration-linter:DROP_COLUMN",
    ],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column is dropped: its data is gone, and code that still names it fails",
    why: "The values are gone for good: a down script can bring back the column, not what was in it. Indexes and \
constraints that use it go with it without a word. And until every process runs code that no longer names the column, \
queries fail with 42703; ORMs name every column that they know, also in SELECT and RETURNING.

It does not apply to columns that these files added themselves, nor to tables that they created, nor where the transaction has copied \
the values and gives another column the name.

First deploy code that neither reads nor writes the column, make it nullable or give it a default; drop it in a later \
release, after a copy or a backup. The drop itself takes ACCESS EXCLUSIVE but reads nothing.",
    manual: "Modifying Tables: Removing a Column",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN legacy_code;",
        "DO $$ BEGIN\n  ALTER TABLE orders DROP COLUMN IF EXISTS legacy_code;\nEND $$;",
    ],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region text;\nALTER TABLE orders DROP COLUMN region;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let AlterAction::DropColumn { column, .. } = alteration.action else { continue };
        let is_table = alteration.relation.table().is_some();
        if !is_table || !scene.is_old_column(alteration.relation, column) {
            continue;
        }
        let is_copied = is_copied(&alteration, column);
        if is_copied && alteration.place.in_transaction() && is_replaced(&alteration, column) {
            continue;
        }
        let along = goes_along(&alteration);
        let along =
            if along.is_empty() { String::new() } else { format!(" With it go {}.", along.join(", ")) };
        findings.at(
            &alteration.place,
            match (alteration.name(), is_copied) {
                (name, true) => format!("Code that still names {name}.{column}, whose values have been copied, fails (42703).{along}"),
                (name, false) => format!("All data in {name}.{column} is lost, and code that still names the column fails (42703).{along}"),
            },
            "Deploy code that no longer names the column first, keep a copy of the data, and drop the column in a later release.",
        );
    }
}

/// Has the migration written the column's values into another one?
fn is_copied(alteration: &Alteration, column: &Name) -> bool {
    alteration.place.earlier_in_migration().flat_map(writes).any(|write| {
        let Dml::Update { assignments, .. } = write.dml else { return false };
        let name = name_in(alteration, column, &write.place.before().schema);
        write.table.id == alteration.relation.id && assignments.iter().any(|(_, value)| value.columns().contains(&name))
    })
}

/// Does another column bear, after the migration, the name that this one had before it?
fn is_replaced(alteration: &Alteration, column: &Name) -> bool {
    let run = alteration.place.run();
    let name = name_in(alteration, column, &run.before.schema);
    let table = run.after.schema.relation(alteration.relation.id).and_then(|relation| relation.table());
    table.is_some_and(|own| own.column(&name).is_some())
}

/// What the column was called at that time; what it is called now where that is not known.
fn name_in(alteration: &Alteration, column: &Name, schema: &Schema) -> Name {
    let number = alteration.column_before(column).map(|own| own.number);
    let then = schema.relation(alteration.relation.id).and_then(|relation| relation.table());
    let found = number.and_then(|number| then?.numbered(number));
    found.map_or_else(|| column.clone(), |own| own.name.clone())
}

/// The indexes and constraints of the table that are gone after the statement.
fn goes_along(alteration: &Alteration) -> Vec<String> {
    let (before, after) = (&alteration.place.before().schema, &alteration.place.after().schema);
    let table = alteration.relation.id;
    let mut gone: Vec<String> = before
        .indexes_of(table)
        .filter(|(relation, index)| !index.constraint && after.relation(relation.id).is_none())
        .map(|(relation, _)| format!("index {}", relation.name))
        .collect();
    let constraints = |schema: &Schema| {
        let table = schema.relation(table).and_then(|relation| relation.table());
        table.map(|table| table.constraints.clone()).unwrap_or_default()
    };
    let kept = constraints(after);
    for own in constraints(before) {
        let is_not_null = matches!(own.kind, crate::schema::ConstraintKind::NotNull(_));
        if !is_not_null && !kept.iter().any(|other| other.name == own.name) {
            gone.push(format!("constraint {}", own.name));
        }
    }
    gone
}
