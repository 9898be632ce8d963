//! Several ALTER TABLEs where one would do.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::Id;
use crate::simulate::WorkKind;
use crate::sql::Command;
use crate::sql::command::AlterAction;

pub(super) static RULE: Rule = Rule {
    id: "alters-could-be-one",
    severity: Severity::Warning,
    axis: Axis::Availability,
    aliases: &["eugene:W12", "pglt:multipleAlterTable", "migrationpilot:MP058", "bytebase:207"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "Statements of one migration do the same slow work on a table one after the other",
    why: "Each ALTER TABLE that rewrites a table does so by itself, under ACCESS EXCLUSIVE; sub-commands of one ALTER \
TABLE share one rewrite, and checks one scan. Two rewrites are twice the outage: a warning. Without slow \
work, each only waits for its lock anew.

It does not apply when other statements stand between them, nor to tables that nothing uses yet, nor to NOT \
VALID with its VALIDATE, which belong in transactions of their own. Write the sub-commands behind one ALTER \
TABLE.",
    manual: "ALTER TABLE: Notes",
    bad: &["ALTER TABLE orders ALTER COLUMN total TYPE numeric;\nALTER TABLE orders ALTER COLUMN tax TYPE numeric;"],
    good: &["SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN tip int, ADD COLUMN note text;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    for (migration, _) in scene.reviewed() {
        let mut before: Option<Place> = None;
        for place in scene.places_of(migration) {
            let pair = before.replace(place).and_then(|first| Some((first, altered(&first)?, altered(&place)?)));
            let Some((first, earlier, table)) = pair else { continue };
            if earlier != table || !place.is_in_use(table) || place.alterations().any(|own| own.added_in_transaction().is_some()) {
                continue;
            }
            let name = place.relation_of(table).map(|found| found.display_name()).unwrap_or_default();
            let both = |kind| [first, place].iter().all(|own| own.heavy_work().any(|work| work.kind == kind && work.relation == table));
            if both(WorkKind::Rewrite) {
                findings.at(
                    &place,
                    format!("{name} is written anew here once more, right after line {}: twice the time under ACCESS EXCLUSIVE.", first.line()),
                    HELP,
                );
            } else {
                findings.at_with(Severity::Advice, &place, format!("{name} is altered on line {} too: one statement would wait for its lock once.", first.line()), HELP);
            }
        }
    }
}

const HELP: &str = "Write the sub-commands of both behind one ALTER TABLE, separated by commas.";

/// The table that an ALTER TABLE alters with sub-commands that others could join.
fn altered(place: &Place) -> Option<Id> {
    let Command::AlterTable(alter) = place.command() else { return None };
    let alone = |action: &AlterAction| {
        matches!(
            action,
            AlterAction::ValidateConstraint { .. } | AlterAction::AttachPartition { .. } | AlterAction::DetachPartition { .. }
        )
    };
    (place.step().error.is_none() && !alter.actions.iter().any(alone)).then(|| place.relation(&alter.name))?.map(|found| found.id)
}
