//! What a migration drops that no file describes: the table is only assumed, and so is what it had. That it was there is
//! certain all the same, or the migration would fail.

use crate::schema::{Id, Origin, Schema};
use crate::sql::command::AlterAction;
use crate::sql::{Command, Name};
use crate::timeline::Run;

/// A column or constraint that an up drops, and that no file describes.
pub(super) struct Undescribed {
    table: Id,
    name: Name,
    is_column: bool,
    /// As a difference calls it: `column public.orders.note`.
    pub object: String,
}

/// Those that the ups drop.
pub(super) fn dropped(ups: &[&Run]) -> Vec<Undescribed> {
    let mut found = Vec::new();
    for up in ups {
        for (index, statement) in up.statements.iter().enumerate() {
            let Command::AlterTable(alter) = &statement.command else { continue };
            let before = up.state_before(index);
            let resolved = before.schema.resolve(&alter.name, &before.session.search_path());
            // A table that no statement named before this one is assumed by it.
            let after = &up.moments[index].step.after;
            let relation =
                resolved.or_else(|| after.schema.resolve(&alter.name, &after.session.search_path()));
            let Some(relation) = relation.filter(|relation| relation.origin == Origin::Assumed) else {
                continue;
            };
            if up.moments[index].step.error.is_some() {
                continue;
            }
            let table = resolved.and_then(|relation| relation.table());
            for action in &alter.actions {
                let (name, is_column) = match action {
                    AlterAction::DropColumn { column, if_exists: false, .. } => (column, true),
                    AlterAction::DropConstraint { name, if_exists: false, .. } => (name, false),
                    _ => continue,
                };
                let is_described = table.is_some_and(|table| match is_column {
                    true => table.column(name).is_some_and(|column| column.origin != Origin::Assumed),
                    false => table.constraint(name).is_some(),
                });
                if !is_described {
                    let kind = if is_column { "column" } else { "constraint" };
                    found.push(Undescribed {
                        table: relation.id,
                        name: name.clone(),
                        is_column,
                        object: format!("{kind} {}.{name}", relation.display_name()),
                    });
                }
            }
        }
    }
    found
}

impl Undescribed {
    /// Is there something of that name in this catalog?
    pub fn is_in(&self, schema: &Schema) -> bool {
        let table = schema.relation(self.table).and_then(|relation| relation.table());
        table.is_some_and(|table| match self.is_column {
            true => table.column(&self.name).is_some(),
            false => table.constraint(&self.name).is_some(),
        })
    }

    /// The data that are gone for good, whatever comes back.
    pub fn lost(&self) -> Option<String> {
        self.is_column.then(|| format!("{}: the migration dropped its values", self.object))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Settings, Workspace, review};

    /// Verdict, what is not restored, what cannot be told and what is lost.
    fn judged(up: &str, down: &str) -> (&'static str, Vec<String>, Vec<String>, Vec<String>) {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", up);
        workspace.add("rollback/001_rollback.sql", down);
        let mut review = review(&workspace, &Settings::default());
        let way = review.ways_back.remove(0);
        (way.verdict.name(), way.differences, way.unknown, way.lost)
    }

    #[test]
    fn what_was_dropped_and_is_not_made_again_is_missing() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let gone = lines(&["column public.a.b: the migration dropped its values"]);
        let up = "ALTER TABLE a DROP COLUMN b;";
        assert_eq!(
            judged(up, "ALTER TABLE a DROP COLUMN c;"),
            ("incomplete", lines(&["column public.a.b is missing"]), lines(&[]), gone.clone())
        );
        assert_eq!(
            judged(up, "ALTER TABLE a ADD COLUMN b int;"),
            (
                "unknown",
                lines(&[]),
                lines(&["column public.a.b: the files do not say what it was before"]),
                gone
            )
        );
        assert_eq!(
            judged("ALTER TABLE a DROP CONSTRAINT b;", "SELECT 1;"),
            ("incomplete", lines(&["constraint public.a.b is missing"]), lines(&[]), lines(&[]))
        );
        // What may not have been there is not missed.
        assert_eq!(judged("ALTER TABLE a DROP COLUMN IF EXISTS b;", "SELECT 1;").1, lines(&[]));
    }
}
