//! Server version, examples, colours.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::Live;
use crate::examples;
use crate::page::session::Session;
use crate::page::session::input::Origin;
use crate::page::show::html::{Html, Markup, html};
use crate::protocol::POSTGRES_VERSIONS;
use crate::texts;

/// Keeps the header.
pub fn keep(live: &Live, session: Session) {
    live.drawn("postgres", move |out| {
        let chosen = session.settings.read().postgres;
        for version in POSTGRES_VERSIONS {
            write_option(&version.to_string(), &texts::server(version), version == chosen, out);
        }
    });
    live.drawn("examples", move |out| {
        let chosen = match session.input.read().origin() {
            Origin::Example(folder) => folder,
            _ => "",
        };
        html!(
            out,
            "<option value=\"\" disabled" {chosen.is_empty().then_some(Markup(" selected"))} ">" {texts::CHOOSE_EXAMPLE} "</option>"
        );
        for example in examples::all() {
            write_option(&example.folder, &example.folder, example.folder == chosen, out);
        }
    });
    live.drawn("theme", move |out| html!(out, { if session.dark.get() { Icon::Sun } else { Icon::Moon } }));
    live.attribute("theme", "title", move || {
        Some(if session.dark.get() { texts::THEME_TO_LIGHT } else { texts::THEME_TO_DARK }.to_owned())
    });
}

/// An option of a combobox.
pub fn write_option(value: &str, words: &str, is_chosen: bool, out: &mut Html) {
    html!(out, "<option value=\"" {value} "\"" {is_chosen.then_some(Markup(" selected"))} ">" {words} "</option>");
}
