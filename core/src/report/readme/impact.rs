//! What becomes of the data that is there, and of the application that is running.

use super::chapter::Chapter;
use super::locking::is_felt;
use crate::report::markup::{and, code, short};
use crate::schema::{Relation, Rows};
use crate::sql::command::{
    AlterAction, AlterEnum, AlterTable, ColumnDefinition, ConstraintDefinition, ConstraintKind, Drop,
    EnumAction, ObjectKind, Rename,
};
use crate::sql::{Command, Dml};

/// What a migration does to others, in the order of its statements.
#[derive(Default)]
pub(super) struct Impact {
    data: Lines,
    /// What the running release does and can no longer do.
    breaking: Lines,
    /// New rules that the running release may not keep.
    stricter: Lines,
    /// What it notices, and can live with.
    noticed: Lines,
}

/// Which releases of the application a migration goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The running one, and one that uses what is new.
    Additive,
    /// Those that keep the new rules already.
    NeedsBoth,
    /// Only one that no longer uses what goes.
    Breaking,
}

impl Fit {
    pub fn name(self) -> &'static str {
        match self {
            Fit::Additive => "additive",
            Fit::NeedsBoth => "needs both",
            Fit::Breaking => "breaking",
        }
    }

    /// What that means for the releases before and after, in Markdown.
    pub fn sentence(self) -> &'static str {
        match self {
            Fit::Additive => {
                "**Additive.** The running release goes on as it is: nothing that it knows is removed, renamed or made stricter. The release that uses what is new comes afterwards."
            }
            Fit::NeedsBoth => {
                "**Needs both.** The old and the new release go on only if both keep the new rules: deploy what keeps them first."
            }
            Fit::Breaking => {
                "**Breaking.** The running release fails on it: deploy one that no longer uses what goes, and run it when the old one is gone."
            }
        }
    }
}

/// Sentences around names: what is true of several is said once.
#[derive(Default)]
struct Lines(Vec<Line>);

struct Line {
    before: String,
    names: Vec<String>,
    after: String,
}

impl Lines {
    fn say(&mut self, before: impl Into<String>, name: impl Into<String>, after: impl Into<String>) {
        let (before, name, after) = (before.into(), name.into(), after.into());
        match self.0.iter_mut().find(|line| line.before == before && line.after == after) {
            Some(line) if line.names.contains(&name) => {}
            Some(line) => line.names.push(name),
            None => self.0.push(Line { before, names: vec![name], after }),
        }
    }

    fn told(&self) -> Vec<String> {
        self.0.iter().map(|line| format!("{}{}{}", line.before, and(&line.names), line.after)).collect()
    }
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

    /// What becomes of the data that is there, a line each.
    pub fn on_data(&self) -> Vec<String> {
        self.data.told()
    }

    /// What the running release can no longer do or notices, a line each.
    pub fn on_application(&self) -> Vec<String> {
        [&self.breaking, &self.stricter, &self.noticed].into_iter().flat_map(Lines::told).collect()
    }

    /// Which releases it goes with.
    pub fn fit(&self) -> Fit {
        if !self.breaking.0.is_empty() {
            Fit::Breaking
        } else if !self.stricter.0.is_empty() {
            Fit::NeedsBoth
        } else {
            Fit::Additive
        }
    }

