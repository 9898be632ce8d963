//! Safe rewrites: looked for when they are asked for, taken, and taken back.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::input::Input;
use super::reviewer::Failure;
use super::{FindingKey, Session};
use crate::protocol::{Answer, Offer, Request};
use crate::texts;

/// How long a finding must be looked at before rewrites are looked for.
const GLANCE: Duration = Duration::from_millis(400);

/// How often the reviewer is asked again when a review overtakes the question.
const TRIES: usize = 3;

/// Which rewrites there are, and which were taken.
#[derive(Clone, Copy, Default)]
pub struct Rewriting {
    /// The finding that was asked about last, and the number of the review.
    asked: RwSignal<Option<(u32, FindingKey)>>,
    /// The rewrites for it; none while they are being made.
    pub offers: RwSignal<Option<Vec<Offer>>>,
    /// Those that were taken, the last one last.
    taken: RwSignal<Vec<Taken>>,
}

/// A rewrite that was taken.
#[derive(Clone)]
struct Taken {
    /// What it did, in words.
    words: String,
    before: Input,
    after: Input,
}

impl Session {
    /// Looks for rewrites for a finding that is looked at and not only passed by.
    pub fn find_rewrites_soon(self, key: FindingKey) {
        set_timeout(
            move || {
                if self.finding.get_untracked() == Some(key) && !self.stale.get_untracked() {
                    self.find_rewrites(key);
                }
            },
            GLANCE,
        );
    }

    /// Looks for rewrites for a finding, unless they are known. What is said of the set as a whole is about no statement.
    pub fn find_rewrites(self, key: FindingKey) {
        let (Some(number), Some(migration)) = (self.shown_number(), key.0) else { return };
        let asked = Some((number, key));
        if self.rewriting.asked.get_untracked() == asked {
            return;
        }
        self.rewriting.offers.set(None);
        self.rewriting.asked.set(asked);
        spawn_local(async move {
            let mut answer = Err(Failure::Overtaken);
            for _ in 0..TRIES {
                if answer == Err(Failure::Overtaken) {
                    answer = self.ask(Request::Rewrites(migration, key.1)).await;
                }
            }
            if self.rewriting.asked.get_untracked() == asked {
                let offers = if let Ok(Answer::Rewrites(offers)) = answer { offers } else { Vec::new() };
                self.rewriting.offers.set(Some(offers));
            }
        });
    }

    /// What the rewrite for a finding does; nothing where there is none, and none where that is not known yet.
    pub fn known_rewrite(self, key: FindingKey) -> Option<Option<String>> {
        let number = self.shown.with(|shown| shown.as_ref().map(|shown| shown.number))?;
        if self.rewriting.asked.get() != Some((number, key)) {
            return None;
        }
        self.rewriting.offers.with(|offers| Some(offers.as_ref()?.first().map(|offer| offer.title.clone())))
    }

    /// Takes the rewrite of that index. False where there is none, or the text has changed since the review that it rests on.
    pub fn apply(self, offer: usize) -> bool {
        let offers = self.rewriting.offers.get_untracked().unwrap_or_default();
        let Some(Offer { title, files, .. }) = offers.into_iter().nth(offer) else { return false };
        if self.stale.get_untracked() {
            return false;
        }
        let added = files.iter().filter(|file| file.is_new).count();
        let words = format!("{title}: {}", texts::files_touched(files.len() - added, added));
        let before = self.input.get_untracked();
        let mut after = before.clone();
        let first = after.rewrite(files.into_iter().map(|file| (file.path, file.text)));
        self.notices.set(Vec::new());
        self.rewriting.taken.update(|taken| taken.push(Taken { words, before, after: after.clone() }));
        self.input.set(after);
        self.open_file.set(first);
        true
    }

    /// What the last rewrite did, as long as nothing else was changed since.
    pub fn last_rewrite(self) -> Option<String> {
        let input = self.input.read();
        self.rewriting
            .taken
            .with(|taken| taken.last().filter(|last| last.after == *input).map(|last| last.words.clone()))
    }

    /// Can it be taken back?
    pub fn can_undo(self) -> bool {
        untrack(|| self.last_rewrite().is_some())
    }

    /// Takes it back.
    pub fn undo_rewrite(self) {
        if self.can_undo()
            && let Some(taken) = self.rewriting.taken.try_update(Vec::pop).flatten()
        {
            self.input.set(taken.before);
        }
    }
}
