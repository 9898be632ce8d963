//! Code that left a column out.

use super::{Alteration, Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
use crate::sql::Name;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "drop-default",
    severity: Severity::Warning,
    axis: Axis::Compatibility,
    aliases: &["django-migration-linter:NOT_NULL", "strong_migrations:change_column_default"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A NOT NULL column loses its default, and code that does not name it fails",
    why: "An INSERT that leaves the column out worked by its default. From COMMIT on it fails with 23502, and the \
application that runs during the deployment does not know a column that the same migration added.

It does not apply to tables that nothing uses yet, to columns that may be NULL, nor when the default comes \
back here or the column goes. Where the column was there before, the code may name it: then it is only \
mentioned. Keep the default until every running release writes the column.",
    manual: "ALTER TABLE: SET/DROP DEFAULT",
    bad: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';\nALTER TABLE orders ALTER COLUMN state DROP DEFAULT;"],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let (mut new, mut old): (Vec<&Name>, Vec<&Name>) = (Vec::new(), Vec::new());
        let mut table = String::new();
        for alteration in place.alterations() {
            if let AlterAction::DropDefault { column } = alteration.action
                && let Some(is_new) = loses_default(&alteration, column)
            {
                table = alteration.name();
                if is_new { new.push(column) } else { old.push(column) }
            }
        }
        let (severity, columns, who) = if new.is_empty() {
            (Severity::Advice, old, "if the application ever does so")
        } else {
            (Severity::Warning, new, "as the running application does, which does not know what the migration added")
        };
        if !columns.is_empty() {
            let columns: Vec<String> = columns.into_iter().map(|column| column.to_string()).collect();
            findings.at_with(
                severity,
                &place,
                format!("An INSERT into {table} that leaves out {} fails from COMMIT on (23502), {who}.", columns.join(" or ")),
                "Keep the default until every running release writes the column.",
            );
        }
    }
}

/// Does a column that may not be NULL lose its default for good, and was it added by this migration?
fn loses_default(alteration: &Alteration, name: &Name) -> Option<bool> {
    let (place, table) = (&alteration.place, alteration.relation);
    let column = alteration.column_before(name).filter(|column| column.not_null && column.default.is_some())?;
    let last = place.scene.last_table(table.id)?.numbered(column.number)?;
    if !last.not_null || last.default.is_some() || last.identity.is_some() || !place.is_in_use(table.id) {
        return None;
    }
    Some(match place.run().before.schema.relation(table.id).and_then(|before| before.table()) {
        Some(before) => before.numbered(column.number).is_none(),
        None => column.origin == Origin::Created,
    })
}
