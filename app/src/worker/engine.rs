//! The one place where the page's world meets the reviewer's.

use std::cell::OnceCell;

use lockstep_core::layout::Script;
use lockstep_core::report::{json, readme};
use lockstep_core::rollback::{self, Written};
use lockstep_core::settings::TransactionMode;
use lockstep_core::{Review, Workspace, configuration};

use super::colour::coloured;
use super::{arrangement, schema};
use crate::preview::preview;
use crate::protocol::{
    Against, Job, Moment, Readme, Reviewed, SchemaShown, ScriptTokens, Settings, Slot, Token, Transaction,
    WayBack,
};

/// The reviewer and its last review.
#[derive(Default)]
pub struct Engine {
    last: Option<Review>,
    /// Where tables stand in diagrams of the last review, once that was asked for.
    slots: OnceCell<Vec<Slot>>,
}

impl Engine {
    /// Reviews the files and keeps the review.
    pub fn review(&mut self, job: Job) -> Reviewed {
        // Not two reviews in memory at a time.
        *self = Engine::default();
        let mut workspace = Workspace::new();
        for (path, bytes) in job.files {
            workspace.add(path, bytes);
        }
        let review = lockstep_core::review(&workspace, &settings(job.settings, &workspace));
        let of_migrations = review.history.migrations.iter().map(|migration| ScriptTokens {
            up: tokens(&migration.up),
            down: migration.down.as_ref().map(tokens).unwrap_or_default(),
        });
        let reviewed = Reviewed {
            document: json::document(&review),
            tokens: of_migrations.collect(),
            tokens_of_all: review.history.down_of_all.as_ref().map(tokens).unwrap_or_default(),
        };
        self.last = Some(review);
        reviewed
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
        let reviewed = engine.review(Job { files, settings: Settings::default() });
        assert_eq!(reviewed.document.migrations.len(), reviewed.tokens.len());
        assert_eq!(reviewed.tokens[0].up[0], Token { start: 0, length: 6, kind: TokenKind::Keyword });
        let of = |migration| Moment { migration, statements: None };
        let shown = engine.schema(of(0), Against::default()).unwrap();
        assert_eq!(shown.objects[0].name, "a");
        assert_eq!(engine.schema(of(99), Against::default()), None);
    }
}
