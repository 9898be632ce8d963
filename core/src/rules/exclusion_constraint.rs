//! ADD CONSTRAINT … EXCLUDE on a table in use.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::simulate::WorkKind;
use crate::sql::command::ConstraintKind;

pub(super) static RULE: Rule = Rule {
    id: "exclusion-constraint",
    severity: Severity::Danger,
    axis: Axis::Availability,
    aliases: &["eugene:E8", "strong_migrations:add_exclusion_constraint", "migrationpilot:MP031"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "An exclusion constraint builds its index while nobody can read or write the table",
    why: "ADD CONSTRAINT … EXCLUDE takes ACCESS EXCLUSIVE, builds its index and compares every row with the others \
while it holds it. There is no NOT VALID for it, no USING INDEX and no CONCURRENTLY; one conflict fails the migration (23P01).

It does not apply to tables that these files created and nothing has filled, nor to small ones.

Create a new table with the constraint, copy the rows in batches while writes go to both, and swap; or do it in a \
maintenance window.",
    manual: "CREATE TABLE: EXCLUDE",
    bad: &[
        "SET lock_timeout = '5s';\nALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&);",
    ],
    good: &["CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange, EXCLUDE USING gist (during WITH &&));"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for alteration in scene.alterations() {
        let is_exclusion = |kind: &ConstraintKind| matches!(kind, ConstraintKind::Exclude { .. });
        if alteration.heavy(WorkKind::BuildIndex).is_none()
            || !alteration.added_constraints().iter().any(|(definition, _)| is_exclusion(&definition.kind))
        {
            continue;
        }
        findings.at(
            &alteration.place,
            format!(
                "The exclusion constraint builds its index on {} under ACCESS EXCLUSIVE: reads and writes wait until every row is compared, and one conflict fails the migration (23P01).",
                alteration.sized_name()
            ),
            "There is no concurrent form: copy the rows in batches into a new table that has the constraint and swap the two, or take a maintenance window.",
        );
    }
}
