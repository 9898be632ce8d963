//! The schema after a migration, as DDL, with what changed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::Live;
use super::sql::Coloured;
use crate::page::session::{Session, Tab};
use crate::page::show::code::line_pieces;
use crate::page::show::html::{Html, html};
use crate::page::show::title::title;
use crate::protocol::{Answer, Change, Request, SchemaLine};
use crate::texts;

/// Keeps the schema after the migration that is looked at. It is asked for while it is looked at.
pub fn keep(live: &Live, session: Session) {
    let wanted = Memo::new(move |_| {
        let number = session.shown.read().as_ref().map(|shown| shown.number);
        let number = number.filter(|_| session.tab.get() == Tab::Schema)?;
        Some((number, session.migration.get()))
    });
    Effect::new(move |_| {
        let Some(asked) = wanted.get() else { return session.schema.set(None) };
        spawn_local(async move {
            let answer = session.ask(Request::Schema { migration: asked.1 }).await;
            // The reader may have gone on meanwhile.
            if wanted.get_untracked() == Some(asked) {
                session.schema.set(match answer {
                    Ok(Answer::Schema(lines)) => Some(lines.unwrap_or_default()),
                    _ => None,
                });
            }
        });
    });
    live.drawn("schema-title", move |out| {
        html!(out, {texts::SCHEMA_AFTER} " ");
        session.with_migration(|migration| html!(out, { title(&migration.version, &migration.name) }));
    });
    live.checked("mark-changes", move || session.marks_changes.get());
    live.drawn("schema-changes", move |out| {
        session.with_migration(|migration| write_changes(&migration.schema_changes, out));
    });
    live.drawn("schema", move |out| match session.schema.read().as_deref() {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some([]) => html!(out, "<p class=\"quiet-text\">" {texts::NO_SCHEMA} "</p>"),
        Some(lines) => write_schema(lines, session.marks_changes.get(), out),
    });
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
