//! The parts of a review: tabs, and a panel for each.

use leptos::prelude::*;

use super::live::Live;
use super::{empty, locks, papers, readme, review, rollback, schema, sections, signing, sizes};
use crate::page::session::{Session, Tab};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};

/// The tab's element.
pub fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.title().to_ascii_lowercase())
}

/// The element of the panel that belongs to the tab.
pub fn panel_id(tab: Tab) -> String {
    format!("panel-{}", tab.title().to_ascii_lowercase())
}

/// Writes the tabs.
pub fn write_tabs(chosen: Tab, out: &mut Html) {
    for (index, tab) in Tab::ALL.into_iter().enumerate() {
        let (selected, stop) = if tab == chosen { ("true", "0") } else { ("false", "-1") };
        html!(
            out,
            "<button type=\"button\" role=\"tab\" id=\"" {tab_id(tab)} "\" aria-controls=\"" {panel_id(tab)} "\" aria-selected=\""
            {selected} "\" tabindex=\"" {stop} "\" data-do=\"" {Action::Tab(index)} "\">" {tab.title()} "</button>"
        );
    }
}

/// Keeps tabs and panels. What is in a panel is written while it is looked at.
pub fn keep(live: &Live, session: Session) {
    live.drawn("tabs", move |out| write_tabs(session.tab.get(), out));
    live.shown_when("report", move || session.has_review.get());
    live.shown_when("sample", move || session.is_blank.get() && !session.has_review.get());
    for tab in Tab::ALL {
        let is_chosen = move || session.tab.get() == tab;
        let panel = panel_id(tab);
        live.shown_when(&panel, is_chosen);
        live.stale_when(&panel, move || session.stale.get() && session.has_review.get());
        live.shown_when(&format!("of-{}", tab_id(tab)), move || session.has_review.get());
        live.drawn(&format!("no-review-{}", tab_id(tab)), move |out| {
            if is_chosen() && !session.has_review.get() {
                empty::write(session, out);
            }
        });
    }
    review::keep(live, session);
    locks::keep(live, session);
    schema::keep(live, session);
    rollback::keep(live, session);
    readme::keep(live, session);
    papers::keep(live, session);
    signing::keep(live, session);
    sizes::keep(live, session);
    sections::keep(session);
}
