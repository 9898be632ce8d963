//! The migrations in order, each with its risk.

use leptos::prelude::*;
use lockstep_app::texts;
use lockstep_core::report::json::Level;

use super::level::LevelMark;
use crate::session::session;

/// What an entry shows. Entries that stay the same are not drawn again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Entry {
    index: usize,
    version: String,
    name: String,
    risk: Level,
    under_review: bool,
    has_way_back: bool,
}

/// The rail of migrations.
#[component]
pub fn Timeline() -> impl IntoView {
    let session = session();
    let entries = Memo::new(move |_| {
        let shown = session.shown.read();
        let migrations = shown.as_ref().map(|shown| shown.document.migrations.as_slice()).unwrap_or_default();
        let entry = |(index, migration): (usize, &lockstep_core::report::json::Migration)| Entry {
            index,
            version: migration.version.clone(),
            name: migration.name.clone(),
            risk: migration.risk,
            under_review: migration.under_review,
            has_way_back: migration.down.is_some(),
        };
        migrations.iter().enumerate().map(entry).collect::<Vec<_>>()
    });
    view! {
        <section class="timeline" class:stale=move || session.stale.get()>
            <div class="bar">
                <h2 id="timeline">{texts::TIMELINE}</h2>
                <span class="quiet-text">{move || texts::count(entries.read().len(), "migration")}</span>
            </div>
            <ol aria-labelledby="timeline">
                <For
                    each=move || entries.get()
                    key=|entry| entry.clone()
                    children=move |entry| {
                        let Entry { index, version, name, risk, under_review, has_way_back } = entry;
                        let is_selected = move || session.migration.get() == index;
                        let named = name != version && !name.is_empty();
                        view! {
                            <li class:applied=!under_review>
                                <button
                                    type="button"
                                    aria-current=move || is_selected().then_some("step")
                                    on:click=move |_| session.choose(index)
                                >
                                    <span class="what">
                                        <span class="version">{version}</span>
                                        {named.then(|| view! { <span class="name">{name}</span> })}
                                    </span>
                                    <span class="state">
                                        {if under_review {
                                            view! { <LevelMark level=risk /> }.into_any()
                                        } else {
                                            view! { <span class="tag">{texts::BASELINE}</span> }.into_any()
                                        }}
                                        {(under_review && !has_way_back)
                                            .then(|| view! { <span class="tag">{texts::NO_ROLLBACK}</span> })}
                                    </span>
                                </button>
                            </li>
                        }
                    }
                />
            </ol>
        </section>
    }
}
