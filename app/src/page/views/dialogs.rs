//! What lies over the page: the keys, a rule's documentation, and all commands.

use std::sync::OnceLock;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlDialogElement};

use super::icon::Icon;
use super::live::Live;
use crate::page::browser::focus::focus;
use crate::page::session::Session;
use crate::page::session::dialog::Dialog;
use crate::page::show::action::Action;
use crate::page::show::commands::{self, Command};
use crate::page::show::html::{Html, html};
use crate::page::show::rulebook::{Chapter, chapters};
use crate::preview::preview;
use crate::{examples, loaded, rest, texts};

/// The book of all rules, `docs/rules.md`.
fn rulebook() -> &'static str {
    static BOOK: OnceLock<String> = OnceLock::new();
    BOOK.get_or_init(|| loaded::data("rules.md").unwrap_or_default())
}

/// Writes the two dialogs, closed: one to read in, one to look for commands in.
pub fn write(out: &mut Html) {
    html!(
        out,
        "<dialog class=\"dialog\" id=\"reading\" aria-labelledby=\"reading-title\"><div class=\"bar\"><h2 id=\"reading-title\" tabindex=\"-1\"></h2>"
        "<button type=\"button\" class=\"quiet small\" aria-label=\"" {texts::CLOSE} "\" data-do=\"" {Action::CloseDialog} "\">"
        {Icon::Close} "</button></div><div id=\"reading-text\"></div></dialog>"
        "<dialog class=\"dialog commands\" id=\"commands\" aria-label=\"" {texts::COMMANDS} "\">"
        "<input type=\"text\" id=\"command\" role=\"combobox\" aria-expanded=\"true\" aria-controls=\"found\" autocomplete=\"off\" aria-label=\""
        {texts::COMMAND} "\" placeholder=\"" {texts::COMMAND_HINT} "\">"
        "<ul role=\"listbox\" id=\"found\" aria-label=\"" {texts::COMMANDS} "\"></ul><p class=\"quiet-text\" role=\"status\" id=\"none-found\"></p></dialog>"
    );
}

/// Keeps them.
pub fn keep(live: &Live, session: Session) {
    let open = session.dialogs.open;
    let reads = move || open.get().filter(|dialog| *dialog != Dialog::Commands);
    live.drawn("reading-title", move |out| match reads() {
        Some(Dialog::Rule(index)) => {
            html!(out, { rest::behind(|| chapter(index)).map(|chapter| chapter.rule) });
        }
        Some(_) => html!(out, { texts::KEYS }),
        None => {}
    });
    live.drawn("reading-text", move |out| match reads() {
        Some(Dialog::Rule(index)) => rest::behind(|| write_rule(index, out)),
        Some(_) => rest::behind(|| write_keys(out)),
        None => {}
    });
    live.value("command", move || session.dialogs.query.get());
    live.attribute("command", "aria-activedescendant", move || {
        (open.get() == Some(Dialog::Commands)).then(|| found_id(session.dialogs.chosen.get()))
    });
    live.drawn("found", move |out| {
        if open.get() != Some(Dialog::Commands) {
            return;
        }
        let chosen = session.dialogs.chosen.get();
        for (index, Command { words, action }) in rest::behind(|| found(session)).into_iter().enumerate() {
            let is_chosen = if index == chosen { "true" } else { "false" };
            html!(
                out,
                "<li role=\"option\" id=\"" {found_id(index)} "\" aria-selected=\"" {is_chosen} "\" data-do=\"" {action} "\">" {words} "</li>"
            );
        }
    });
    live.drawn("none-found", move |out| {
        if open.get() == Some(Dialog::Commands) && rest::behind(|| found(session)).is_empty() {
            html!(out, { texts::NO_COMMAND });
        }
    });
    lays_over(session, "reading", move || reads().is_some());
    lays_over(session, "commands", move || open.get() == Some(Dialog::Commands));
}

/// What there is to do that has the words which are looked for.
pub fn found(session: Session) -> Vec<Command> {
    let query = session.dialogs.query.get();
    session.shown.with(|shown| {
        let examples = examples::all().iter().map(|example| &*example.folder);
        commands::matching(commands::all(shown.as_deref(), examples, rulebook()), &query)
    })
}

/// Opens the dialog's element when it shall lie over the page and closes it when not. The browser closes it by itself for
/// the Escape key, and gives the focus back.
fn lays_over(session: Session, id: &'static str, is_wanted: impl Fn() -> bool + 'static) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let dialog: HtmlDialogElement = element.unchecked_into();
    let closed = Closure::<dyn Fn(Event)>::new(move |_| session.dialogs.close());
    let _ = dialog.add_event_listener_with_callback("close", closed.as_ref().unchecked_ref());
    closed.forget();
    Effect::new(move |_| {
        if is_wanted() == dialog.open() {
            return;
        }
        if dialog.open() {
            dialog.close();
        } else {
            let _ = dialog.show_modal();
            focus(if id == "commands" { "command" } else { "reading-title" }.to_owned());
        }
    });
}

fn found_id(index: usize) -> String {
    format!("found-{index}")
}

fn chapter(index: usize) -> Option<Chapter<'static>> {
    chapters(rulebook()).nth(index)
}

fn write_rule(index: usize, out: &mut Html) {
    if let Some(chapter) = chapter(index) {
        html!(out, "<div class=\"document\">");
        out.written(&preview(chapter.text));
        html!(out, "</div>");
    }
}

fn write_keys(out: &mut Html) {
    html!(out, "<dl class=\"keys\">");
    for (keys, words) in texts::KEYS_AND_WORDS {
        html!(out, "<dt>");
        for key in keys.split(' ') {
            html!(out, "<kbd>" {key} "</kbd>");
        }
        html!(out, "</dt><dd>" {words} "</dd>");
    }
    html!(out, "</dl>");
}
