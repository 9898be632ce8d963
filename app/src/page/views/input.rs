//! Where migrations come in: a textbox, the files behind it, and how to read them.

use leptos::prelude::*;
use lockstep_core::layout::LAYOUTS;

use super::header::write_option;
use super::icon::Icon;
use super::live::Live;
use crate::page::browser::focus::keep_in_sight;
use crate::page::session::Session;
use crate::page::session::input::{Content, MAX_EDITABLE_BYTES, Origin};
use crate::page::session::saved::transaction_name;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::protocol::Transaction;
use crate::texts;

/// Keeps the input.
pub fn keep(live: &Live, session: Session) {
    live.shown_when("clear", move || !session.input.read().files().is_empty());
    // What was refused or left out.
    live.drawn("notices", move |out| write_notices(&session.notices.read(), out));
    let lists_files = move || {
        let input = session.input.read();
        input.origin() != Origin::Pasted || input.files().len() > 1
    };
    live.shown_when("file-list", lists_files);
    live.drawn("file-list", move |out| {
        let open = session.open_file.get();
        for (index, file) in session.input.read().files().iter().enumerate() {
            write_file(index, &file.path, index == open, out);
        }
    });
    Effect::new(move |_| keep_in_sight(file_id(session.open_file.get())));
    let open = move || {
        let input = session.input.read();
        input.files().get(session.open_file.get()).map(|file| file.content.clone())
    };
    live.value("migrations", move || open().map(|content| content.editable()).unwrap_or_default());
    live.shown_when("not-kept", move || session.keeping.fails.get() && !session.is_blank.get());
    live.drawn("remark", move |out| match open() {
        Some(Content::Bytes(bytes)) if bytes.len() > MAX_EDITABLE_BYTES => {
            html!(out, { texts::TOO_LONG_TO_EDIT })
        }
        Some(Content::Bytes(_)) => html!(out, { texts::NOT_UTF8 }),
        _ => {}
    });
    keep_options(live, session);
}

/// Keeps how to read the files.
fn keep_options(live: &Live, session: Session) {
    live.drawn("layout", move |out| {
        let chosen = session.settings.read().layout.clone().unwrap_or_default();
        write_option("", texts::LAYOUT_AUTO, chosen.is_empty(), out);
        for layout in LAYOUTS {
            write_option(layout.name, layout.title, layout.name == chosen, out);
        }
    });
    live.drawn("transaction", move |out| {
        let chosen = session.settings.read().transaction;
        for (transaction, words) in [
            (None, texts::TRANSACTION_AUTO),
            (Some(Transaction::PerMigration), texts::TRANSACTION_PER_MIGRATION),
            (Some(Transaction::PerStatement), texts::TRANSACTION_PER_STATEMENT),
        ] {
            let name = transaction.map(transaction_name).unwrap_or_default();
            write_option(name, words, transaction == chosen, out);
        }
    });
    live.drawn("since", move |out| {
        let chosen = session.settings.read().since.clone().unwrap_or_default();
        write_option("", texts::SINCE_NOTHING, chosen.is_empty(), out);
        session.with_document(|document| {
            // After the last one nothing would be left to review.
            let migrations = document.migrations.split_last().map(|(_, rest)| rest).unwrap_or_default();
            for migration in migrations {
                let words = format!("{} {}", migration.version, migration.name);
                write_option(&migration.version, &words, migration.version == chosen, out);
            }
        });
    });
}

fn write_notices(notices: &[String], out: &mut Html) {
    if notices.is_empty() {
        return;
    }
    html!(out, "<div class=\"notices\"><ul>");
    for notice in notices {
        html!(out, "<li>" {notice} "</li>");
    }
    html!(
        out,
        "</ul><button type=\"button\" class=\"quiet small\" aria-label=\"" {texts::DISMISS} "\" data-do=\"" {Action::Dismiss} "\">"
        {Icon::Close} "</button></div>"
    );
}

fn write_file(index: usize, path: &str, is_open: bool, out: &mut Html) {
    let name_at = path.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, name) = path.split_at(name_at);
    html!(
        out,
        "<li><button type=\"button\" class=\"file\" id=\"" {file_id(index)} "\" title=\"" {path} "\" aria-current=\""
        {if is_open { "true" } else { "false" }} "\" data-do=\"" {Action::OpenFile(index)} "\"><span class=\"folder\">"
        {folder} "</span><span>" {name} "</span></button><button type=\"button\" class=\"quiet small\" aria-label=\""
        {texts::remove_file(path)} "\" data-do=\"" {Action::RemoveFile(index)} "\">" {Icon::Close} "</button></li>"
    );
}

fn file_id(index: usize) -> String {
    format!("file-{index}")
}
