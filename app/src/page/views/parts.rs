//! The tabs of a review.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::drawn::{Write, drawn};
use super::empty;
use super::export::Download;
use super::locks::Locks;
use super::readme::ReadmePart;
use super::review::ReviewPart;
use super::rollback::RollbackPart;
use super::schema::SchemaPart;
use crate::page::session::{Session, Tab, session};
use crate::page::show::action::Text;
use crate::page::show::html::html;
use crate::texts;

fn title(tab: Tab) -> &'static str {
    match tab {
        Tab::Review => texts::REVIEW,
        Tab::Locks => texts::LOCKS,
        Tab::Schema => texts::SCHEMA,
        Tab::Rollback => texts::ROLLBACK,
        Tab::Readme => texts::README,
    }
}

fn tab_id(tab: Tab) -> String {
    format!("tab-{}", title(tab).to_ascii_lowercase())
}

fn panel_id(tab: Tab) -> String {
    format!("panel-{}", title(tab).to_ascii_lowercase())
}

/// Tabs and the panel of the chosen one.
#[component]
pub fn Parts() -> impl IntoView {
    let session = session();
    let chosen = session.tab;
    let on_key = move |event: KeyboardEvent| {
        let at = Tab::ALL.iter().position(|tab| *tab == chosen.get_untracked()).unwrap_or_default();
        let last = Tab::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % Tab::ALL.len(),
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        chosen.set(Tab::ALL[to]);
        crate::page::browser::focus::focus(tab_id(Tab::ALL[to]));
    };
    let download = Write::new(|out| html!(out, { Download(texts::DOWNLOAD_REPORT, Text::Report) }));
    view! {
        <div class="tab-bar">
            <div class="tabs" role="tablist" aria-label=texts::REVIEW_PARTS on:keydown=on_key>
                {Tab::ALL
                    .into_iter()
                    .map(|tab| {
                        let is_chosen = move || chosen.get() == tab;
                        view! {
                            <button
                                type="button"
                                role="tab"
                                id=tab_id(tab)
                                aria-controls=panel_id(tab)
                                aria-selected=move || is_chosen().to_string()
                                tabindex=move || if is_chosen() { "0" } else { "-1" }
                                on:click=move |_| chosen.set(tab)
                            >
                                {title(tab)}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <div hidden=move || !session.has_review.get() use:drawn=download></div>
        </div>
        {Tab::ALL
            .into_iter()
            .map(|tab| {
                let is_chosen = move || chosen.get() == tab;
                view! {
                    <div
                        class="panel"
                        class:stale=move || session.stale.get() && session.has_review.get()
                        role="tabpanel"
                        id=panel_id(tab)
                        aria-labelledby=tab_id(tab)
                        tabindex="0"
                        hidden=move || !is_chosen()
                    >
                        <Show when=is_chosen>
                            {move || if session.has_review.get() { part(tab) } else { no_review(session) }}
                        </Show>
                    </div>
                }
            })
            .collect_view()}
    }
}

fn no_review(session: Session) -> AnyView {
    let words = Write::new(move |out| empty::write(session, out));
    view! { <div use:drawn=words></div> }.into_any()
}

fn part(tab: Tab) -> AnyView {
    match tab {
        Tab::Review => view! { <ReviewPart /> }.into_any(),
        Tab::Locks => view! { <Locks /> }.into_any(),
        Tab::Schema => view! { <SchemaPart /> }.into_any(),
        Tab::Rollback => view! { <RollbackPart /> }.into_any(),
        Tab::Readme => view! { <ReadmePart /> }.into_any(),
    }
}
