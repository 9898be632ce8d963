//! How a change is marked: an icon, a word, a colour.

use lockstep_core::schema::Change;

use crate::page::show::html::{Html, Piece, html};
use crate::page::views::icon::Icon;
use crate::texts;

/// The mark of a change; nothing where there is none.
pub struct Mark(pub Change);

impl Piece for Mark {
    fn write(&self, out: &mut Html) {
        if let Some((icon, word)) = icon_and_word(self.0) {
            html!(out, "<span class=\"change-mark " {class(self.0)} "\">" {icon} {word} "</span>");
        }
    }
}

/// The icon and the word for a change; none where there is none.
pub fn icon_and_word(change: Change) -> Option<(Icon, &'static str)> {
    Some(match change {
        Change::Same => return None,
        Change::Added => (Icon::Added, texts::ADDED),
        Change::Removed => (Icon::Removed, texts::REMOVED),
        Change::Changed => (Icon::Changed, texts::CHANGED),
    })
}

/// The class that gives the colour.
pub fn class(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
    }
}
