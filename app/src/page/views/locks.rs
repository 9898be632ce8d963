//! What every statement locks, and who waits.

use leptos::prelude::*;
use lockstep_core::report::json::{Migration, Statement, Work};

use super::icon::Icon;
use super::sections::Sections;
use crate::page::session::{Direction, LineOfScript, session};
use crate::texts;

/// The locks of all migrations under review.
#[component]
pub fn Locks() -> impl IntoView {
    view! {
        <p class="intro">{texts::LOCKS_INTRO}</p>
        <Sections section=table />
    }
}

/// A lock mode in the colour of what it stops: reads, writes or neither.
pub fn mode_mark(mode: &str) -> impl IntoView + use<> {
    let class = match mode {
        "ACCESS EXCLUSIVE" => "mode stops-reads",
        "SHARE" | "SHARE ROW EXCLUSIVE" | "EXCLUSIVE" => "mode stops-writes",
        _ => "mode",
    };
    view! { <span class=class>{mode.to_owned()}</span> }
}

/// Who waits for a lock, in words.
pub fn who_waits(blocks: &[String]) -> String {
    match blocks.len() {
        0 => texts::NOBODY.to_owned(),
        all if all == EVERYDAY => texts::EVERYONE.to_owned(),
        _ => blocks.join("; "),
    }
}

/// How many kinds of everyday statements the review tells apart.
const EVERYDAY: usize = 5;

/// What is done to data, in words.
pub fn work_words(work: &Work) -> String {
    let Work { kind, relation, reason } = work;
    let what = match kind.as_str() {
        "rewrite" => format!("rewrites {relation}"),
        "scan" => format!("reads all of {relation}"),
        "build-index" => format!("builds an index on {relation}"),
        "validate-foreign-key" => format!("checks every row of {relation} against a foreign key"),
        other => format!("{other} {relation}"),
    };
    if reason.is_empty() { what } else { format!("{what}: {reason}") }
}

fn table(index: usize, migration: &Migration) -> AnyView {
    let rows: Vec<_> = migration
        .up
        .statements
        .iter()
        .filter(|statement| !statement.locks.is_empty() || !statement.work.is_empty())
        .map(|statement| rows(index, statement))
        .collect();
    if rows.is_empty() {
        return view! { <p class="quiet-text">{texts::NO_LOCKS}</p> }.into_any();
    }
    let held =
        if migration.up.transactions.is_empty() { texts::HELD_PER_STATEMENT } else { texts::HELD_TO_COMMIT };
    view! {
        <p class="quiet-text">{held}</p>
        <div class="wide" tabindex="0" role="group" aria-label=texts::LOCKS>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{texts::STATEMENT}</th>
                        <th scope="col">{texts::RELATION}</th>
                        <th scope="col">{texts::LOCK_MODE}</th>
                        <th scope="col">{texts::WHO_WAITS}</th>
                        <th scope="col">{texts::WORK}</th>
                    </tr>
                </thead>
                {rows}
            </table>
        </div>
    }
    .into_any()
}

/// A statement's rows: one a lock.
fn rows(migration: usize, statement: &Statement) -> impl IntoView + use<> {
    let session = session();
    let line = statement.line;
    let go = move |_| session.go_to(LineOfScript { migration, direction: Direction::Up, line });
    let height = statement.locks.len().max(1);
    let place = view! {
        <th scope="rowgroup" rowspan=height>
            <button type="button" class="link" on:click=go>
                {texts::line(line)}
            </button>
            " "
            {statement.kind.clone()}
        </th>
    };
    let work = view! {
        <td rowspan=height>
            <ul class="plain">
                {statement
                    .work
                    .iter()
                    .map(|work| view! { <li>{Icon::Work.draw()} {work_words(work)}</li> })
                    .collect_view()}
            </ul>
        </td>
    };
    let mut first = Some((place, work));
    let mut locks: Vec<_> = statement.locks.iter().map(Some).collect();
    if locks.is_empty() {
        locks.push(None);
    }
    let rows: Vec<_> = locks
        .into_iter()
        .map(|lock| {
            let (place, work) = first.take().unzip();
            let cells = match lock {
                Some(lock) => {
                    let waits = who_waits(&lock.blocks);
                    view! {
                        <td class="relation">{lock.relation.clone()}</td>
                        <td>{mode_mark(&lock.mode)}</td>
                        <td>{waits}</td>
                    }
                    .into_any()
                }
                None => view! { <td colspan="3"></td> }.into_any(),
            };
            view! { <tr>{place} {cells} {work}</tr> }
        })
        .collect();
    view! { <tbody>{rows}</tbody> }
}
