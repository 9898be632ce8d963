//! Name, server version, examples, opening files, colours.

use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;

use super::icon::Icon;
use super::status::Progress;
use crate::examples;
use crate::page::browser::{files, theme};
use crate::page::session::input::Origin;
use crate::page::session::session;
use crate::protocol::POSTGRES_VERSIONS;
use crate::texts;

/// The page's header.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header class="header">
            <div class="brand">
                <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
                    <rect width="32" height="32" rx="7" />
                    <path d="M8 10h10M8 16h16M8 22h10" />
                    <circle class="first" cx="23" cy="10" r="2.6" />
                    <circle class="second" cx="23" cy="22" r="2.6" />
                </svg>
                <div>
                    <h1>{texts::NAME}</h1>
                    <p>{texts::TAGLINE}</p>
                </div>
            </div>
            <Progress />
            <div class="tools">
                <Server />
                <Examples />
                <Open />
                <Theme />
            </div>
        </header>
    }
}

#[component]
fn Server() -> impl IntoView {
    let settings = session().settings;
    let choose = move |event| {
        if let Ok(version) = event_target_value(&event).parse() {
            settings.update(|settings| settings.postgres = version);
        }
    };
    view! {
        <select
            aria-label=texts::POSTGRES_VERSION
            on:change=choose
            prop:value=move || settings.read().postgres.to_string()
        >
            {POSTGRES_VERSIONS
                .into_iter()
                .map(|version| {
                    view! {
                        <option
                            value=version.to_string()
                            selected=move || settings.read_untracked().postgres == version
                        >
                            {texts::server(version)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}

#[component]
fn Examples() -> impl IntoView {
    let session = session();
    let chosen = move || match session.input.read().origin() {
        Origin::Example(folder) => folder,
        _ => "",
    };
    view! {
        <select
            aria-label=texts::EXAMPLES
            on:change=move |event| {
                let folder = event_target_value(&event);
                if let Some(example) = examples::all().iter().find(|example| example.folder == folder) {
                    session.load_example(example);
                }
            }
            prop:value=chosen
        >
            <option value="" disabled=true>
                {texts::CHOOSE_EXAMPLE}
            </option>
            {examples::all()
                .iter()
                .map(|example| view! { <option value=&*example.folder>{&*example.folder}</option> })
                .collect_view()}
        </select>
    }
}

/// The buttons, and the file inputs behind them.
#[component]
fn Open() -> impl IntoView {
    let session = session();
    let files = NodeRef::<html::Input>::new();
    let folder = NodeRef::<html::Input>::new();
    let click = |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            // The same file can be opened again.
            input.set_value("");
            input.click();
        }
    };
    let take = move |input: NodeRef<html::Input>| {
        if let Some(list) = input.get_untracked().and_then(|input| input.files()) {
            session.add_picked(files::from_list(list));
        }
    };
    view! {
            <button type="button" on:click=move |_| click(files) inner_html=Icon::Files.beside(texts::OPEN_FILES)>
    </button>
            <input type="file" hidden=true multiple=true node_ref=files on:change=move |_| take(files) />
            <button type="button" on:click=move |_| click(folder) inner_html=Icon::Folder.beside(texts::OPEN_FOLDER)>
    </button>
            <input type="file" hidden=true {..custom_attribute("webkitdirectory", "")} node_ref=folder on:change=move |_| take(folder) />
        }
}

#[component]
fn Theme() -> impl IntoView {
    let dark = RwSignal::new(theme::is_dark());
    let switch = move |_| {
        dark.update(|dark| *dark = !*dark);
        theme::set_dark(dark.get_untracked());
    };
    view! {
        <button
            type="button"
            class="quiet"
            aria-label=texts::THEME
            title=move || if dark.get() { texts::THEME_TO_LIGHT } else { texts::THEME_TO_DARK }
            on:click=switch
            inner_html=move || if dark.get() { Icon::Sun } else { Icon::Moon }.beside("")
        ></button>
    }
}
