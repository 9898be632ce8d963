//! Server version, examples, colours.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::Live;
use crate::examples::{self, Example};
use crate::page::session::Session;
use crate::page::session::input::Origin;
use crate::page::show::html::{Html, Markup, html};
use crate::protocol::POSTGRES_VERSIONS;
use crate::texts;

/// Keeps the header.
pub fn keep(live: &Live, session: Session) {
    live.drawn("postgres", move |out| {
        let reviewed = || session.shown.with(|shown| shown.as_ref().map(|shown| shown.document.postgres));
        let version = session.settings.read().postgres.or_else(reviewed);
        write_versions(version.unwrap_or(POSTGRES_VERSIONS[0]), out);
    });
    live.drawn("examples", move |out| {
        let chosen = match session.input.read().origin() {
            Origin::Example(folder) => folder,
            _ => "",
        };
        write_examples(examples::all(), chosen, out);
    });
    live.drawn("theme", move |out| html!(out, { if session.dark.get() { Icon::Sun } else { Icon::Moon } }));
    live.attribute("theme", "title", move || {
        Some(if session.dark.get() { texts::THEME_TO_LIGHT } else { texts::THEME_TO_DARK }.to_owned())
    });
}

/// Writes the server versions to choose from.
pub fn write_versions(chosen: u32, out: &mut Html) {
    for version in POSTGRES_VERSIONS {
        write_option(&version.to_string(), &texts::server(version), version == chosen, out);
    }
}

/// Writes the sample histories to choose from.
pub fn write_examples(examples: &[Example], chosen: &str, out: &mut Html) {
    html!(
        out,
        "<option value=\"\" disabled" {chosen.is_empty().then_some(Markup(" selected"))} ">" {texts::CHOOSE_EXAMPLE} "</option>"
    );
    for example in examples {
        write_option(&example.folder, &example.folder, example.folder == chosen, out);
    }
}

/// An option of a combobox.
pub fn write_option(value: &str, words: &str, is_chosen: bool, out: &mut Html) {
    html!(out, "<option value=\"" {value} "\"" {is_chosen.then_some(Markup(" selected"))} ">" {words} "</option>");
}
