//! The migrations in order, each with its risk.

use leptos::prelude::*;
use lockstep_core::report::json::Document;

use super::drawn::{Write, drawn};
use super::level::LevelMark;
use crate::page::browser::focus::keep_in_sight;
use crate::page::session::session;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::page::show::title::Title;
use crate::texts;

/// The rail of migrations.
#[component]
pub fn Timeline() -> impl IntoView {
    let session = session();
    let count = Write::new(move |out| {
        session.with_document(|document| {
            html!(out, { texts::count(document.migrations.len(), "migration") });
        });
    });
    let entries = Write::new(move |out| {
        session.with_document(|document| write(document, session.migration.get(), out));
    });
    Effect::new(move |_| keep_in_sight(entry_id(session.migration.get())));
    view! {
        <section class="timeline" class:stale=move || session.stale.get()>
            <div class="bar">
                <h2 id="timeline">{texts::TIMELINE}</h2>
                <span class="quiet-text" use:drawn=count></span>
            </div>
            <ol aria-labelledby="timeline" use:drawn=entries></ol>
        </section>
    }
}

fn write(document: &Document, selected: usize, out: &mut Html) {
    for (index, migration) in document.migrations.iter().enumerate() {
        let (applied, current) = (
            if migration.under_review { "" } else { "applied" },
            if index == selected { "step" } else { "false" },
        );
        html!(
            out,
            "<li class=\"" {applied} "\"><button type=\"button\" id=\"" {entry_id(index)} "\" aria-current=\"" {current}
            "\" data-do=\"" {Action::Migration(index)} "\"><span class=\"what\">" {Title(migration)}
            "</span><span class=\"state\">"
        );
        if !migration.under_review {
            html!(out, "<span class=\"tag\">" {texts::BASELINE} "</span>");
        } else {
            html!(out, { LevelMark(migration.risk) });
            if migration.rollback.verdict == "missing" {
                html!(out, "<span class=\"tag\">" {texts::NO_ROLLBACK} "</span>");
            }
        }
        html!(out, "</span></button></li>");
    }
}

fn entry_id(migration: usize) -> String {
    format!("migration-{migration}")
}
