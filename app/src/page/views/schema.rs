//! The schema after a migration, as DDL, with what changed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::export::{Copy, Download};
use super::sql::coloured;
use crate::page::session::session;
use crate::page::show::code::line_pieces;
use crate::page::show::title::title;
use crate::protocol::{Answer, Change, Request, SchemaLine};
use crate::texts;

/// The schema after the migration that is looked at.
#[component]
pub fn SchemaPart() -> impl IntoView {
    let session = session();
    let marks = RwSignal::new(true);
    let lines = RwSignal::new(None::<Vec<SchemaLine>>);
    let asked = Memo::new(move |_| {
        (session.shown.read().as_ref().map(|shown| shown.number), session.migration.get())
    });
    Effect::new(move |_| {
        let question = asked.get();
        let migration = question.1;
        spawn_local(async move {
            let answer = session.ask(Request::Schema { migration }).await;
            // The reader may have gone on meanwhile.
            if asked.try_get_untracked() == Some(question) {
                lines.set(match answer {
                    Ok(Answer::Schema(lines)) => Some(lines.unwrap_or_default()),
                    _ => None,
                });
            }
        });
    });
    let ddl = Signal::derive(move || {
        let lines = lines.read();
        let lines = lines.iter().flatten().filter(|line| line.change != Change::Removed);
        lines.map(|line| format!("{}\n", line.text)).collect::<String>()
    });
    let name = move || {
        session.shown.with(|shown| {
            let migration = shown.as_ref()?.document.migrations.get(session.migration.get())?;
            Some(title(&migration.version, &migration.name))
        })
    };
    view! {
        <div class="bar">
            <h3>{texts::SCHEMA_AFTER} " " {name}</h3>
            <div class="actions">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=marks
                        on:change=move |event| marks.set(event_target_checked(&event))
                    />
                    {texts::MARK_CHANGES}
                </label>
                <Copy label=texts::COPY_DDL text=ddl />
                <Download label=texts::DOWNLOAD_DDL file=texts::DDL_FILE text=ddl />
            </div>
        </div>
        <Changes />
        {move || match lines.get() {
            None => view! { <p class="quiet-text">{texts::WRITING}</p> }.into_any(),
            Some(lines) if lines.is_empty() => view! { <p class="quiet-text">{texts::NO_SCHEMA}</p> }.into_any(),
            Some(lines) => {
                let marked = marks.get();
                let lines = lines
                    .into_iter()
                    .filter(|line| marked || line.change != Change::Removed)
                    .map(|line| schema_line(line, marked))
                    .collect_view();
                view! {
                    <pre class="plain-code diff" tabindex="0" role="group" aria-label=texts::SCHEMA>
                        {lines}
                    </pre>
                }
                    .into_any()
            }
        }}
    }
}

/// What the migration changes, one line each.
#[component]
fn Changes() -> impl IntoView {
    let session = session();
    let changes = Memo::new(move |_| {
        session.shown.with(|shown| {
            let migration = shown.as_ref()?.document.migrations.get(session.migration.get())?;
            Some(migration.schema_changes.clone())
        })
    });
    view! {
        <Show when=move || changes.read().as_ref().is_some_and(|changes| !changes.is_empty())>
            <h4>{texts::WHAT_CHANGED}</h4>
            <ul class="lines">
                {move || changes.get().unwrap_or_default().into_iter().map(|change| view! { <li>{change}</li> }).collect_view()}
            </ul>
        </Show>
    }
}

fn schema_line(line: SchemaLine, marked: bool) -> impl IntoView {
    let pieces = line_pieces(&line.text, &line.tokens);
    let (class, sign, word) = match line.change {
        Change::Added if marked => ("added", "+", texts::ADDED),
        Change::Removed => ("removed", "−", texts::REMOVED),
        _ => ("same", " ", ""),
    };
    view! {
        <span class=class>
            <span class="sign" aria-hidden="true">
                {sign}
            </span>
            {(!word.is_empty()).then(|| view! { <span class="unseen">{word} " "</span> })}
            {coloured(pieces)}
            "\n"
        </span>
    }
}
