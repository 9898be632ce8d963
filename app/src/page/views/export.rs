//! Taking text along: copying it, keeping it as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::Icon;
use crate::page::browser::{clipboard, download};
use crate::page::session::session;
use crate::protocol::{Answer, Request};
use crate::texts;

/// How long a button says that it has copied.
const THANKS: std::time::Duration = std::time::Duration::from_secs(2);

/// A button that copies a text.
#[component]
pub fn Copy(label: &'static str, #[prop(into)] text: Signal<String>) -> impl IntoView {
    let said = RwSignal::new("");
    let copy = move |_| {
        spawn_local(async move {
            let copied = clipboard::copy(&text.get_untracked()).await;
            said.set(if copied { texts::COPIED } else { texts::NOT_COPIED });
            set_timeout(
                move || {
                    let _ = said.try_set("");
                },
                THANKS,
            );
        });
    };
    view! {
        <button type="button" on:click=copy>
            {Icon::Copy.draw()}
            {label}
        </button>
        <span class="said" role="status">
            {said}
        </span>
    }
}

/// A button that offers a text as a file.
#[component]
pub fn Download(
    label: &'static str,
    file: &'static str,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    let keep = move |_| offer(file, &text.read_untracked());
    view! {
        <button type="button" on:click=keep>
            {Icon::Download.draw()}
            {label}
        </button>
    }
}

/// A button that has the review written down as Markdown and offers it as a file.
#[component]
pub fn DownloadReport() -> impl IntoView {
    let session = session();
    let keep = move |_| {
        spawn_local(async move {
            if let Ok(Answer::Report(Some(report))) = session.ask(Request::Report).await {
                offer(texts::REPORT_FILE, &report);
            }
        });
    };
    view! {
        <button type="button" on:click=keep>
            {Icon::Download.draw()}
            {texts::DOWNLOAD_REPORT}
        </button>
    }
}

fn offer(file: &str, text: &str) {
    let media_type =
        if file.ends_with(".md") { "text/markdown;charset=utf-8" } else { "application/sql;charset=utf-8" };
    // A browser that forbids downloads says so itself.
    let _ = download::download(file, media_type, text);
}
