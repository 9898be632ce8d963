//! The one place where the page's world meets the reviewer's.

use std::cell::OnceCell;

use lockstep_core::layout::{Migration, Script};
use lockstep_core::report::{json, readme};
use lockstep_core::rollback::{self, Written};
use lockstep_core::settings::TransactionMode;
use lockstep_core::{Review, Workspace, configuration};

use super::colour::coloured;
use super::{arrangement, schema};
use crate::edit::{JobEdit, ReviewEdit, places};
use crate::preview::preview;
use crate::protocol::{
    Against, Job, Moment, Readme, Reviewed, SchemaShown, ScriptTokens, Settings, Slot, Token, Transaction,
    WayBack,
};

/// The reviewer and its last review.
#[derive(Default)]
pub struct Engine {
    last: Option<Review>,
    /// What it was asked for and what it answered, of which the next question and answer tell what differs.
    told: Option<(Job, Reviewed)>,
    /// Where tables stand in diagrams of the last review, once that was asked for.
    slots: OnceCell<Vec<Slot>>,
}

impl Engine {
    /// Reviews the files and keeps the review.
    pub fn review(&mut self, edit: JobEdit) -> ReviewEdit {
        // Not two reviews in memory at a time.
        let Engine { last, told, .. } = std::mem::take(self);
        let told = told.filter(|_| edit.knows_last);
        let nothing = Job { files: Vec::new(), settings: Settings::default() };
        let job = edit.job(told.as_ref().map_or(&nothing, |(job, _)| job));
        let mut workspace = Workspace::new();
        for (path, bytes) in &job.files {
            workspace.add(path.clone(), bytes);
        }
        let settings = settings(job.settings.clone(), &workspace);
        let before = last.as_ref().map(|last| last.history.migrations.clone()).unwrap_or_default();
        let review = match last {
            Some(last) => lockstep_core::review_again(last, &workspace, &settings),
            None => lockstep_core::review(&workspace, &settings),
        };
        let told = told.map(|(_, reviewed)| reviewed);
        let migrations = &review.history.migrations;
        let tokens_of = |index: usize| {
            let (migration, count) = (&migrations[index], migrations.len());
            let known = told.iter().find_map(|told| {
                let place = places(index, count, before.len())
                    .find(|place| is_same(migration, before.get(*place)))?;
                told.tokens.get(place).cloned()
            });
            known.unwrap_or_else(|| ScriptTokens {
                up: tokens(&migration.up),
                down: migration.down.as_ref().map(tokens).unwrap_or_default(),
            })
        };
        let mut reviewed = Reviewed {
            document: json::document(&review),
            tokens: (0..migrations.len()).map(tokens_of).collect(),
            tokens_of_all: review.history.down_of_all.as_ref().map(tokens).unwrap_or_default(),
        };
        self.last = Some(review);
        let edit = ReviewEdit::of(&mut reviewed, told.as_ref());
        self.told = Some((job, reviewed));
        edit
    }

    /// The last review.
    pub fn last(&self) -> Option<&Review> {
        self.last.as_ref()
    }

    /// The schema at a moment, compared with another.
    pub fn schema(&self, moment: Moment, against: Against) -> Option<SchemaShown> {
        let timeline = &self.last.as_ref()?.timeline;
        let slots = self.slots.get_or_init(|| arrangement::arrange(timeline));
        let shown = schema::shown(timeline, moment, against)?;
        Some(SchemaShown { slots: slots.clone(), ..shown })
    }

    /// The migration README.
    pub fn readme(&self) -> Option<Readme> {
        let markdown = readme::render(self.last.as_ref()?);
        let html = preview(&markdown);
        Some(Readme { markdown, html })
    }

    /// A way back for a migration.
    pub fn way_back(&self, migration: usize) -> Option<WayBack> {
        let review = self.last.as_ref()?;
        let Written { path, same_file, text, .. } =
            rollback::written(&review.workspace, &review.history, &review.timeline, migration)?;
        Some(WayBack { path, same_file, text })
    }
}

/// What the files' own configuration sets, and what was chosen in the page before it.
fn settings(chosen: Settings, workspace: &Workspace) -> lockstep_core::Settings {
    let configured = configuration::read(workspace).map(configuration::Configuration::of_these_files);
    let own = configured.unwrap_or_default();
    let transaction = chosen.transaction.map(|transaction| match transaction {
        Transaction::PerMigration => TransactionMode::Single,
        Transaction::PerStatement => TransactionMode::None,
    });
    lockstep_core::Settings {
        postgres: chosen.postgres.unwrap_or(own.postgres),
        layout: chosen.layout.or(own.layout),
        transaction: transaction.or(own.transaction),
        since: chosen.since.or(own.since),
        stats: chosen.stats.or(own.stats),
        ..own
    }
}

/// Do both migrations hold the same scripts?
fn is_same(migration: &Migration, before: Option<&Migration>) -> bool {
    let is_same = |one: &Script, other: &Script| one.text == other.text && one.range == other.range;
    before.is_some_and(|before| {
        is_same(&migration.up, &before.up)
            && match (&migration.down, &before.down) {
                (Some(one), Some(other)) => is_same(one, other),
                (None, None) => true,
                _ => false,
            }
    })
}

/// The tokens of a script that have a colour.
fn tokens(script: &Script) -> Vec<Token> {
    coloured(&script.text, script.range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::TokenKind;

    #[test]
    fn what_is_chosen_comes_before_the_configuration() {
        let mut workspace = Workspace::new();
        workspace.add("lockstep.toml", "pg = 16");
        for (postgres, expected) in [(None, 16), (Some(14), 14), (Some(18), 18)] {
            assert_eq!(settings(Settings { postgres, ..Settings::default() }, &workspace).postgres, expected);
        }
    }

    #[test]
    fn a_review_comes_with_schema_and_colours() {
        let mut engine = Engine::default();
        assert_eq!(engine.schema(Moment::default(), Against::default()), None);
        let files =
            vec![("1.sql".into(), b"CREATE TABLE a (id int);".to_vec()), ("2.sql".into(), b"\xff".to_vec())];
        let job = Job { files, settings: Settings::default() };
        let reviewed = engine.review(JobEdit::of(&job, None)).reviewed(&[], &[]).unwrap();
        assert_eq!(reviewed.document.migrations.len(), reviewed.tokens.len());
        assert_eq!(reviewed.tokens[0].up[0], Token { start: 0, length: 6, kind: TokenKind::Keyword });
        let of = |migration| Moment { migration, statements: None };
        let shown = engine.schema(of(0), Against::default()).unwrap();
        assert_eq!(shown.objects[0].name, "a");
        assert_eq!(engine.schema(of(99), Against::default()), None);
    }
}