    fn note(&mut self, chapter: Chapter, at: usize, command: &Command) {
        match command {
            Command::AlterTable(alter) => self.note_alter(chapter, at, alter),
            Command::Drop(drop) => self.note_drop(chapter, at, drop),
            Command::Rename(rename) => self.note_rename(chapter, rename),
            Command::Dml(dml) => self.note_dml(chapter, at, dml),
            Command::Truncate(truncate) => truncate.tables.iter().for_each(|(table, _)| {
                self.data.say("Every row of ", code(&chapter.shown(at, table)), " is removed.")
            }),
            Command::CreateIndex(create) if create.unique => {
                let relation = chapter.relation(at, &create.table);
                if let Some(relation) = relation.filter(|own| chapter.was_there(own) && is_written(own)) {
                    let table = code(&chapter.shown(at, &create.table));
                    let name = create.name.as_deref().map_or_else(|| "the new index".to_owned(), code);
                    if has_rows(relation) {
                        self.data.say(
                            format!("Rows of {table} that are equal in the columns of "),
                            &name,
                            " make the build fail (23505).",
                        );
                    }
                    self.stricter.say(
                        format!("Writes to {table} that repeat a value of "),
                        &name,
                        " are refused from now on (23505).",
                    );
                }
            }
            Command::AlterEnum(AlterEnum { name, action: EnumAction::Rename { from, .. } }) => {
                self.breaking.say(
                    format!(
                        "The running release fails (22P02) where it gives {} the value ",
                        code(&name.to_string())
                    ),
                    code(from),
                    ".",
                )
            }
            Command::SetSchema(set) => self.breaking.say(
                "Statements that look for ",
                code(&set.object.name.to_string()),
                format!(" where it was fail; it is in schema {} now.", code(&set.to)),
            ),
            _ => {}
        }
    }

    fn note_alter(&mut self, chapter: Chapter, at: usize, alter: &AlterTable) {
        let Some(relation) = chapter.relation(at, &alter.name) else { return };
        if !chapter.was_there(relation) {
            return;
        }
        let table = short(&relation.display_name()).to_owned();
        let (filled, in_use) = (has_rows(relation), is_written(relation));
        let column_name = |column: &str| code(&format!("{table}.{column}"));
        for action in &alter.actions {
            match action {
                AlterAction::AddColumn { column, .. } => self.note_column(&table, column, filled),
                AlterAction::DropColumn { column, .. } => {
                    self.data.say("Destroyed: the values of ", column_name(column), ".");
                    self.breaking.say(
                        "Statements of the running release that name ",
                        column_name(column),
                        " fail (42703).",
                    );
                }
                AlterAction::AlterType { column, type_name, .. } => {
                    self.data.say(
                        format!("Converted to {}: the values of ", code(&type_name.text)),
                        column_name(column),
                        ".",
                    );
                    self.stricter.say(
                        "The running release meets another type than it knows in ",
                        column_name(column),
                        "; statements that it has prepared fail once (0A000).",
                    );
                }
                AlterAction::SetNotNull { column } if in_use => {
                    if filled {
                        self.data.say(
                            "A row without a value makes the migration fail (23502): ",
                            column_name(column),
                            ".",
                        );
                    }
                    self.stricter.say(
                        "Writes that give no value to ",
                        column_name(column),
                        " are refused from now on (23502).",
                    );
                }
                AlterAction::AddConstraint(constraint) if in_use => {
                    self.note_constraint(&table, constraint, filled);
                }
                AlterAction::RowSecurity { enable: true } => self.stricter.say(
                    "Row level security filters ",
                    code(&table),
                    ": a role without a policy that lets it sees no rows, the owner excepted.",
                ),
                AlterAction::ForceRowSecurity { force: true } => {
                    self.stricter.say("Row level security binds the owner too, on ", code(&table), ".");
                }
                _ => {}
            }
        }
    }

    fn note_constraint(&mut self, table: &str, constraint: &ConstraintDefinition, filled: bool) {
        let (kind, sqlstate) = match &constraint.kind {
            ConstraintKind::Check { .. } => ("the check", "23514"),
            ConstraintKind::ForeignKey(_) => ("the foreign key", "23503"),
            ConstraintKind::Unique(_) | ConstraintKind::PrimaryKey(_) => ("the key", "23505"),
            ConstraintKind::Exclude { .. } => ("the exclusion constraint", "23P01"),
            ConstraintKind::NotNull { .. } => ("NOT NULL", "23502"),
        };
        let named = constraint
            .name
            .as_deref()
            .map_or_else(|| kind.to_owned(), |name| format!("{kind} {}", code(name)));
        let table = code(table);
        if !constraint.enforced {
            return;
        }
        if !constraint.not_valid && filled {
            self.data.say(
                format!("A row of {table} that violates "),
                &named,
                format!(" makes the migration fail ({sqlstate})."),
            );
        }
        self.stricter.say(
            format!("Writes to {table} that violate "),
            &named,
            format!(" are refused from now on ({sqlstate})."),
        );
    }

