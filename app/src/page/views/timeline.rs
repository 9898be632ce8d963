//! The migrations in order, each with its risk.

use leptos::prelude::*;
use lockstep_core::report::json::{Level, Migration};

use super::level::LevelMark;
use crate::page::browser::focus::keep_in_sight;
use crate::page::session::session;
use crate::page::show::title::version_and_name;
use crate::texts;

/// What an entry shows. Entries that stay the same are not drawn again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Entry {
    index: usize,
    version: Option<String>,
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
        let entry = |(index, migration): (usize, &Migration)| {
            let (version, name) = version_and_name(&migration.version, &migration.name);
            Entry {
                index,
                version,
                name,
                risk: migration.risk,
                under_review: migration.under_review,
                has_way_back: migration.rollback.verdict != "missing",
            }
        };
        migrations.iter().enumerate().map(entry).collect::<Vec<_>>()
    });
    Effect::new(move |_| keep_in_sight(entry_id(session.migration.get())));
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
                        view! {
                            <li class:applied=!under_review>
                                <button
                                    type="button"
                                    id=entry_id(index)
                                    aria-current=move || is_selected().then_some("step")
                                    on:click=move |_| session.choose(index)
                                >
                                    <span class="what">
                                        {version.map(|version| view! { <span class="version">{version}</span> " " })}
                                        {name}
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

fn entry_id(migration: usize) -> String {
    format!("migration-{migration}")
}
