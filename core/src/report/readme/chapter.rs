//! What the parts of the README look at: one migration with everything that is known of it.

use super::naming;
use crate::Review;
use crate::layout::Migration;
use crate::report::markup;
use crate::rollback::{Verdict, WayBack};
use crate::schema::Relation;
use crate::sql::{Command, Dml, QualifiedName, Statement};
use crate::timeline::{Moment, Run};

/// One migration under review.
#[derive(Clone, Copy)]
pub(super) struct Chapter<'a> {
    pub review: &'a Review,
    pub index: usize,
}

/// The migrations under review, in order.
pub(super) fn chapters(review: &Review) -> Vec<Chapter<'_>> {
    let migrations = review.history.migrations.iter().enumerate();
    migrations.filter(|(_, m)| m.under_review).map(|(index, _)| Chapter { review, index }).collect()
}

impl<'a> Chapter<'a> {
    pub fn migration(&self) -> &'a Migration {
        &self.review.history.migrations[self.index]
    }

    pub fn up(&self) -> &'a Run {
        &self.review.timeline.ups[self.index]
    }

    /// Is there no way back, and something to undo?
    pub fn lacks_way_back(&self) -> bool {
        let does_something = self.migration().up.missing || !self.up().statements.is_empty();
        self.way_back().verdict == Verdict::Missing
            && self.review.history.down_of_all.is_none()
            && does_something
    }

    pub fn way_back(&self) -> &'a WayBack {
        &self.review.ways_back[self.index]
    }

    /// The statements that run, each with what it did.
    pub fn moments(&self) -> impl Iterator<Item = (usize, &'a Statement, &'a Moment)> + use<'a> {
        let run = self.up();
        run.statements
            .iter()
            .zip(&run.moments)
            .enumerate()
            .map(|(index, (statement, moment))| (index, statement, moment))
    }

    /// The rows that it changes: the statements' own, and those of DO blocks (with true).
    pub fn data_changes(&self) -> impl Iterator<Item = (usize, &'a Dml, bool)> + use<'a> {
        self.moments().filter(|(_, _, moment)| moment.step.error.is_none()).flat_map(
            |(index, statement, moment)| {
                let own = match &statement.command {
                    Command::Dml(dml) => Some((index, dml, false)),
                    _ => None,
                };
                let inner = moment.step.inner.iter().filter_map(move |inner| match &*inner.command {
                    Command::Dml(dml) => Some((index, dml, true)),
                    _ => None,
                });
                own.into_iter().chain(inner)
            },
        )
    }

    /// The relation that a statement names.
    pub fn relation(&self, statement: usize, written: &QualifiedName) -> Option<&'a Relation> {
        let run = self.up();
        let (before, after) = (run.state_before(statement), &run.moments[statement].step.after);
        let find =
            |state: &'a crate::simulate::State| state.schema.resolve(written, &state.session.search_path());
        find(before).or_else(|| find(after)).map(|relation| &**relation)
    }

    /// What to call the migration by: its version, or its name on disk where it has no number, or shares it with another.
    pub fn label(&self) -> String {
        let migration = self.migration();
        let same = self.review.history.migrations.iter().filter(|other| other.version == migration.version);
        let is_number = migration.version.starts_with(|c: char| c.is_ascii_digit());
        markup::code(&if is_number && same.count() == 1 {
            migration.version.clone()
        } else {
            naming::on_disk(migration)
        })
    }

    /// Was the relation there before this migration?
    pub fn was_there(&self, relation: &Relation) -> bool {
        relation.origin == crate::schema::Origin::Assumed
            || self.up().before.schema.relation(relation.id).is_some()
    }

    /// `schema.name` without `public.`, of what a statement names.
    pub fn shown(&self, statement: usize, written: &QualifiedName) -> String {
        match self.relation(statement, written) {
            Some(relation) => markup::short(&relation.display_name()).to_owned(),
            None => markup::short(&written.to_string().replace('"', "")).to_owned(),
        }
    }

    /// The line of a statement in its file.
    pub fn line(&self, statement: usize) -> u32 {
        let file = self.review.workspace.file(self.migration().up.file);
        file.position(self.up().statements[statement].range.start).line
    }
}
