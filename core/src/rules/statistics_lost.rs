//! A column that the planner knows nothing of.

use super::{Axis, Docs, Findings, Place, Rule, Scene};
use crate::report::json::Severity;
use crate::schema::{Id, Relation};
use crate::sorted::Map;
use crate::sql::Command;
use crate::sql::command::{AlterAction, IndexKey};

pub(super) static RULE: Rule = Rule {
    id: "statistics-lost",
    severity: Severity::Advice,
    axis: Axis::Availability,
    aliases: &["migrationpilot:MP088", "strong_migrations:auto_analyze", "pg-schema-diff:IMPACTS_DATABASE_PERFORMANCE"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A column's statistics are lost or not there yet, and nothing here runs ANALYZE",
    why: "ALTER COLUMN … TYPE removes the column's statistics, and an index on an expression has none of its own until \
ANALYZE runs. Autovacuum does not count a rewrite as changed rows, so it may take days until it does: \
meanwhile the planner guesses, and a query may choose a plan that is slower by orders of magnitude.

It does not apply when ANALYZE follows in the set, nor to small tables or ones that nothing has filled. \
ANALYZE the table after the change; it takes only SHARE UPDATE EXCLUSIVE.",
    manual: "Routine Vacuuming: Updating Planner Statistics",
    bad: &["CREATE INDEX CONCURRENTLY users_mail ON users (lower(mail));"],
    good: &["CREATE INDEX CONCURRENTLY users_mail ON users (lower(mail));\nANALYZE users;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    // For each table, where it was analyzed last; a bare ANALYZE is of all of them.
    let mut analyzed: Map<Id, (usize, usize)> = Map::default();
    let mut all = None;
    for place in scene.places() {
        let Command::Vacuum(vacuum) = place.command() else { continue };
        let here = (place.migration, place.index);
        if vacuum.analyze && vacuum.tables.is_empty() {
            all = Some(here);
        }
        for table in vacuum.tables.iter().filter(|_| vacuum.analyze).filter_map(|(name, _)| place.relation(name)) {
            analyzed.insert(table.id, here);
        }
    }
    let mut tell = |place: Place, table: &Relation, message: String| {
        let here = Some((place.migration, place.index));
        if place.is_in_use(table.id) && analyzed.get(&table.id).copied() < here && all < here {
            findings.at(&place, message, format!("ANALYZE {} afterwards.", table.sql_name()));
        }
    };
    for (place, command) in scene.commands() {
        let Command::CreateIndex(create) = command else { continue };
        if let Some(table) = place.relation(&create.table)
            && create.elements.iter().any(|element| matches!(element.key, IndexKey::Expression(_)))
        {
            tell(place, table, format!("The planner knows nothing of the expression's values until {} is analyzed.", table.display_name()));
        }
    }
    for alteration in scene.alterations() {
        if let AlterAction::AlterType { column, .. } = alteration.action {
            let message = format!("The statistics of {}.{column} are gone until the table is analyzed.", alteration.name());
            tell(alteration.place, alteration.relation, message);
        }
    }
}
