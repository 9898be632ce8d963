//! Before there is anything to review.

use leptos::prelude::*;
use lockstep_app::examples::EXAMPLES;
use lockstep_app::texts;

use crate::session::session;

/// What to do, in three lines, and the examples.
#[component]
pub fn Empty() -> impl IntoView {
    let session = session();
    view! {
        <section class="empty">
            <h2>{texts::EMPTY_TITLE}</h2>
            <ol>{texts::EMPTY_STEPS.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            <Show when=|| !EXAMPLES.is_empty()>
                <h3>{texts::EMPTY_EXAMPLES}</h3>
                <ul class="examples">
                    {EXAMPLES
                        .iter()
                        .map(|example| {
                            view! {
                                <li>
                                    <button
                                        type="button"
                                        class="example"
                                        on:click=move |_| session.load_example(example.folder)
                                    >
                                        <strong>{example.title()}</strong>
                                        <span>{texts::count(example.files.len(), "file")}</span>
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </Show>
        </section>
    }
}
