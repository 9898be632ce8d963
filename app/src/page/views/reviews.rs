//! The reviews that the browser keeps: open, name and delete them, all in one place.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::Live;
use crate::page::browser::kept::Entry;
use crate::page::session::Session;
use crate::page::session::keep::Doomed;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::texts;

/// The dialog's element.
pub const DIALOG: &str = "reviews-dialog";

/// What the id of a review's name begins with; the review's key follows.
pub const NAME_OF: &str = "name-of-";

/// Writes the dialog as it begins.
pub fn write(out: &mut Html) {
    write_head(DIALOG, texts::REVIEWS_TITLE, out);
    html!(
        out,
        "<p class=\"intro\">" {texts::REVIEWS_INTRO} "</p><div id=\"kept\"></div><div class=\"actions\" id=\"of-all-kept\"></div></dialog>"
    );
}

/// Begins a dialog of that id and title.
pub fn write_head(id: &'static str, title: &'static str, out: &mut Html) {
    html!(
        out,
        "<dialog class=\"dialog\" id=\"" {id} "\" aria-labelledby=\"" {id} "-title\"><div class=\"bar\"><h2 id=\"" {id} "-title\">" {title}
        "</h2><button type=\"button\" class=\"quiet small\" aria-label=\"" {texts::CLOSE} "\" data-do=\"" {Action::CloseDialog} "\">"
        {Icon::Close} "</button></div>"
    );
}

/// Keeps the dialog.
pub fn keep(live: &Live, session: Session) {
    let keeping = session.keeping;
    live.drawn("kept", move |out| {
        let list = keeping.list.read();
        if keeping.fails.get() {
            html!(out, "<p>" {texts::NOT_KEPT} "</p>");
        } else if list.is_empty() {
            html!(out, "<p>" {texts::NO_REVIEWS} "</p>");
        } else {
            html!(out, "<ul class=\"kept\" aria-label=\"" {texts::REVIEWS_TITLE} "\">");
            for entry in list.iter() {
                write_entry(entry, keeping.doomed.get() == Some(Doomed::One(entry.id)), out);
            }
            html!(out, "</ul>");
        }
    });
    live.drawn("of-all-kept", move |out| {
        html!(out, "<button type=\"button\" data-do=\"" {Action::Clear} "\">" {texts::NEW_REVIEW} "</button>");
        match keeping.list.read().len() {
            0 => {}
            count if keeping.doomed.get() == Some(Doomed::All) => {
                write_question(&texts::delete_all(count), 0, out);
            }
            _ => html!(
                out,
                "<button type=\"button\" class=\"grave\" data-do=\"" {Action::AskToDelete(0)} "\">" {texts::DELETE_ALL} "</button>"
            ),
        }
    });
}

fn write_entry(entry: &Entry, is_doomed: bool, out: &mut Html) {
    let id = entry.id as usize;
    html!(
        out,
        "<li><div class=\"name\"><input id=\"" {NAME_OF} {id} "\" value=\"" {entry.name} "\" maxlength=\"100\" aria-label=\""
        {texts::name_of(&entry.name)} "\"><span class=\"quiet-text\">" {texts::about_review(entry.files, entry.bytes, &entry.when)}
    );
    if entry.is_open {
        html!(out, " · <strong>" {texts::OPEN_NOW} "</strong>");
    }
    html!(out, "</span></div><div class=\"actions\">");
    if is_doomed {
        write_question(&texts::delete_one(&entry.name), id, out);
    } else {
        html!(
            out,
            "<button type=\"button\" data-do=\"" {Action::OpenReview(id)} "\" aria-label=\"" {texts::open_review(&entry.name)} "\">" {texts::OPEN}
            "</button><button type=\"button\" class=\"quiet\" data-do=\"" {Action::AskToDelete(id)} "\" aria-label=\""
            {texts::delete_review(&entry.name)} "\">" {texts::DELETE} "</button>"
        );
    }
    html!(out, "</div></li>");
}

/// Asks whether to delete, in the place of the button that was pressed.
fn write_question(question: &str, id: usize, out: &mut Html) {
    html!(
        out,
        "<span role=\"alert\">" {question} "</span><button type=\"button\" class=\"grave\" data-do=\"" {Action::Delete(id)} "\">"
        {texts::DELETE_YES} "</button><button type=\"button\" data-do=\"" {Action::Spare} "\">" {texts::DELETE_NO} "</button>"
    );
}
