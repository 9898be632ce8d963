//! What the page knows: the reader's files and settings, the last review, what is looked at.
//!
//! Components read these signals and call these functions; nothing else changes them.

pub mod dialog;
pub mod filter;
pub mod input;
pub mod keep;
mod looking;
pub mod reviewer;
pub mod rewriting;
pub mod saved;
pub mod schema;
pub mod signing;
mod taking_in;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use lockstep_core::report::json::{Document, Script};
use lockstep_core::text::{SourceFile, Workspace};

use crate::page::browser::theme;
use crate::page::show::explorer::Taker;
use crate::protocol::{Answer, Paper, Readme, Request, Reviewed, ScriptTokens, Settings, Token, WayBack};
use crate::{rest, texts};
use dialog::Dialogs;
use filter::Filter;
use input::Input;
use keep::Keeping;
use reviewer::{Failure, Reviewer};
use rewriting::Rewriting;
use schema::SchemaLook;
use signing::SignOff;

/// How long typing must rest before a review is made that is not quick.
const REST: Duration = Duration::from_millis(250);

/// A review that takes no longer, in milliseconds, keeps up with typing.
const QUICK: f64 = 300.0;

/// How long a review may go on when there is newer text. Restarting the worker takes some time too.
const LONG: Duration = Duration::from_secs(1);

/// How many sections are drawn at a time.
pub const SECTIONS: usize = 30;

/// A review and the text it was made from, which may be older than what stands in the input.
pub struct Shown {
    /// Counts reviews, from 1.
    pub number: u32,
    /// The files as they were reviewed.
    sources: Workspace,
    /// The review.
    pub document: Document,
    tokens: Vec<ScriptTokens>,
    tokens_of_all: Vec<Token>,
}

impl Shown {
    /// A file by its path.
    pub fn source(&self, path: &str) -> Option<&SourceFile> {
        self.sources.files().map(|(_, file)| file).find(|file| file.path == path)
    }

    /// The tokens of one of a migration's scripts.
    pub fn tokens(&self, migration: usize, direction: Direction) -> &[Token] {
        match (direction, self.tokens.get(migration)) {
            (Direction::Up, Some(tokens)) => &tokens.up,
            (Direction::Down, Some(tokens)) => &tokens.down,
            (Direction::DownOfAll, _) => &self.tokens_of_all,
            (_, None) => &[],
        }
    }
}

/// What the reviewer is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is being loaded.
    Starting,
    /// It waits for text.
    Ready,
    /// It reviews.
    Reviewing,
    /// It failed, and has been restarted where that is possible.
    Failed(Failure),
}

/// One of the scripts that belong to a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The way up.
    Up,
    /// The way back.
    Down,
    /// The way back of the whole set. It runs after the last migration, and is shown with that one.
    DownOfAll,
}

impl Direction {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Direction; 3] = [Direction::Up, Direction::Down, Direction::DownOfAll];

    /// The migration's script of that direction.
    pub fn script(self, document: &Document, migration: usize) -> Option<&Script> {
        let holder = document.migrations.get(migration)?;
        let is_last = migration + 1 == document.migrations.len();
        match self {
            Direction::Up => Some(&holder.up),
            Direction::Down => holder.down.as_ref(),
            Direction::DownOfAll => document.down_of_all.as_ref().filter(|_| is_last),
        }
    }
}

/// The parts of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Tab {
    #[default]
    Review,
    Locks,
    Schema,
    Rollback,
    Readme,
    Report,
    SignOff,
    Sizes,
}

impl Tab {
    /// All of them, in their order on the page.
    pub const ALL: [Tab; 8] = [
        Tab::Review,
        Tab::Locks,
        Tab::Schema,
        Tab::Rollback,
        Tab::Readme,
        Tab::Report,
        Tab::SignOff,
        Tab::Sizes,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Tab::Review => texts::REVIEW,
            Tab::Locks => texts::LOCKS,
            Tab::Schema => texts::SCHEMA,
            Tab::Rollback => texts::ROLLBACK,
            Tab::Readme => texts::README,
            Tab::Report => texts::REPORT,
            Tab::SignOff => texts::SIGN_OFF,
            Tab::Sizes => texts::SIZES,
        }
    }
}

