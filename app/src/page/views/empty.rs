//! Before there is a review.

use leptos::prelude::*;

use crate::examples::{self, Example};
use crate::page::session::{Status, session};
use crate::texts;

/// What stands in the place of a review: how to begin, or word of the first review being made.
#[component]
pub fn NoReview() -> impl IntoView {
    let session = session();
    let is_blank = Memo::new(move |_| session.input.read().is_blank());
    let words = move || match &*session.status.read() {
        Status::Starting => texts::STARTING,
        Status::Reviewing | Status::Ready => texts::REVIEWING,
        Status::Failed(_) => "",
    };
    view! {
        <Show when=move || is_blank.get() fallback=move || view! { <p class="waiting">{words}</p> }>
            <Empty />
        </Show>
    }
}

/// What to do, in three lines, and the examples.
#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{texts::EMPTY_TITLE}</h2>
            <ol>{texts::EMPTY_STEPS.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            <Show when=|| !examples::all().is_empty()>
                <h3>{texts::EMPTY_EXAMPLES}</h3>
                <ul class="examples">
                    {examples::all()
                        .iter()
                        .filter(|example| !example.is_corrected())
                        .map(|example| view! { <Card example /> })
                        .collect_view()}
                </ul>
            </Show>
        </section>
    }
}

/// An example, and its corrected twin.
#[component]
fn Card(example: &'static Example) -> impl IntoView {
    let session = session();
    view! {
        <li>
            <button type="button" class="example" on:click=move |_| session.load_example(&example.folder)>
                <strong>{&*example.folder}</strong>
                <span>{&*example.about}</span>
            </button>
            {example
                .corrected()
                .map(|twin| {
                    view! {
                        <button
                            type="button"
                            class="link"
                            on:click=move |_| session.load_example(&twin.folder)
                        >
                            {texts::CORRECTED_TWIN}
                            <span class="unseen">" " {&*twin.folder}</span>
                        </button>
                    }
                })}
        </li>
    }
}
