//! Safe rewrites: looked for when they are asked for, taken, and taken back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use super::input::Input;
use crate::protocol::{Answer, Offer, Request};
use crate::texts;

/// Which rewrites there are, and which were taken.
#[derive(Clone, Copy, Default)]
pub struct Rewriting {
    /// Those for the finding that was asked about; none while they are being made.
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
    /// Looks for rewrites for the finding of that index among those of a migration.
    pub fn find_rewrites(self, migration: usize, index: usize) {
        self.rewriting.offers.set(None);
        spawn_local(async move {
            let answer = self.ask(Request::Rewrites(migration, index)).await;
            let offers = if let Ok(Answer::Rewrites(offers)) = answer { offers } else { Vec::new() };
            self.rewriting.offers.set(Some(offers));
        });
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
