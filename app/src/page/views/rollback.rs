//! The way back of every migration, and of all of them at once.

use leptos::prelude::*;
use lockstep_core::report::json::{Migration, Rollback, Script};

use super::export::Copy;
use super::icon::Icon;
use super::sections::Sections;
use super::sql::coloured;
use crate::page::session::{Direction, LineOfScript, Session, session};
use crate::page::show::code;
use crate::texts;

/// The ways back of all migrations under review.
#[component]
pub fn RollbackPart() -> impl IntoView {
    view! {
        <p class="intro">{texts::ROLLBACK_INTRO}</p>
        <OfAll />
        <Sections section=of_one />
    }
}

/// One script that takes the whole set back, where there is one.
#[component]
fn OfAll() -> impl IntoView {
    let session = session();
    let of_all = move || {
        session.shown.with(|shown| {
            let document = &shown.as_ref()?.document;
            let rollback = document.rollback_of_all.as_ref()?;
            let last = document.migrations.len().checked_sub(1)?;
            Some(way_back(session, rollback, last, Direction::DownOfAll, document.down_of_all.as_ref()))
        })
    };
    view! {
        {move || {
            of_all()
                .map(|way_back| {
                    view! {
                        <section class="section" aria-label=texts::WHOLE_SET_TITLE>
                            <h3>{texts::WHOLE_SET_TITLE}</h3>
                            {way_back}
                        </section>
                    }
                })
        }}
    }
}

fn of_one(index: usize, migration: &Migration) -> AnyView {
    way_back(session(), &migration.rollback, index, Direction::Down, migration.down.as_ref())
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

fn way_back(
    session: Session,
    rollback: &Rollback,
    migration: usize,
    direction: Direction,
    down: Option<&Script>,
) -> AnyView {
    let (class, icon, words) = words(&rollback.verdict);
    let down = down.filter(|down| !down.missing);
    view! {
        <p class=format!("level {class} rollback-verdict")>{icon.draw()} <span>{words}</span></p>
        {list(texts::LOST_DATA, &rollback.lost)}
        {list(texts::NOT_RESTORED, &rollback.differences)}
        {list(texts::CANNOT_TELL, &rollback.unknown)}
        {down.map(|down| script(session, migration, direction, down))}
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

/// What is drawn of a script.
#[derive(Default)]
struct Drawn {
    /// All of it, for the clipboard.
    text: String,
    lines: Vec<code::Line>,
    /// Are there more lines than these?
    cut: bool,
}

fn drawn(session: Session, migration: usize, direction: Direction, script: &Script) -> Option<Drawn> {
    session.shown.with_untracked(|shown| {
        let shown = shown.as_ref()?;
        let file = shown.source(&script.path)?;
        let range = script.offset as usize..(script.offset + script.length) as usize;
        let all = code::line_numbers(file, script);
        let window = code::window(all.clone(), all.start);
        Some(Drawn {
            text: file.text.get(range)?.to_owned(),
            cut: window.end < all.end,
            lines: code::lines(file, script, shown.tokens(migration, direction), &[], window),
        })
    })
}

fn script(
    session: Session,
    migration: usize,
    direction: Direction,
    script: &Script,
) -> impl IntoView + use<> {
    let Drawn { text, lines, cut } = drawn(session, migration, direction, script).unwrap_or_default();
    let title = script.title.clone();
    let first = LineOfScript { migration, direction, line: script.line };
    let lines = lines.into_iter().map(|line| view! { {coloured(line.pieces)} "\n" }).collect_view();
    view! {
        <details class="script">
            <summary>{texts::ROLLBACK_SCRIPT} " " <code>{title}</code></summary>
            <pre class="plain-code" tabindex="0" role="group" aria-label=texts::ROLLBACK_SCRIPT>
                {lines}
            </pre>
            {cut
                .then(|| {
                    view! {
                        <button type="button" class="link" on:click=move |_| session.go_to(first)>
                            {texts::LATER_LINES}
                        </button>
                    }
                })}
            <div class="actions">
                <Copy label=texts::COPY_SCRIPT text=Signal::stored(text) />
            </div>
        </details>
    }
}