/// A finding: its migration (none for a finding about the set) and its place among that one's.
pub type FindingKey = (Option<usize>, usize);

/// A line of a script that the code view has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineOfScript {
    /// The migration's index.
    pub migration: usize,
    /// Which of its scripts.
    pub direction: Direction,
    /// The line, from 1.
    pub line: u32,
}

/// The element that shows a line of the migration that is looked at.
pub fn line_id(direction: Direction, line: u32) -> String {
    match direction {
        Direction::Up => format!("up-{line}"),
        Direction::Down => format!("down-{line}"),
        Direction::DownOfAll => format!("all-{line}"),
    }
}

/// The element that lists a finding.
pub fn finding_id((migration, index): FindingKey) -> String {
    match migration {
        Some(migration) => format!("finding-{migration}-{index}"),
        None => format!("finding-set-{index}"),
    }
}

/// Everything the components share. A bundle of handles, cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    /// The reader's files.
    pub input: RwSignal<Input>,
    /// Which of them stands in the textbox.
    pub open_file: RwSignal<usize>,
    /// What came in and was refused or left out, in words.
    pub notices: RwSignal<Vec<String>>,
    /// How to review.
    pub settings: RwSignal<Settings>,
    /// What the reviewer is doing.
    pub status: RwSignal<Status>,
    /// The last review that came out.
    pub shown: RwSignal<Option<Arc<Shown>>>,
    /// Is the text newer than the review?
    pub stale: RwSignal<bool>,
    /// The part of the review that is looked at.
    pub tab: RwSignal<Tab>,
    /// The migration that is looked at.
    pub migration: RwSignal<usize>,
    /// The finding that is looked at.
    pub finding: RwSignal<Option<FindingKey>>,
    /// The line that the code view was last asked to show.
    pub line: RwSignal<Option<LineOfScript>>,
    /// What lies over the page.
    pub dialogs: Dialogs,
    /// Which findings are listed.
    pub filter: Filter,
    /// What is looked at in the schema.
    pub schema: SchemaLook,
    /// What the browser keeps.
    pub keeping: Keeping,
    /// The ways back that were asked for, by migration: those of the review that is shown.
    pub ways_back: RwSignal<Vec<(usize, WayBack)>>,
    /// The two that the lock explorer compares: who holds a lock, and who wants one.
    pub takers: [RwSignal<Taker>; 2],
    /// All that is written about the review, once the reviewer has.
    pub papers: RwSignal<Option<Vec<Paper>>>,
    /// What was decided about the review.
    pub signing: SignOff,
    /// The rewrites that are offered, and those that were taken.
    pub rewriting: Rewriting,
    /// The migration README, once the reviewer has written it.
    pub readme: RwSignal<Option<Readme>>,
    /// How many sections of a part are drawn at most.
    pub sections: RwSignal<usize>,
    /// Is the README shown as its source?
    pub as_source: RwSignal<bool>,
    /// Is the page dark?
    pub dark: RwSignal<bool>,
    /// How many elements files have been dragged into and not out of: only the balance tells whether they are over the page.
    pub dragged: RwSignal<i32>,
    /// Is there nothing to review?
    pub is_blank: Memo<bool>,
    /// Is there a review to show?
    pub has_review: Memo<bool>,
    reviewer: StoredValue<Option<Reviewer>, LocalStorage>,
    rest: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    /// How many have been made.
    reviews: StoredValue<u32>,
    /// When the review that is being made was begun, in milliseconds of the epoch.
    busy: StoredValue<Option<f64>>,
    /// How long the last review took from asking to drawing, in milliseconds.
    took: StoredValue<f64>,
    again: StoredValue<bool>,
}

