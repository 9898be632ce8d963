//! The migration README: read, copied, kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::export::{Copy, Download};
use crate::page::session::session;
use crate::protocol::{Answer, Readme, Request};
use crate::texts;

/// The README.
#[component]
pub fn ReadmePart() -> impl IntoView {
    let session = session();
    let readme = RwSignal::new(None::<Readme>);
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
    let markdown = Signal::derive(move || {
        readme.read().as_ref().map(|readme| readme.markdown.clone()).unwrap_or_default()
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
    view! {
        <div class="bar">
            <fieldset class="choice">
                <legend class="unseen">{texts::README}</legend>
                {choice(false, texts::PREVIEW)}
                {choice(true, texts::SOURCE)}
            </fieldset>
            <div class="actions">
                <Copy label=texts::COPY_README text=markdown />
                <Download label=texts::DOWNLOAD_README file=texts::README_FILE text=markdown />
            </div>
        </div>
        {move || match readme.get() {
            None => view! { <p class="quiet-text">{texts::WRITING}</p> }.into_any(),
            Some(readme) if as_source.get() => {
                view! {
                    <pre class="plain-code" tabindex="0" role="group" aria-label=texts::SOURCE>
                        {readme.markdown}
                    </pre>
                }
                    .into_any()
            }
            Some(readme) => view! { <article class="document" inner_html=readme.html></article> }.into_any(),
        }}
    }
}
