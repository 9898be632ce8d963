//! What a migration takes away or changes without any file saying what it was: the table is only assumed, and so is what it
//! had. Nobody can write that again. That it was there is certain all the same, or the migration would fail.

use crate::schema::{Id, Origin, Schema};
use crate::sql::command::{AlterAction, ObjectKind};
use crate::sql::{Command, Name, QualifiedName};
use crate::timeline::Run;

/// Something that an up drops or changes, and that no file describes.
pub(super) struct Undescribed {
    /// The table that it is a part of.
    part: Option<(Id, Part)>,
    /// As a difference calls it: `column public.orders.note`.
    pub object: String,
    /// Dropped for certain, and not only IF EXISTS.
    pub is_dropped: bool,
    /// Why it is not written again.
    why: &'static str,
}

/// A part of a table.
enum Part {
    Column(Name),
    Constraint(Name),
}

const WHAT_IT_WAS: &str = "the files do not say what it was";

/// All that the ups drop or change in this way.
pub(super) fn touched(ups: &[&Run]) -> Vec<Undescribed> {
    let mut found = Vec::new();
    for up in ups {
        for (index, statement) in up.statements.iter().enumerate() {
            let step = &up.moments[index].step;
            if step.error.is_some() {
                continue;
            }
            let before = up.state_before(index);
            let known = |name: &QualifiedName| before.schema.resolve(name, &before.session.search_path());
            match &statement.command {
                Command::Drop(drop) => {
                    for object in &drop.objects {
                        let relation = known(&object.name);
                        if relation.map_or(step.assumed.is_empty(), |relation| !relation.presumed) {
                            continue;
                        }
                        let schema = relation.map(|relation| relation.schema.clone());
                        let schema = schema.or_else(|| object.name.schema.clone());
                        let schema = schema.unwrap_or_else(|| "public".into());
                        let kind = match drop.kind {
                            ObjectKind::Index => "index ",
                            ObjectKind::View => "view ",
                            ObjectKind::Table => "table ",
                            _ => "",
                        };
                        found.push(Undescribed {
                            object: format!("{kind}{schema}.{}", object.name.name),
                            part: None,
                            is_dropped: false,
                            why: WHAT_IT_WAS,
                        });
                    }
                }
                Command::AlterTable(alter) => {
                    // A table that no statement named before this one is assumed by it.
                    let after = &step.after;
                    let relation = known(&alter.name)
                        .or_else(|| after.schema.resolve(&alter.name, &after.session.search_path()));
                    let Some(relation) = relation.filter(|own| own.origin == Origin::Assumed) else {
                        continue;
                    };
                    let table = known(&alter.name).and_then(|relation| relation.table());
                    for action in &alter.actions {
                        let Some((part, why, is_dropped)) = part(action) else { continue };
                        let shown = relation.display_name();
                        let (object, is_described) = match &part {
                            Part::Column(name) => {
                                let column = table.and_then(|table| table.column(name));
                                let is_described = column.is_some_and(|own| own.origin != Origin::Assumed);
                                (format!("column {shown}.{name}"), is_described)
                            }
                            Part::Constraint(name) => {
                                let is_described = table.is_some_and(|own| own.constraint(name).is_some());
                                (format!("constraint {name} on {shown}"), is_described)
                            }
                        };
                        if !is_described {
                            found.push(Undescribed {
                                object,
                                part: Some((relation.id, part)),
                                is_dropped,
                                why,
                            });
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// What an action takes away or changes, why that is not written again, and whether it is dropped for certain.
fn part(action: &AlterAction) -> Option<(Part, &'static str, bool)> {
    let (column, why) = match action {
        AlterAction::DropConstraint { name, if_exists, .. } => {
            return Some((Part::Constraint(name.clone()), WHAT_IT_WAS, !if_exists));
        }
        AlterAction::DropColumn { column, if_exists, .. } => {
            return Some((Part::Column(column.clone()), WHAT_IT_WAS, !if_exists));
        }
        AlterAction::AlterType { column, .. } => (column, "the files do not say of what type it was"),
        AlterAction::SetDefault { column, .. } | AlterAction::DropDefault { column } => {
            (column, "the files do not say which default it had")
        }
        AlterAction::SetNotNull { column } | AlterAction::DropNotNull { column } => {
            (column, "the files do not say whether it was NOT NULL")
        }
        _ => return None,
    };
    Some((Part::Column(column.clone()), why, false))
}

impl Undescribed {
    /// Has its table a part of that name in this catalog?
    pub fn is_in(&self, schema: &Schema) -> bool {
        let Some((table, part)) = &self.part else { return false };
        let table = schema.relation(*table).and_then(|relation| relation.table());
        table.is_some_and(|table| match part {
            Part::Column(name) => table.column(name).is_some(),
            Part::Constraint(name) => table.constraint(name).is_some(),
        })
    }

    /// What is not as it was before, one line.
    pub fn missing(&self) -> String {
        format!("{} is missing: {}", self.object, self.why)
    }

    /// What cannot be told or written, one line.
    pub fn unknown(&self) -> String {
        format!("{}: {}", self.object, self.why)
    }

    /// The data that are gone for good, whatever comes back.
    pub fn lost(&self) -> Option<String> {
        let is_column = matches!(self.part, Some((_, Part::Column(_)))) && self.is_dropped;
        is_column.then(|| format!("{}: the migration dropped its values", self.object))
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
            (
                "incomplete",
                lines(&["column public.a.b is missing: the files do not say what it was"]),
                lines(&[]),
                gone.clone()
            )
        );
        assert_eq!(
            judged(up, "ALTER TABLE a ADD COLUMN b int;"),
            ("unknown", lines(&[]), lines(&["column public.a.b: the files do not say what it was"]), gone)
        );
        assert_eq!(
            judged("ALTER TABLE a DROP CONSTRAINT b;", "SELECT 1;"),
            (
                "incomplete",
                lines(&["constraint b on public.a is missing: the files do not say what it was"]),
                lines(&[]),
                lines(&[])
            )
        );
        // What comes back under its name may be what it was.
        assert_eq!(
            judged(
                "ALTER TABLE a DROP CONSTRAINT b; ALTER TABLE a ADD CONSTRAINT b CHECK (c > 0);",
                "ALTER TABLE a DROP CONSTRAINT b; ALTER TABLE a ADD CONSTRAINT b CHECK (c > 1);"
            ),
            (
                "unknown",
                lines(&[]),
                lines(&["constraint b on public.a: the files do not say what it was"]),
                lines(&[])
            )
        );
        // What may not have been there is not missed.
        assert_eq!(judged("ALTER TABLE a DROP COLUMN IF EXISTS b;", "SELECT 1;").1, lines(&[]));
    }
}
