//! The migrations in order, each with its risk.

use leptos::prelude::*;
use lockstep_core::report::json::Document;

use super::level::LevelMark;
use super::live::Live;
use crate::page::browser::focus::keep_in_sight;
use crate::page::session::Session;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::page::show::title::Title;
use crate::texts;

/// Keeps the rail of migrations.
pub fn keep(live: &Live, session: Session) {
    live.shown_when("timeline-part", move || session.has_review.get());
    live.stale_when("timeline-part", move || session.stale.get());
    live.class_when("input", "alone", move || !session.has_review.get());
    live.drawn("migration-count", move |out| {
        session.with_document(|document| {
            html!(out, { texts::count(document.migrations.len(), "migration") });
        });
    });
    live.drawn("entries", move |out| {
        session.with_document(|document| write(document, session.migration.get(), out));
    });
    Effect::new(move |_| keep_in_sight(entry_id(session.migration.get())));
}

fn write(document: &Document, selected: usize, out: &mut Html) {
    let first = document.migrations.iter().position(|migration| migration.under_review);
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
        html!(out, "</span></button>");
        if index == selected && first != Some(index) {
            html!(
                out,
                "<button type=\"button\" class=\"link small-link from-here\" data-do=\"" {Action::ReviewFrom(index)} "\">" {texts::REVIEW_FROM}
                "</button>"
            );
        }
        html!(out, "</li>");
    }
}

fn entry_id(migration: usize) -> String {
    format!("migration-{migration}")
}
