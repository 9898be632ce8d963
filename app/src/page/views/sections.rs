//! One section for every migration under review, some at a time.

use leptos::prelude::*;

use super::drawn::{Write, drawn, marked};
use crate::page::browser::focus::lead_to;
use crate::page::session::{Shown, session};
use crate::page::show::html::{Html, html};
use crate::page::show::title::Title;
use crate::texts;

/// How many sections are drawn at a time.
const PORTION: usize = 30;

/// A section for every migration under review. Choosing one in the timeline leads to its section.
#[component]
pub fn Sections(
    /// Writes what is in the section of the migration with that index.
    section: fn(&Shown, usize, &mut Html),
) -> impl IntoView {
    let session = session();
    let limit = RwSignal::new(PORTION);
    let reviewed = Memo::new(move |_| {
        let mut reviewed = Vec::new();
        session.with_document(|document| {
            let under_review = document.migrations.iter().enumerate().filter(|(_, one)| one.under_review);
            reviewed = under_review.map(|(index, _)| index).collect();
        });
        reviewed
    });
    Effect::new(move |before: Option<usize>| {
        let migration = session.migration.get();
        if before.is_some_and(|before| before != migration) {
            if let Some(place) = reviewed.read_untracked().iter().position(|index| *index == migration) {
                limit.update(|limit| *limit = (*limit).max(place + 1));
            }
            lead_to(section_id(migration));
        }
        migration
    });
    marked("selected", move || {
        reviewed.track();
        limit.track();
        vec![section_id(session.migration.get())]
    });
    let sections = Write::new(move |out| {
        session.shown.with(|shown| {
            let Some(shown) = shown else { return };
            for &index in reviewed.read().iter().take(limit.get()) {
                let title = Title(&shown.document.migrations[index]);
                html!(out, "<article class=\"section\" id=\"" {section_id(index)} "\" tabindex=\"-1\"><h3>" {title} "</h3>");
                section(shown, index, out);
                html!(out, "</article>");
            }
        });
    });
    view! {
        <div use:drawn=sections></div>
        <button
            type="button"
            hidden=move || { reviewed.read().len() <= limit.get() }
            on:click=move |_| limit.update(|limit| *limit += PORTION)
        >
            {texts::SHOW_MORE}
        </button>
    }
}

fn section_id(migration: usize) -> String {
    format!("section-{migration}")
}
