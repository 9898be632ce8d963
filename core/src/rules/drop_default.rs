//! Code that left a column out.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Origin;
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
    for alteration in scene.alterations() {
        let AlterAction::DropDefault { column: name } = alteration.action else { continue };
        let (place, table) = (&alteration.place, alteration.relation);
        let Some(column) = alteration.column_before(name) else { continue };
        let last = scene.last_table(table.id).and_then(|last| last.numbered(column.number));
        let stays = last.is_some_and(|last| last.not_null && last.default.is_none() && last.identity.is_none());
        if !column.not_null || column.default.is_none() || !stays || !place.is_in_use(table.id) {
            continue;
        }
        let began = &place.run().before.schema;
        let is_new = began.relation(table.id).and_then(|before| before.table()).is_some_and(|before| before.numbered(column.number).is_none());
        let is_new = is_new || began.relation(table.id).is_none() && column.origin == Origin::Created;
        let (severity, who) = if is_new {
            (Severity::Warning, "which the running application does, as the column is new")
        } else {
            (Severity::Advice, "if the application ever does")
        };
        findings.at_with(
            severity,
            place,
            format!("An INSERT into {} that leaves {name} out, {who}, fails from COMMIT on (23502).", alteration.name()),
            "Keep the default until every running release writes the column.",
        );
    }
}
