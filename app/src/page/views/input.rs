//! Where migrations come in: a textbox, the files behind it, and how to read them.

use leptos::prelude::*;
use lockstep_core::layout::LAYOUTS;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};

use super::drawn::{Write, drawn};
use super::icon::Icon;
use crate::page::browser::focus::keep_in_sight;
use crate::page::session::input::{Content, MAX_EDITABLE_BYTES, Origin};
use crate::page::session::session;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::protocol::Transaction;
use crate::texts;

/// The input.
#[component]
pub fn InputPanel() -> impl IntoView {
    let session = session();
    let lists_files = Memo::new(move |_| {
        session.input.with(|input| input.origin() != Origin::Pasted || input.files().len() > 1)
    });
    let has_files = Memo::new(move |_| !session.input.read().files().is_empty());
    view! {
        <section class="input">
            <div class="bar">
                <h2>
                    <label for="migrations">{texts::MIGRATIONS}</label>
                </h2>
                <Show when=move || has_files.get()>
                    <button type="button" class="quiet small" on:click=move |_| session.clear()>
                        {texts::CLEAR}
                    </button>
                </Show>
            </div>
            <Notices />
            <Show when=move || lists_files.get()>
                <Files />
            </Show>
            <Editor />
            <p class="stays" id="stays" inner_html=Icon::Shield.beside(texts::STAYS_HERE)></p>
            <Options />
        </section>
    }
}

/// What was refused or left out.
#[component]
fn Notices() -> impl IntoView {
    let notices = session().notices;
    let list = Write::new(move |out| {
        for notice in notices.read().iter() {
            html!(out, "<li>" {notice} "</li>");
        }
    });
    view! {
        <div role="alert">
            <div class="notices" hidden=move || notices.read().is_empty()>
                <ul use:drawn=list></ul>
                <button
                    type="button"
                    class="quiet small"
                    aria-label=texts::DISMISS
                    on:click=move |_| notices.set(Vec::new())
                    inner_html=Icon::Close.beside("")
                ></button>
            </div>
        </div>
    }
}

#[component]
fn Files() -> impl IntoView {
    let session = session();
    let files = Write::new(move |out| {
        let open = session.open_file.get();
        for (index, file) in session.input.read().files().iter().enumerate() {
            write_file(index, &file.path, index == open, out);
        }
    });
    Effect::new(move |_| keep_in_sight(file_id(session.open_file.get())));
    view! { <ul class="files" aria-label=texts::FILES use:drawn=files></ul> }
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

#[component]
fn Editor() -> impl IntoView {
    let session = session();
    let open = move || {
        let input = session.input.read();
        input.files().get(session.open_file.get()).map(|file| file.content.clone())
    };
    let text = move || open().map(|content| content.editable()).unwrap_or_default();
    let remark = Memo::new(move |_| match open() {
        Some(Content::Bytes(bytes)) if bytes.len() > MAX_EDITABLE_BYTES => texts::TOO_LONG_TO_EDIT,
        Some(Content::Bytes(_)) => texts::NOT_UTF8,
        _ => "",
    });
    let on_paste = move |event: ClipboardEvent| {
        let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else {
            return;
        };
        if text.len() > MAX_EDITABLE_BYTES {
            event.prevent_default();
            session.add_pasted(text);
        }
    };
    let on_input = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        if text.len() > MAX_EDITABLE_BYTES {
            // Put there by other means than the clipboard. The box is emptied: it would stall the page.
            if let Some(target) = event.target() {
                target.unchecked_into::<HtmlTextAreaElement>().set_value("");
            }
            session.add_pasted(text);
        } else {
            session.write(text);
        }
    };
    view! {
        <textarea
            id="migrations"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            aria-describedby="stays remark"
            placeholder=texts::PASTE_HERE
            prop:value=text
            on:paste=on_paste
            on:input=on_input
        ></textarea>
        <p class="quiet-text remark" id="remark">
            {remark}
        </p>
    }
}

/// How to read the files.
#[component]
fn Options() -> impl IntoView {
    let settings = session().settings;
    let session = session();
    let some = |value: String| (!value.is_empty()).then_some(value);
    let versions = Memo::new(move |_| {
        let shown = session.shown.read();
        let migrations = shown.as_ref().map(|shown| shown.document.migrations.as_slice()).unwrap_or_default();
        // After the last one nothing would be left to review.
        let migrations = migrations.split_last().map(|(_, rest)| rest).unwrap_or_default();
        migrations
            .iter()
            .map(|migration| (migration.version.clone(), migration.name.clone()))
            .collect::<Vec<_>>()
    });
    let transaction = move || match settings.read().transaction {
        None => "",
        Some(Transaction::PerMigration) => "migration",
        Some(Transaction::PerStatement) => "statement",
    };
    view! {
        <details class="options">
            <summary>{texts::OPTIONS}</summary>
            <div class="fields">
                <label>
                    {texts::LAYOUT}
                    <select
                        prop:value=move || settings.read().layout.clone().unwrap_or_default()
                        on:change=move |event| {
                            settings.update(|settings| settings.layout = some(event_target_value(&event)))
                        }
                    >
                        <option value="">{texts::LAYOUT_AUTO}</option>
                        {LAYOUTS
                            .iter()
                            .map(|layout| view! { <option value=layout.name>{layout.title}</option> })
                            .collect_view()}
                    </select>
                </label>
                <label>
                    {texts::TRANSACTION}
                    <select
                        prop:value=transaction
                        on:change=move |event| {
                            settings
                                .update(|settings| {
                                    settings.transaction = match event_target_value(&event).as_str() {
                                        "migration" => Some(Transaction::PerMigration),
                                        "statement" => Some(Transaction::PerStatement),
                                        _ => None,
                                    };
                                })
                        }
                    >
                        <option value="">{texts::TRANSACTION_AUTO}</option>
                        <option value="migration">{texts::TRANSACTION_PER_MIGRATION}</option>
                        <option value="statement">{texts::TRANSACTION_PER_STATEMENT}</option>
                    </select>
                </label>
                <label>
                    {texts::SINCE}
                    <select
                        prop:value=move || {
                            versions.track();
                            settings.read().since.clone().unwrap_or_default()
                        }
                        on:change=move |event| {
                            settings.update(|settings| settings.since = some(event_target_value(&event)))
                        }
                    >
                        <option value="">{texts::SINCE_NOTHING}</option>
                        {move || {
                            versions
                                .get()
                                .into_iter()
                                .map(|(version, name)| {
                                    let words = format!("{version} {name}");
                                    view! { <option value=version>{words}</option> }
                                })
                                .collect_view()
                        }}
                    </select>
                </label>
            </div>
        </details>
    }
}
