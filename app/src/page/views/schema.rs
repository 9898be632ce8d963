//! The schema after a migration, as DDL, with what changed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::drawn::{Write, drawn};
use super::export::{Copy, Download};
use super::sql::Coloured;
use crate::page::session::session;
use crate::page::show::action::Text;
use crate::page::show::code::line_pieces;
use crate::page::show::html::{Html, html};
use crate::page::show::title::title;
use crate::protocol::{Answer, Change, Request, SchemaLine};
use crate::texts;

/// The schema after the migration that is looked at.
#[component]
pub fn SchemaPart() -> impl IntoView {
    let session = session();
    let marks = RwSignal::new(true);
    let lines = session.schema;
    lines.set(None);
    let asked = Memo::new(move |_| {
        (session.shown.read().as_ref().map(|shown| shown.number), session.migration.get())
    });
    Effect::new(move |_| {
        let question = asked.get();
        let migration = question.1;
        spawn_local(async move {
            let answer = session.ask(Request::Schema { migration }).await;
            // The reader may have gone on meanwhile.
            if asked.try_get_untracked() == Some(question) {
                lines.set(match answer {
                    Ok(Answer::Schema(lines)) => Some(lines.unwrap_or_default()),
                    _ => None,
                });
            }
        });
    });
    let title = Write::new(move |out| {
        html!(out, {texts::SCHEMA_AFTER} " ");
        session.with_document(|document| {
            if let Some(migration) = document.migrations.get(session.migration.get()) {
                html!(out, { title(&migration.version, &migration.name) });
            }
        });
    });
    let actions = Write::new(|out| {
        html!(out, {Copy(texts::COPY_DDL, Text::Schema)} {Download(texts::DOWNLOAD_DDL, Text::Schema)});
    });
    let changes = Write::new(move |out| {
        session.with_document(|document| {
            if let Some(migration) = document.migrations.get(session.migration.get()) {
                write_changes(&migration.schema_changes, out);
            }
        });
    });
    let ddl = Write::new(move |out| match lines.read().as_deref() {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some([]) => html!(out, "<p class=\"quiet-text\">" {texts::NO_SCHEMA} "</p>"),
        Some(lines) => write_schema(lines, marks.get(), out),
    });
    view! {
        <div class="bar">
            <h3 use:drawn=title></h3>
            <div class="actions">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=marks
                        on:change=move |event| marks.set(event_target_checked(&event))
                    />
                    {texts::MARK_CHANGES}
                </label>
                <div class="actions" use:drawn=actions></div>
            </div>
        </div>
        <div use:drawn=changes></div>
        <div use:drawn=ddl></div>
    }
}

/// What the migration changes, one line each.
fn write_changes(changes: &[String], out: &mut Html) {
    if changes.is_empty() {
        return;
    }
    html!(out, "<h4>" {texts::WHAT_CHANGED} "</h4><ul class=\"lines\">");
    for change in changes {
        html!(out, "<li>" {change} "</li>");
    }
    html!(out, "</ul>");
}

fn write_schema(lines: &[SchemaLine], marked: bool, out: &mut Html) {
    html!(
        out,
        "<pre class=\"plain-code diff\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::SCHEMA} "\">"
    );
    for line in lines.iter().filter(|line| marked || line.change != Change::Removed) {
        let (class, sign, word) = match line.change {
            Change::Added if marked => ("added", "+", texts::ADDED),
            Change::Removed => ("removed", "−", texts::REMOVED),
            _ => ("same", " ", ""),
        };
        html!(out, "<span class=\"" {class} "\"><span class=\"sign\" aria-hidden=\"true\">" {sign} "</span>");
        if !word.is_empty() {
            html!(out, "<span class=\"unseen\">" {word} " </span>");
        }
        html!(out, {Coloured(&line_pieces(&line.text, &line.tokens))} "\n</span>");
    }
    html!(out, "</pre>");
}
