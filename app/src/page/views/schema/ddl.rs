//! The schema at the moment as DDL, with what changed.

use leptos::prelude::*;

use crate::page::session::Session;
use crate::page::show::html::html;
use crate::page::views::diff::{self, Diff};
use crate::page::views::live::Live;
use crate::{rest, texts};

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    let look = session.schema;
    live.checked("mark-changes", move || look.marks_changes.get());
    live.drawn("schema", move |out| match look.shown.read().as_deref().map(|shown| &*shown.lines) {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some([]) => html!(out, "<p class=\"quiet-text\">" {texts::NO_SCHEMA} "</p>"),
        Some(lines) => {
            let is_marked = look.marks_changes.get();
            let diff = Diff { lines, name: texts::SCHEMA, is_marked, extent: diff::OF_SCHEMA };
            rest::behind(|| html!(out, { diff }));
        }
    });
}
