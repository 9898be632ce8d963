//! What becomes of the data that is there, and of the application that is running.

use super::chapter::Chapter;
use super::locking::is_felt;
use crate::report::markup::{code, short};
use crate::schema::{Relation, Rows};
use crate::sql::command::{AlterAction, AlterTable, ColumnDefinition, ConstraintKind, Drop, ObjectKind};
use crate::sql::{Command, Dml};

/// Lines on the data and lines on compatibility, each in the order of the statements.
#[derive(Default)]
pub(super) struct Impact {
    pub data: Vec<String>,
    pub compatibility: Vec<String>,
}

impl Impact {
    pub fn of(chapter: Chapter) -> Impact {
        let mut impact = Impact::default();
        for (index, statement, moment) in chapter.moments() {
            if moment.step.error.is_some() {
                continue;
            }
            impact.note(chapter, index, &statement.command);
            moment.step.inner.iter().for_each(|inner| impact.note(chapter, index, &inner.command));
        }
        impact
    }

    fn data(&mut self, line: String) {
        if !self.data.contains(&line) {
            self.data.push(line);
        }
    }

    fn breaks(&mut self, line: String) {
        if !self.compatibility.contains(&line) {
            self.compatibility.push(line);
        }
    }

    fn note(&mut self, chapter: Chapter, at: usize, command: &Command) {
        match command {
            Command::AlterTable(alter) => self.note_alter(chapter, at, alter),
            Command::Drop(drop) => self.note_drop(chapter, at, drop),
            Command::Rename(rename) => self.note_rename(chapter, rename),
            Command::Dml(dml) => self.note_dml(chapter, at, dml),
            Command::Truncate(truncate) => truncate.tables.iter().for_each(|(table, _)| {
                self.data(format!("Every row of {} is removed.", code(&chapter.shown(at, table))));
            }),
            Command::CreateIndex(create) if create.unique => {
                let relation = chapter.relation(at, &create.table);
                if relation.is_some_and(|relation| chapter.was_there(relation) && has_rows(relation)) {
                    let table = code(&chapter.shown(at, &create.table));
                    let name = create.name.as_deref().map_or_else(|| "the new index".to_owned(), code);
                    self.data(format!(
                        "Rows of {table} that are equal in the columns of {name} make the build fail (23505)."
                    ));
                    self.breaks(format!(
                        "Writes to {table} that repeat a value of {name} are refused from now on (23505)."
                    ));
                }
            }
            Command::SetSchema(set) => {
                let name = code(&set.object.name.to_string());
                self.breaks(format!(
                    "{name} is in schema {} now; what names the old place fails.",
                    code(&set.to)
                ));
            }
            _ => {}
        }
    }