    fn note_column(&mut self, table: &str, column: &ColumnDefinition, filled: bool) {
        let name = code(&format!("{table}.{}", column.name));
        match (&column.default, &column.generated, &column.identity) {
            (Some(default), _, _) => {
                self.data.say(format!("Rows that are there get {} in ", code(&default.sql)), name, ".");
            }
            (None, Some(_), _) | (None, _, Some(_)) => {
                self.data.say("Rows that are there get computed values in ", name, ".");
            }
            (None, None, None) if column.not_null() => {
                if filled {
                    self.data.say("A single row in the table makes the migration fail (23502): NOT NULL and no default in ", &name, ".");
                }
                self.breaking.say(
                    "Inserts of the running release are refused (23502), as it does not know ",
                    name,
                    ".",
                );
            }
            (None, None, None) => self.data.say("Rows that are there have no value in ", name, "."),
        }
    }

    fn note_drop(&mut self, chapter: Chapter, at: usize, drop: &Drop) {
        let before = &chapter.up().before;
        for object in &drop.objects {
            let name = code(&chapter.shown(at, &object.name));
            let was_there = before.schema.resolve(&object.name, &before.session.search_path()).is_some();
            match drop.kind {
                ObjectKind::Table | ObjectKind::ForeignTable if was_there => {
                    self.data.say("Destroyed: every row of ", &name, ".");
                    self.breaking.say("Statements of the running release that name ", name, " fail (42P01).");
                }
                ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence if was_there => {
                    self.breaking.say("Statements of the running release that name ", name, " fail (42P01).");
                }
                ObjectKind::Index if was_there => {
                    self.noticed.say(
                        "Queries find another way, or read the whole table, without the index ",
                        name,
                        ".",
                    );
                }
                ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
                    self.breaking.say("Calls fail (42883) of ", name, ".");
                }
                _ => {}
            }
        }
    }

    fn note_rename(&mut self, chapter: Chapter, rename: &Rename) {
        let before = &chapter.up().before;
        let Some(relation) = before.schema.resolve(&rename.object.name, &before.session.search_path()) else {
            return;
        };
        let table = short(&relation.display_name()).to_owned();
        let now = |sqlstate: &str| format!(" fail ({sqlstate}); it is {} now.", code(&rename.to));
        let naming = "Statements of the running release that name ";
        match (rename.kind, &rename.object.part) {
            (ObjectKind::Column, Some(column)) => {
                self.breaking.say(naming, code(&format!("{table}.{column}")), now("42703"));
            }
            (
                ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence,
                None,
            ) => {
                self.breaking.say(naming, code(&table), now("42P01"));
            }
            _ => {}
        }
    }

    fn note_dml(&mut self, chapter: Chapter, at: usize, dml: &Dml) {
        let table = code(&chapter.shown(at, dml.table()));
        match dml {
            Dml::Insert { .. } => self.data.say("Rows are inserted into ", table, "."),
            Dml::Update { assignments, condition, .. } => {
                let columns: Vec<_> = assignments.iter().map(|(column, _)| code(column)).collect();
                let which = if condition.is_some() { "the rows that its WHERE selects" } else { "every row" };
                self.data.say("An UPDATE of ", table, format!(", in {which}, sets {}.", and(&columns)));
            }
            Dml::Delete { condition: Some(_), .. } => {
                self.data.say("A DELETE removes the rows that its WHERE selects from ", table, ".");
            }
            Dml::Delete { condition: None, .. } => {
                self.data.say("A DELETE removes every row of ", table, ".")
            }
            Dml::Merge { .. } => self.data.say("Rows are merged into ", table, "."),
        }
    }
}

fn has_rows(relation: &Relation) -> bool {
    is_felt(relation.rows())
}

/// Does the running release write it? Not a table that nothing has filled since it was created.
pub(super) fn is_written(relation: &Relation) -> bool {
    relation.table().is_none_or(|table| table.rows != Rows::None)
}
