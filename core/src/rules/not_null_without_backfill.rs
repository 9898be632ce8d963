//! NOT NULL on a column that nothing has filled.

use super::backfill::{Filled, filled_before, made_not_null};
use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;

pub(super) static RULE: Rule = Rule {
    id: "not-null-without-backfill",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["atlas:MF104", "squawk:adding-not-nullable-field"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column that these files added without a default is made NOT NULL, and nothing has filled it",
    why: "A column that is added without a default is NULL in every row that is there. `SET DEFAULT` changes nothing of \
that: it is for rows to come. SET NOT NULL then fails with 23502 as soon as the table holds one row.

It does not apply when the column was added with a default (PostgreSQL gives it to the old rows at no cost), when an UPDATE \
filled it, nor to tables that these files created and nothing has filled.

Add the column with its default, or fill it in batches before it becomes NOT NULL.",
    manual: "ALTER TABLE: SET/DROP NOT NULL",
    bad: &[
        "ALTER TABLE orders ADD COLUMN region text;\nALTER TABLE orders ALTER COLUMN region SET DEFAULT 'eu', ALTER COLUMN region SET NOT NULL;",
    ],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let Some(column) = made_not_null(alteration.action) else { continue };
        let place = &alteration.place;
        if !place.may_hold_rows(alteration.relation.id) {
            continue;
        }
        let Filled::Never { added } = filled_before(&alteration, column) else { continue };
        // Between two migrations the application may have filled it.
        let (severity, unless) = match added.migration == place.migration {
            true => (Severity::Danger, ""),
            false => (Severity::Warning, " Unless something outside of these files has filled it,"),
        };
        findings.at_with(
            severity,
            place,
            format!(
                "{column} was added on {} without a default and nothing here has filled it since.{unless} SET NOT NULL fails (23502) if {} holds a single row.",
                added.seen_from(place),
                alteration.name()
            ),
            format!("Add {column} with a default, which costs nothing when it is constant, or fill it in batches first."),
        );
    }
}
