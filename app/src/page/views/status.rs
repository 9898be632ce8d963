//! What the reviewer is doing, and what to do when it failed.

use leptos::prelude::*;

use super::icon::Icon;
use crate::page::session::reviewer::Failure;
use crate::page::session::{Status, session};
use crate::texts;

/// One quiet line in the header.
#[component]
pub fn Progress() -> impl IntoView {
    let session = session();
    let words = Memo::new(move |_| match &*session.status.read() {
        Status::Starting => texts::STARTING,
        Status::Reviewing => texts::REVIEWING,
        Status::Ready if session.shown.read().is_some() => texts::UP_TO_DATE,
        Status::Ready | Status::Failed(_) => "",
    });
    let busy = move || matches!(*session.status.read(), Status::Starting | Status::Reviewing);
    view! {
        <p class="progress" class:busy=busy role="status">
            {words}
        </p>
    }
}

/// A failure in plain words, with the way on.
#[component]
pub fn Failed() -> impl IntoView {
    let session = session();
    let failure = move || match &*session.status.read() {
        Status::Failed(failure) => Some(failure.clone()),
        _ => None,
    };
    let reload = |_| drop(window().location().reload());
    view! {
        <div role="alert">
            {move || {
                failure()
                    .map(|failure| {
                        let words = match &failure {
                            Failure::Crashed if session.input.read_untracked().is_large() => {
                                texts::CRASHED_LARGE.to_owned()
                            }
                            Failure::Crashed => texts::CRASHED.to_owned(),
                            Failure::TooLong(patience) => texts::too_long(patience.as_secs()),
                            Failure::NotReady | Failure::Overtaken => texts::STARTING.to_owned(),
                            Failure::NotLoaded(detail) if detail.is_empty() => texts::NOT_LOADED.to_owned(),
                            Failure::NotLoaded(detail) => format!("{} ({detail})", texts::NOT_LOADED),
                        };
                        let restarted = matches!(failure, Failure::Crashed | Failure::TooLong(_));
                        view! {
                            <div class="failed">
                                <span inner_html=Icon::Warning.beside("")></span>
                                <p>
                                    {words}
                                    {(restarted && session.shown.read().is_some())
                                        .then(|| format!(" {}", texts::LAST_GOOD))}
                                </p>
                                {if restarted {
                                    view! {
                                        <button type="button" on:click=move |_| session.review()>
                                            {texts::REVIEW_AGAIN}
                                        </button>
                                    }
                                        .into_any()
                                } else {
                                    view! {
                                        <button type="button" on:click=reload>
                                            {texts::RELOAD}
                                        </button>
                                    }
                                        .into_any()
                                }}
                            </div>
                        }
                    })
            }}
        </div>
    }
}
