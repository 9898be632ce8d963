//! The list of findings. Each leads to its place in the code.

use leptos::prelude::*;
use lockstep_core::report::json::{Finding, Severity};

use super::{Filter, PORTION, finding_id};
use crate::page::session::{FindingKey, LineOfScript, session};
use crate::page::show::place;
use crate::page::views::level::{SEVERITIES, severity_class, severity_icon, severity_word};
use crate::page::views::sql::sentence;
use crate::texts;

/// A finding as it is listed. Those that stay the same are not drawn again.
#[derive(Clone, PartialEq, Eq)]
struct Listed {
    key: FindingKey,
    finding: Finding,
    place: Option<LineOfScript>,
    /// The version of its migration.
    version: Option<String>,
}

/// The list "Findings", and what filters it.
#[component]
pub fn Findings() -> impl IntoView {
    let session = session();
    let filter = expect_context::<Filter>();
    let all = Memo::new(move |_| {
        session.shown.with(|shown| {
            let document = shown.as_ref().map(|shown| &shown.document);
            document.map_or_else(Vec::new, |document| {
                let listed = |(key, finding): (FindingKey, &Finding)| Listed {
                    key,
                    place: place::place(document, key, finding),
                    version: key.0.map(|migration| document.migrations[migration].version.clone()),
                    finding: finding.clone(),
                };
                place::all(document).into_iter().map(listed).collect()
            })
        })
    });
    let left = Memo::new(move |_| {
        let hidden = filter.hidden.read();
        let only = filter.only_selected.get().then(|| session.migration.get());
        let all = all.read();
        let kept = all.iter().filter(|listed| {
            !hidden.contains(&listed.finding.severity) && (only.is_none() || listed.key.0 == only)
        });
        kept.cloned().collect::<Vec<_>>()
    });
    let how_many = move |severity: Severity| {
        all.read().iter().filter(|listed| listed.finding.severity == severity).count()
    };
    view! {
        <section class="findings">
            <div class="bar">
                <h3 id="findings">{texts::FINDINGS}</h3>
                <div class="filters">
                    {SEVERITIES
                        .into_iter()
                        .map(|severity| {
                            let is_kept = move || !filter.hidden.read().contains(&severity);
                            let switch = move |_| {
                                filter
                                    .hidden
                                    .update(|hidden| match hidden.iter().position(|other| *other == severity) {
                                        Some(place) => drop(hidden.remove(place)),
                                        None => hidden.push(severity),
                                    })
                            };
                            view! {
                                <button
                                    type="button"
                                    class=format!("filter {}", severity_class(severity))
                                    aria-pressed=move || is_kept().to_string()
                                    disabled=move || how_many(severity) == 0
                                    on:click=switch
                                >
                                    {severity_icon(severity).draw()}
                                    {move || texts::how_many(how_many(severity), severity_word(severity))}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=filter.only_selected
                    on:change=move |event| filter.only_selected.set(event_target_checked(&event))
                />
                {texts::ONLY_THIS_MIGRATION}
            </label>
            <ul aria-labelledby="findings">
                <For
                    each=move || left.get().into_iter().take(filter.limit.get())
                    key=key
                    children=move |listed| view! { <Item listed /> }
                />
            </ul>
            <Show when=move || left.read().is_empty()>
                <p class="quiet-text">
                    {move || if all.read().is_empty() { texts::NO_FINDINGS } else { texts::NO_FINDINGS_FILTERED }}
                </p>
            </Show>
            <Show when=move || { left.read().len() > filter.limit.get() }>
                <button type="button" on:click=move |_| filter.limit.update(|limit| *limit += PORTION)>
                    {texts::SHOW_MORE}
                </button>
            </Show>
        </section>
    }
}

/// What makes a listed finding a different one.
fn key(listed: &Listed) -> (FindingKey, String, String, String, u32, u32, u32) {
    let Listed { key, finding, .. } = listed;
    let Finding { rule, message, path, line, column, end_line, .. } = finding;
    (*key, rule.clone(), message.clone(), path.clone(), *line, *column, *end_line)
}

#[component]
fn Item(listed: Listed) -> impl IntoView {
    let session = session();
    let Listed { key, finding, place, version } = listed;
    let is_looked_at = move || session.finding.get() == Some(key);
    let where_it_is = match (version, finding.path.as_str()) {
        (Some(version), _) => texts::in_migration(&version, finding.line),
        (None, "") => texts::WHOLE_SET.to_owned(),
        (None, path) => texts::in_migration(path.rsplit('/').next().unwrap_or(path), finding.line),
    };
    let path = format!("{}:{}:{}", finding.path, finding.line, finding.column);
    let aliases = (!finding.aliases.is_empty()).then(|| format!("= {}", finding.aliases.join(", ")));
    view! {
        <li
            id=finding_id(key)
            tabindex="-1"
            class=format!("finding {}", severity_class(finding.severity))
            class:looked-at=is_looked_at
        >
            <button
                type="button"
                class="head"
                aria-current=move || is_looked_at().then_some("true")
                on:click=move |_| session.look_at(key, place)
            >
                <span class="level">{severity_icon(finding.severity).draw()} {severity_word(finding.severity)}</span>
                " "
                <code class="rule" title=aliases>{finding.rule.clone()}</code>
                " "
                <span class="place" title=path>{where_it_is}</span>
            </button>
            <p>{sentence(&finding.message)}</p>
            {(!finding.help.is_empty()).then(|| view! { <p class="help">{sentence(&finding.help)}</p> })}
        </li>
    }
}