impl Session {
    /// Picks up what was kept from the last visit and starts the reviewer.
    pub fn start() -> Self {
        let input = RwSignal::new(Input::default());
        let shown = RwSignal::new(None::<Arc<Shown>>);
        let session = Session {
            input,
            open_file: RwSignal::new(0),
            notices: RwSignal::default(),
            settings: RwSignal::new(keep::settings()),
            status: RwSignal::new(Status::Starting),
            shown,
            stale: RwSignal::new(false),
            tab: RwSignal::default(),
            migration: RwSignal::new(0),
            finding: RwSignal::new(None),
            line: RwSignal::new(None),
            dialogs: Dialogs::default(),
            filter: Filter::default(),
            schema: SchemaLook::default(),
            keeping: Keeping::default(),
            ways_back: RwSignal::default(),
            takers: [Taker::Command(0), Taker::Command(10)].map(RwSignal::new),
            papers: RwSignal::new(None),
            signing: SignOff::default(),
            rewriting: Rewriting::default(),
            readme: RwSignal::new(None),
            sections: RwSignal::new(SECTIONS),
            as_source: RwSignal::new(false),
            dark: RwSignal::new(theme::is_dark()),
            dragged: RwSignal::new(0),
            is_blank: Memo::new(move |_| input.read().is_blank()),
            has_review: Memo::new(move |_| shown.read().is_some()),
            reviewer: StoredValue::new_local(None),
            rest: StoredValue::new_local(None),
            reviews: StoredValue::new(0),
            busy: StoredValue::new(None),
            took: StoredValue::new(0.0),
            again: StoredValue::new(false),
        };
        Effect::new(move |before: Option<()>| {
            session.input.track();
            session.settings.track();
            if before.is_some() {
                session.changed();
            }
        });
        spawn_local(session.look_for_kept());
        // For as long as the page is there.
        let _ = window_event_listener(leptos::ev::hashchange, move |_| {
            session.keep();
            spawn_local(async move {
                session.open_link().await;
            });
        });
        spawn_local(async move {
            match Reviewer::start().await {
                Ok(reviewer) => {
                    session.reviewer.set_value(Some(reviewer));
                    session.status.set(Status::Ready);
                    session.review();
                }
                Err(failure) => session.status.set(Status::Failed(failure)),
            }
        });
        session
    }

    /// Reads the document of the review that is shown, if there is one.
    pub fn with_document(self, read: impl FnOnce(&Document)) {
        self.shown.with(|shown| {
            if let Some(shown) = shown {
                read(&shown.document);
            }
        });
    }

