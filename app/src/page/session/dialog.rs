//! What lies over the page: one thing at a time, or nothing.

use leptos::prelude::*;

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// The keys that do something.
    Keys,
    /// All there is to do, to be found by its words.
    Commands,
    /// What a rule finds and why, by its place in the rule book.
    Rule(usize),
}

/// The dialog, and what is looked for in the one of all commands.
#[derive(Clone, Copy, Default)]
pub struct Dialogs {
    /// What lies over the page.
    pub open: RwSignal<Option<Dialog>>,
    /// What is looked for.
    pub query: RwSignal<String>,
    /// Which of what was found is chosen.
    pub chosen: RwSignal<usize>,
}

impl Dialogs {
    /// Lays it over the page.
    pub fn show(self, dialog: Dialog) {
        self.look_for(String::new());
        self.open.set(Some(dialog));
    }

    /// Takes it away.
    pub fn close(self) {
        self.open.set(None);
    }

    /// Looks for commands.
    pub fn look_for(self, query: String) {
        self.query.set(query);
        self.chosen.set(0);
    }

    /// Chooses the next of so many, or the one before; after the last comes the first.
    pub fn step(self, forward: bool, count: usize) {
        if count > 0 {
            self.chosen.update(|chosen| *chosen = (*chosen + if forward { 1 } else { count - 1 }) % count);
        }
    }
}
