//! The way back of every migration.

use leptos::prelude::*;
use lockstep_app::json::{Migration, Script};
use lockstep_app::texts;

use super::export::Copy;
use super::icon::Icon;
use super::sections::Sections;
use super::sql::coloured;
use crate::session::{Direction, session};
use crate::show::code;

/// The ways back of all migrations under review.
#[component]
pub fn RollbackPart() -> impl IntoView {
    view! {
        <p class="intro">{texts::ROLLBACK_INTRO}</p>
        <Sections section=way_back />
    }
}

/// Colour, picture and words of a rollback's verdict.
fn words(verdict: &str) -> (&'static str, Icon, &'static str) {
    match verdict {
        "exact" => ("level-none", Icon::Check, texts::ROLLBACK_EXACT),
        "lossy" => ("level-medium", Icon::Warning, texts::ROLLBACK_LOSSY),
        "incomplete" => ("level-high", Icon::Stop, texts::ROLLBACK_INCOMPLETE),
        "fails" => ("level-critical", Icon::Critical, texts::ROLLBACK_FAILS),
        "missing" => ("level-high", Icon::Stop, texts::ROLLBACK_MISSING),
        _ => ("level-low", Icon::Question, texts::ROLLBACK_UNKNOWN),
    }
}

fn way_back(index: usize, migration: &Migration) -> AnyView {
    let rollback = &migration.rollback;
    let (class, icon, words) = words(&rollback.verdict);
    view! {
        <p class=format!("level {class} rollback-verdict")>{icon.draw()} <span>{words}</span></p>
        {list(texts::LOST_DATA, &rollback.lost)}
        {list(texts::NOT_RESTORED, &rollback.differences)}
        {migration.down.as_ref().filter(|down| !down.missing).map(|down| script(index, down))}
    }
    .into_any()
}

fn list(title: &'static str, lines: &[String]) -> Option<impl IntoView + use<>> {
    (!lines.is_empty()).then(|| {
        let lines = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <h4>{title}</h4>
            <ul class="lines">{lines}</ul>
        }
    })
}

fn script(migration: usize, down: &Script) -> impl IntoView + use<> {
    let session = session();
    let title = down.title.clone();
    let path = down.path.clone();
    let range = down.offset as usize..(down.offset + down.length) as usize;
    let text = session.shown.with_untracked(|shown| {
        let file = shown.as_ref()?.source(&path)?;
        file.text.get(range).map(str::to_owned)
    });
    let lines = session.shown.with_untracked(|shown| {
        let shown = shown.as_ref()?;
        let file = shown.source(&path)?;
        let all = code::line_numbers(file, down);
        let window = code::window(all.clone(), all.start);
        let tokens = shown.tokens(migration).map(|tokens| tokens.down.as_slice()).unwrap_or_default();
        Some((window.end < all.end, code::lines(file, down, tokens, &[], window)))
    });
    let (cut, lines) = lines.unwrap_or_default();
    let first = down.line;
    view! {
        <details class="script">
            <summary>{texts::ROLLBACK_SCRIPT} " " <code>{title}</code></summary>
            <pre class="plain-code" tabindex="0" aria-label=texts::ROLLBACK_SCRIPT>
                {lines.into_iter().map(|line| view! { {coloured(line.pieces)} "\n" }).collect_view()}
            </pre>
            {cut
                .then(|| {
                    let go = move |_| {
                        session
                            .go_to(crate::session::LineOfScript {
                                migration,
                                direction: Direction::Down,
                                line: first,
                            })
                    };
                    view! {
                        <button type="button" class="link" on:click=go>
                            {texts::LATER_LINES}
                        </button>
                    }
                })}
            <div class="actions">
                <Copy label=texts::COPY_SCRIPT text=Signal::stored(text.unwrap_or_default()) />
            </div>
        </details>
    }
}
