//! One section for every migration under review, some at a time.

use leptos::prelude::*;
use lockstep_core::report::json::Migration;

use crate::page::browser::focus::lead_to;
use crate::page::session::session;
use crate::page::show::title::version_and_name;
use crate::texts;

/// How many sections are drawn at a time.
const PORTION: usize = 30;

/// A section for every migration under review. Choosing one in the timeline leads to its section.
#[component]
pub fn Sections(section: fn(usize, &Migration) -> AnyView) -> impl IntoView {
    let session = session();
    let limit = RwSignal::new(PORTION);
    let reviewed = Memo::new(move |_| {
        let shown = session.shown.read();
        let migrations = shown.as_ref().map(|shown| shown.document.migrations.as_slice()).unwrap_or_default();
        let under_review = migrations.iter().enumerate().filter(|(_, migration)| migration.under_review);
        under_review.map(|(index, _)| index).collect::<Vec<_>>()
    });
    Effect::new(move |before: Option<usize>| {
        let migration = session.migration.get();
        if before.is_some_and(|before| before != migration) {
            if let Some(place) = reviewed.read_untracked().iter().position(|index| *index == migration) {
                limit.update(|limit| *limit = (*limit).max(place + 1));
            }
            lead_to(section_id(migration));
        }
        migration
    });
    let draw = move |index: usize| {
        session.shown.with(|shown| {
            let migration = shown.as_ref()?.document.migrations.get(index)?;
            let (version, name) = version_and_name(&migration.version, &migration.name);
            Some(view! {
                <article
                    class="section"
                    id=section_id(index)
                    tabindex="-1"
                    class:selected=move || session.migration.get() == index
                >
                    <h3>
                        {version.map(|version| view! { <span class="version">{version}</span> " " })}
                        {name}
                    </h3>
                    {section(index, migration)}
                </article>
            })
        })
    };
    view! {
        {move || reviewed.get().into_iter().take(limit.get()).map(draw).collect_view()}
        <Show when=move || { reviewed.read().len() > limit.get() }>
            <button type="button" on:click=move |_| limit.update(|limit| *limit += PORTION)>
                {texts::SHOW_MORE}
            </button>
        </Show>
    }
}

fn section_id(migration: usize) -> String {
    format!("section-{migration}")
}
