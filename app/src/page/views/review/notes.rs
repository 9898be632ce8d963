//! What stands below a statement: locks, work, errors, assumptions.

use leptos::prelude::*;
use lockstep_core::report::json::{Error, Lock, Statement, Work};

use crate::page::views::icon::Icon;
use crate::page::views::locks::{mode_mark, who_waits, work_words};
use crate::texts;

/// What is noted about a statement.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Notes {
    modelled: bool,
    error: Option<Error>,
    locks: Vec<Lock>,
    work: Vec<Work>,
    changes: Vec<String>,
    assumed: Vec<String>,
}

impl Notes {
    /// The notes of a statement; none when there is nothing to say.
    pub fn of(statement: &Statement) -> Option<Self> {
        let Statement { modelled, error, locks, work, changes, assumed, .. } = statement.clone();
        let silent = modelled
            && error.is_none()
            && locks.is_empty()
            && work.is_empty()
            && changes.is_empty()
            && assumed.is_empty();
        (!silent).then_some(Notes { modelled, error, locks, work, changes, assumed })
    }
}

/// Draws the notes of a statement.
pub fn draw(notes: Notes) -> impl IntoView {
    let Notes { modelled, error, locks, work, changes, assumed } = notes;
    let locks = locks
        .into_iter()
        .map(|Lock { relation, mode, blocks }| {
            let waits = who_waits(&blocks);
            view! {
                <li class="chip" title=format!("{}: {waits}", texts::WHO_WAITS)>
                    {Icon::Lock.draw()} {mode_mark(&mode)} " " {relation}
                    <span class="unseen">{format!(". {}: {waits}", texts::WHO_WAITS)}</span>
                </li>
            }
        })
        .collect_view();
    let work = work
        .into_iter()
        .map(|work| view! { <li class="chip work">{Icon::Work.draw()} {work_words(&work)}</li> })
        .collect_view();
    view! {
        {error
            .map(|Error { sqlstate, message }| {
                view! {
                    <p class="refused">
                        {Icon::Stop.draw()} <span>{texts::REFUSES} " " {message} " " <code>{sqlstate}</code></span>
                    </p>
                }
            })}
        <ul class="chips">
            {locks} {work}
            {(!modelled)
                .then(|| view! { <li class="chip unknown">{Icon::Question.draw()} {texts::NOT_SIMULATED}</li> })}
        </ul>
        {said(texts::CHANGES, changes)}
        {said(texts::ASSUMED, assumed)}
    }
}

fn said(title: &'static str, lines: Vec<String>) -> Option<impl IntoView> {
    (!lines.is_empty()).then(|| {
        let lines = lines.join("; ");
        view! {
            <p class="aside-note">
                <span>{title}</span>
                " "
                {lines}
            </p>
        }
    })
}