    fn note_alter(&mut self, chapter: Chapter, at: usize, alter: &AlterTable) {
        let Some(relation) = chapter.relation(at, &alter.name) else { return };
        if !chapter.was_there(relation) {
            return;
        }
        let table = short(&relation.display_name()).to_owned();
        let filled = has_rows(relation);
        for action in &alter.actions {
            match action {
                AlterAction::AddColumn { column, .. } => self.note_column(&table, column, filled),
                AlterAction::DropColumn { column, .. } => {
                    let name = code(&format!("{table}.{column}"));
                    self.data(format!("The values of {name} are destroyed."));
                    self.breaks(format!("Statements of the running release that name {name} fail (42703)."));
                }
                AlterAction::AlterType { column, type_name, .. } => {
                    let name = code(&format!("{table}.{column}"));
                    self.data(format!("The values of {name} become {}.", code(&type_name.text)));
                    self.breaks(format!(
                        "The running release reads and writes {name} as another type; prepared statements fail once (0A000)."
                    ));
                }
                AlterAction::SetNotNull { column } if filled => {
                    let name = code(&format!("{table}.{column}"));
                    self.data(format!("A row without a value in {name} makes the migration fail (23502)."));
                    self.breaks(format!("Writes that leave {name} empty are refused from now on (23502)."));
                }
                AlterAction::AddConstraint(constraint) if filled => {
                    let what = match &constraint.kind {
                        ConstraintKind::Check { .. } => ("a check", "23514"),
                        ConstraintKind::ForeignKey(_) => ("a foreign key", "23503"),
                        ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_) => ("a unique key", "23505"),
                        ConstraintKind::Exclude { .. } => ("an exclusion constraint", "23P01"),
                        ConstraintKind::NotNull { .. } => ("NOT NULL", "23502"),
                    };
                    let named = constraint.name.as_deref().map_or_else(String::new, |name| format!(" {}", code(name)));
                    let table = code(&table);
                    if !constraint.not_valid && constraint.enforced {
                        self.data(format!("A row of {table} that violates {}{named} makes the migration fail ({}).", what.0, what.1));
                    }
                    if constraint.enforced {
                        self.breaks(format!("Writes to {table} that violate {}{named} are refused from now on ({}).", what.0, what.1));
                    }
                }
                AlterAction::RowSecurity { enable: true } => self.breaks(format!(
                    "Row level security filters {}: roles without a policy that lets them see no rows, the owner excepted.",
                    code(&table)
                )),
                AlterAction::ForceRowSecurity { force: true } => self.breaks(format!(
                    "Row level security of {} binds its owner too.",
                    code(&table)
                )),
                _ => {}
            }
        }
    }

    fn note_column(&mut self, table: &str, column: &ColumnDefinition, filled: bool) {
        let name = code(&format!("{table}.{}", column.name));
        match (&column.default, &column.generated, &column.identity) {
            (Some(default), _, _) => {
                self.data(format!("Rows that are there get {} in {name}.", code(&default.sql)));
            }
            (None, Some(_), _) | (None, _, Some(_)) => {
                self.data(format!("Rows that are there get computed values in {name}."));
            }
            (None, None, None) if column.not_null() => {
                if filled {
                    self.data(format!("{name} is NOT NULL without a default: a single row in the table makes the migration fail (23502)."));
                }
                self.breaks(format!(
                    "Inserts of the running release, which does not know {name}, are refused (23502)."
                ));
            }
            (None, None, None) => self.data(format!("Rows that are there have no value in {name}.")),
        }
    }

    fn note_drop(&mut self, chapter: Chapter, at: usize, drop: &Drop) {
        for object in &drop.objects {
            let name = code(&chapter.shown(at, &object.name));
            let before = &chapter.up().before;
            let was_there = before.schema.resolve(&object.name, &before.session.search_path()).is_some();
            match drop.kind {
                ObjectKind::Table | ObjectKind::ForeignTable if was_there => {
                    self.data(format!("Every row of {name} is destroyed."));
                    self.breaks(format!("Statements of the running release that name {name} fail (42P01)."));
                }
                ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence if was_there => {
                    self.breaks(format!("Statements of the running release that name {name} fail (42P01)."));
                }
                ObjectKind::Index if was_there => {
                    self.breaks(format!("Queries that relied on the index {name} read the whole table."));
                }
                ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
                    self.breaks(format!("Calls of {name} fail (42883)."));
                }
                _ => {}
            }
        }
    }

    fn note_rename(&mut self, chapter: Chapter, rename: &crate::sql::command::Rename) {
        let before = &chapter.up().before;
        let Some(relation) = before.schema.resolve(&rename.object.name, &before.session.search_path()) else {
            return;
        };
        let table = short(&relation.display_name()).to_owned();
        match (rename.kind, &rename.object.part) {
            (ObjectKind::Column, Some(column)) => self.breaks(format!(
                "Statements of the running release that name {} fail (42703); it is {} now.",
                code(&format!("{table}.{column}")),
                code(&rename.to)
            )),
            (
                ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence,
                None,
            ) => {
                self.breaks(format!(
                    "Statements of the running release that name {} fail (42P01); it is {} now.",
                    code(&table),
                    code(&rename.to)
                ));
            }
            _ => {}
        }
    }

    fn note_dml(&mut self, chapter: Chapter, at: usize, dml: &Dml) {
        let table = code(&chapter.shown(at, dml.table()));
        self.data(match dml {
            Dml::Insert { .. } => format!("Rows are inserted into {table}."),
            Dml::Update { assignments, condition, .. } => {
                let columns: Vec<_> = assignments.iter().map(|(column, _)| code(column)).collect();
                let which = if condition.is_some() { "rows that its WHERE selects" } else { "every row" };
                format!("{} of {table} is overwritten, in {which}.", crate::report::markup::and(&columns))
            }
            Dml::Delete { condition: Some(_), .. } => {
                format!("Rows of {table} that its WHERE selects are deleted.")
            }
            Dml::Delete { condition: None, .. } => format!("Every row of {table} is deleted."),
            Dml::Merge { .. } => format!("Rows are merged into {table}."),
        });
    }
}

fn has_rows(relation: &Relation) -> bool {
    is_felt(relation.table().map_or(Rows::Unknown, |table| table.rows))
}
