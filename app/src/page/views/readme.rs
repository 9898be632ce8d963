//! The migration README: read, copied, kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::drawn::{Write, drawn};
use super::export::{Copy, Download};
use crate::page::session::session;
use crate::page::show::action::Text;
use crate::page::show::html::html;
use crate::protocol::{Answer, Request};
use crate::texts;

/// The README.
#[component]
pub fn ReadmePart() -> impl IntoView {
    let session = session();
    let readme = session.readme;
    readme.set(None);
    let as_source = RwSignal::new(false);
    let number = Memo::new(move |_| session.shown.read().as_ref().map(|shown| shown.number));
    Effect::new(move |_| {
        let asked = number.get();
        spawn_local(async move {
            let answer = session.ask(Request::Readme).await;
            // A newer review may have come meanwhile.
            if number.try_get_untracked() == Some(asked)
                && let Ok(Answer::Readme(answer)) = answer
            {
                readme.set(answer);
            }
        });
    });
    let choice = move |source: bool, label: &'static str| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="readme-form"
                    prop:checked=move || as_source.get() == source
                    on:change=move |_| as_source.set(source)
                />
                {label}
            </label>
        }
    };
    let actions = Write::new(|out| {
        html!(out, {Copy(texts::COPY_README, Text::Readme)} {Download(texts::DOWNLOAD_README, Text::Readme)});
    });
    let document = Write::new(move |out| match &*readme.read() {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some(readme) if as_source.get() => {
            html!(
                out,
                "<pre class=\"plain-code\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::SOURCE} "\">\n"
                {readme.markdown} "</pre>"
            );
        }
        Some(readme) => {
            html!(out, "<article class=\"document\">");
            out.written(&readme.html);
            html!(out, "</article>");
        }
    });
    view! {
        <div class="bar">
            <fieldset class="choice">
                <legend class="unseen">{texts::README}</legend>
                {choice(false, texts::PREVIEW)}
                {choice(true, texts::SOURCE)}
            </fieldset>
            <div class="actions" use:drawn=actions></div>
        </div>
        <div use:drawn=document></div>
    }
}