    /// The number of the review that is shown, for who wants to know later whether it still is. Not listened to.
    pub fn shown_number(self) -> Option<u32> {
        self.shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.number))
    }

    /// Reads the review that is shown, while this part of it is looked at.
    pub fn with_shown(self, tab: Tab, read: impl FnOnce(&Shown)) {
        // No tab but the first is shown without a click.
        self.while_looked_at(tab, |shown| rest::behind(|| read(shown)));
    }

    /// Reads what is shown, while the review itself is looked at.
    pub fn with_review(self, read: impl FnOnce(&Shown)) {
        self.while_looked_at(Tab::Review, read);
    }

    fn while_looked_at(self, tab: Tab, read: impl FnOnce(&Shown)) {
        if self.tab.get() == tab {
            self.shown.with(|shown| {
                if let Some(shown) = shown {
                    read(shown);
                }
            });
        }
    }

    /// Asks the reviewer about the review that is shown.
    pub async fn ask(self, request: Request) -> Result<Answer, Failure> {
        let reviewer = self.reviewer.get_value().ok_or(Failure::NotReady)?;
        let answer = reviewer.ask(request).await;
        // A review that overtakes a question brings the question up again.
        if let Err(failure) = &answer
            && *failure != Failure::Overtaken
        {
            self.status.set(Status::Failed(failure.clone()));
        }
        answer
    }

    /// Has a way back written for a migration.
    pub fn write_way_back(self, migration: usize) {
        spawn_local(async move {
            let asked = self.shown_number();
            let answer = self.ask(Request::WayBack(migration)).await;
            // A newer review may have come meanwhile.
            if let Ok(Answer::WayBack(Some(way_back))) = answer
                && asked == self.shown_number()
            {
                self.ways_back.update(|all| all.push((migration, way_back)));
            }
        });
    }

    /// The way back that was written for that migration.
    pub fn way_back(self, migration: usize) -> Option<WayBack> {
        self.ways_back.with(|all| all.iter().find(|(of, _)| *of == migration).map(|(_, way)| way.clone()))
    }

    /// Reviews: at once where that is quick, otherwise once typing rests.
    fn changed(self) {
        self.stale.set(true);
        self.keep_soon();
        if let Some(rest) = self.rest.get_value() {
            rest.clear();
        }
        if self.took.get_value() <= QUICK {
            // Not behind the next frame, which may take longer than the review.
            self.rest.set_value(None);
            self.review();
        } else {
            let rest = set_timeout_with_handle(move || self.review(), REST);
            self.rest.set_value(rest.ok());
        }
    }

    /// Reviews what stands in the input. While a review is being made, one more is noted down, and made
    /// of whatever stands in the input by then; one that takes long is dropped for it.
    pub fn review(self) {
        let Some(reviewer) = self.reviewer.get_value() else { return };
        if let Some(since) = self.busy.get_value() {
            self.again.set_value(true);
            if js_sys::Date::now() - since > LONG.as_millis() as f64 {
                reviewer.interrupt();
            }
            return;
        }
        if self.input.read_untracked().is_blank() {
            self.shown.set(None);
            self.stale.set(false);
            self.status.set(Status::Ready);
            return;
        }
        self.busy.set_value(Some(js_sys::Date::now()));
        self.status.set(Status::Reviewing);
        let job = self.input.read_untracked().job(self.settings.get_untracked());
        spawn_local(async move {
            let mut sources = Workspace::new();
            for (path, bytes) in &job.files {
                sources.add(path.clone(), bytes);
            }
            let number = self.reviews.get_value() + 1;
            self.reviews.set_value(number);
            let before = self.shown.get_untracked();
            let before =
                before.as_ref().map(|shown| (shown.number, &*shown.document.migrations, &*shown.tokens));
            match reviewer.review(number, job, before).await {
                Ok(Reviewed { document, tokens, tokens_of_all }) => {
                    self.show(Shown { number, sources, document, tokens, tokens_of_all });
                    self.status.set(Status::Ready);
                }
                Err(Failure::Overtaken) => {}
                Err(failure) => self.status.set(Status::Failed(failure)),
            }
            if let Some(since) = self.busy.get_value() {
                self.took.set_value(js_sys::Date::now() - since);
            }
            self.busy.set_value(None);
            if self.again.get_value() {
                self.again.set_value(false);
                self.review();
            } else {
                self.stale.set(matches!(*self.status.read_untracked(), Status::Failed(_)));
            }
        });
    }

    /// Shows a review. The migration that was looked at stays so; in a new history it is the one with the gravest risk.
    fn show(self, shown: Shown) {
        self.ways_back.set(Vec::new());
        let migrations = &shown.document.migrations;
        let kept = self.shown.with_untracked(|before| {
            let before = before.as_ref()?.document.migrations.get(self.migration.get_untracked())?;
            migrations
                .iter()
                .position(|migration| migration.version == before.version && migration.name == before.name)
        });
        let gravest = || {
            let reviewed = migrations.iter().enumerate().filter(|(_, migration)| migration.under_review);
            // The first of equals.
            reviewed.rev().max_by_key(|(_, migration)| migration.risk).map_or(0, |(index, _)| index)
        };
        match kept {
            Some(kept) => {
                self.shown.set(Some(Arc::new(shown)));
                self.migration.set(kept);
            }
            None => {
                let gravest = gravest();
                self.shown.set(Some(Arc::new(shown)));
                self.choose(gravest);
            }
        }
    }
}
