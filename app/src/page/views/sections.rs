//! One section for every migration under review, some at a time.

use leptos::prelude::*;

use super::live::{Live, marked};
use super::locks;
use crate::page::browser::focus::lead_to;
use crate::page::session::{LineOfScript, Session, Shown, Tab};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::page::show::title::Title;
use crate::texts;

/// Keeps an element filled with a section for every migration under review, while its tab is chosen.
pub fn drawn(
    live: &Live,
    session: Session,
    id: &str,
    tab: Tab,
    section: impl Fn(&Shown, usize, &mut Html) + 'static,
) {
    live.drawn(id, move |out| {
        session.with_shown(tab, |shown| {
            let reviewed = under_review(shown);
            let limit = session.sections.get();
            for &index in reviewed.iter().take(limit) {
                let title = Title(&shown.document.migrations[index]);
                html!(out, "<article class=\"section\" id=\"" {section_id(index)} "\" tabindex=\"-1\"><h3>" {title} "</h3>");
                section(shown, index, out);
                html!(out, "</article>");
            }
            if reviewed.len() > limit {
                html!(out, "<button type=\"button\" data-do=\"" {Action::MoreSections} "\">" {texts::SHOW_MORE} "</button>");
            }
        });
    });
}

/// Choosing a migration in the timeline leads to its section.
pub fn keep(session: Session) {
    let looked_at = move || (session.tab.get(), session.migration.get());
    Effect::new(move |before: Option<(Tab, usize)>| {
        let (tab, migration) = looked_at();
        if before.is_some_and(|(before, other)| before == tab && other != migration)
            && matches!(tab, Tab::Locks | Tab::Rollback)
        {
            draw_down_to(session, migration);
            lead_to(section_id(migration));
        }
        (tab, migration)
    });
    marked("selected", move || {
        session.shown.track();
        session.sections.track();
        vec![section_id(looked_at().1)]
    });
}

/// Leads to the locks of a statement.
pub fn show_locks(session: Session, place: LineOfScript) {
    session.tab.set(Tab::Locks);
    session.migration.set(place.migration);
    draw_down_to(session, place.migration);
    lead_to(locks::row_id(place.migration, place.line));
}

/// Draws as many sections as it takes to have the migration's.
fn draw_down_to(session: Session, migration: usize) {
    let place = session
        .shown
        .with_untracked(|shown| under_review(shown.as_ref()?).iter().position(|index| *index == migration));
    session.sections.update(|limit| *limit = (*limit).max(place.map_or(0, |place| place + 1)));
}

fn under_review(shown: &Shown) -> Vec<usize> {
    let migrations = shown.document.migrations.iter().enumerate();
    migrations.filter(|(_, migration)| migration.under_review).map(|(index, _)| index).collect()
}

fn section_id(migration: usize) -> String {
    format!("section-{migration}")
}
