//! The migration's SQL with everything the review says about it, at its line.

use leptos::prelude::*;
use lockstep_core::report::json::{Script, Severity, Transaction};

use super::notes::{self, Notes};
use super::{Filter, finding_id};
use crate::page::browser::focus::lead_to;
use crate::page::session::{Direction, FindingKey, Shown, line_id, session};
use crate::page::show::title::version_and_name;
use crate::page::show::{code, place};
use crate::page::views::icon::Icon;
use crate::page::views::level::{LevelMark, severity_class, severity_icon, severity_word};
use crate::page::views::sql::{coloured, sentence};
use crate::texts;

/// A line with what is said about it. Lines that stay the same are not drawn again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    line: code::Line,
    /// Findings that begin here.
    marks: Vec<Mark>,
    /// Findings that end here, whose words stand below.
    messages: Vec<Mark>,
    notes: Vec<Notes>,
}

/// A finding at its line.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Mark {
    key: FindingKey,
    severity: Severity,
    rule: String,
    message: String,
}

/// Some lines of a script, and whether there are more.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Rows {
    rows: Vec<Row>,
    earlier: bool,
    later: bool,
}

/// What stands above a script.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Head {
    title: String,
    missing: bool,
    transaction: String,
}

/// The scripts of the migration that is looked at.
#[component]
pub fn Code() -> impl IntoView {
    let session = session();
    let head = Memo::new(move |_| {
        session.shown.with(|shown| {
            let migrations = &shown.as_ref()?.document.migrations;
            let migration = migrations.get(session.migration.get())?;
            let (version, name) = version_and_name(&migration.version, &migration.name);
            Some((version, name, migration.risk, migrations.len()))
        })
    });
    let has = move |direction: Direction| {
        session.shown.with(|shown| {
            shown
                .as_ref()
                .is_some_and(|shown| direction.script(&shown.document, session.migration.get()).is_some())
        })
    };
    let step = move |by: isize| {
        session.choose(session.migration.get_untracked().saturating_add_signed(by));
    };
    let is_first = move || session.migration.get() == 0;
    let is_last = move || head.read().as_ref().is_none_or(|head| session.migration.get() + 1 >= head.3);
    view! {
        <section class="code" aria-labelledby="code">
            <div class="bar">
                <h3 id="code">
                    {move || {
                        head.get()
                            .map(|(version, name, risk, ..)| {
                                view! {
                                    {version.map(|version| view! { <span class="version">{version}</span> " " })}
                                    {name}
                                    " "
                                    <LevelMark level=risk />
                                }
                            })
                    }}
                </h3>
                <div class="actions">
                    <button
                        type="button"
                        class="quiet small"
                        aria-label=texts::PREVIOUS_MIGRATION
                        title=texts::PREVIOUS_MIGRATION
                        disabled=is_first
                        on:click=move |_| step(-1)
                    >
                        {Icon::Up.draw()}
                    </button>
                    <button
                        type="button"
                        class="quiet small"
                        aria-label=texts::NEXT_MIGRATION
                        title=texts::NEXT_MIGRATION
                        disabled=is_last
                        on:click=move |_| step(1)
                    >
                        {Icon::Down.draw()}
                    </button>
                </div>
            </div>
            <ScriptCode direction=Direction::Up />
            <Show when=move || has(Direction::Down)>
                <ScriptCode direction=Direction::Down />
            </Show>
            <Show when=move || has(Direction::DownOfAll)>
                <ScriptCode direction=Direction::DownOfAll />
            </Show>
        </section>
    }
}

#[component]
fn ScriptCode(direction: Direction) -> impl IntoView {
    let session = session();
    // The line around which a script too long to draw as a whole is drawn.
    let anchor = RwSignal::new(0u32);
    Effect::new(move |_| {
        let line = session.line.get().filter(|line| line.direction == direction);
        anchor.set(line.filter(|line| line.migration == session.migration.get()).map_or(0, |line| line.line));
    });
    let head = Memo::new(move |_| {
        session.shown.with(|shown| {
            let script = direction.script(&shown.as_ref()?.document, session.migration.get())?;
            Some(Head {
                title: script.title.clone(),
                missing: script.missing,
                transaction: transaction_words(script),
            })
        })
    });
    let rows = Memo::new(move |_| {
        session.shown.with(|shown| rows(shown.as_ref()?, session.migration.get(), direction, anchor.get()))
    });
    let looked_at = Memo::new(move |_| {
        let key = session.finding.get()?;
        session.shown.with(|shown| {
            let document = &shown.as_ref()?.document;
            let (_, finding) = place::within(document, session.migration.get(), direction)
                .into_iter()
                .find(|(other, _)| *other == key)?;
            Some((finding.line, finding.end_line))
        })
    });
    let first = move || rows.read().as_ref().and_then(|rows| rows.rows.first().map(|row| row.line.number));
    let earlier = move |_| anchor.set(first().unwrap_or(0).saturating_sub(code::WINDOW / 2));
    let later = move |_| anchor.set(first().unwrap_or(0) + code::WINDOW);
    let way = match direction {
        Direction::Up => (Icon::Up, texts::WAY_UP),
        Direction::Down => (Icon::Back, texts::WAY_BACK),
        Direction::DownOfAll => (Icon::Back, texts::WAY_BACK_OF_ALL),
    };
    view! {
        <div class="script-head">
            <span class="way">{way.0.draw()} {way.1}</span>
            <code>{move || head.get().map(|head| head.title)}</code>
            <span class="quiet-text">
                {move || head.get().map(|head| if head.missing { texts::NO_SQL.to_owned() } else { head.transaction })}
            </span>
        </div>
        <div
            class="lines-of-code"
            role="group"
            aria-label=move || texts::code_of(&head.get().map(|head| head.title).unwrap_or_default())
        >
            <Show when=move || rows.read().as_ref().is_some_and(|rows| rows.earlier)>
                <button type="button" class="more" on:click=earlier>
                    {texts::EARLIER_LINES}
                </button>
            </Show>
            <For
                each=move || rows.get().map(|rows| rows.rows).unwrap_or_default()
                key=Row::clone
                children=move |row| draw(row, direction, looked_at)
            />
            <Show when=move || rows.read().as_ref().is_some_and(|rows| rows.later)>
                <button type="button" class="more" on:click=later>
                    {texts::LATER_LINES}
                </button>
            </Show>
        </div>
    }
}

fn rows(shown: &Shown, index: usize, direction: Direction, anchor: u32) -> Option<Rows> {
    let document = &shown.document;
    let script = direction.script(document, index)?;
    if script.missing {
        return None;
    }
    let file = shown.source(&script.path)?;
    let findings = place::within(document, index, direction);
    let all = code::line_numbers(file, script);
    let window = code::window(all.clone(), anchor);
    let at_lines: Vec<_> = findings.iter().enumerate().map(|(at, (_, finding))| (at, *finding)).collect();
    let lines = code::lines(file, script, shown.tokens(index, direction), &at_lines, window.clone());
    let row = |line: code::Line| Row {
        marks: line.findings.iter().map(|at| mark(findings[*at])).collect(),
        messages: line.findings_end.iter().map(|at| mark(findings[*at])).collect(),
        notes: line.ends.iter().filter_map(|at| Notes::of(&script.statements[*at])).collect(),
        line,
    };
    Some(Rows {
        rows: lines.into_iter().map(row).collect(),
        earlier: window.start > all.start,
        later: window.end < all.end,
    })
}

fn mark((key, finding): (FindingKey, &lockstep_core::report::json::Finding)) -> Mark {
    Mark { key, severity: finding.severity, rule: finding.rule.clone(), message: finding.message.clone() }
}

/// "one transaction: the runner's".
fn transaction_words(script: &Script) -> String {
    match script.transactions.as_slice() {
        [] => texts::NO_TRANSACTION.to_owned(),
        [Transaction { by, .. }] if by == "runner" => texts::RUNNER_TRANSACTION.to_owned(),
        [_] => texts::SCRIPT_TRANSACTION.to_owned(),
        several => texts::count(several.len(), "transaction"),
    }
}

fn draw(row: Row, direction: Direction, looked_at: Memo<Option<(u32, u32)>>) -> impl IntoView {
    let Row { line, marks, messages, notes } = row;
    let number = line.number;
    let is_looked_at = move || looked_at.get().is_some_and(|(first, last)| (first..=last).contains(&number));
    let bracket = match line.bracket {
        None => "bracket",
        Some(bracket) => match (bracket.first, bracket.last) {
            (true, true) => "bracket whole",
            (true, false) => "bracket first",
            (false, true) => "bracket last",
            (false, false) => "bracket inside",
        },
    };
    let continues = line.bracket.is_some_and(|bracket| !bracket.last);
    let has_notes = !messages.is_empty() || !notes.is_empty();
    let marks = gutter(&marks);
    let messages = messages.iter().map(message).collect_view();
    view! {
        <div
            class="line"
            class:aside=line.aside
            class:looked-at=is_looked_at
            id=line_id(direction, number)
            tabindex="-1"
        >
            <span class=bracket></span>
            <span class="number">{number}</span>
            <span class="marks">{marks}</span>
            <code class="text">{coloured(line.pieces)}</code>
        </div>
        {has_notes
            .then(|| {
                view! {
                    <div class="notes">
                        <span class=if continues { "bracket inside" } else { "bracket" }></span>
                        <div class="said-here">{messages} {notes.into_iter().map(notes::draw).collect_view()}</div>
                    </div>
                }
            })}
    }
}

/// The mark of the gravest finding of a line, which leads to it in the list.
fn gutter(marks: &[Mark]) -> Option<impl IntoView + use<>> {
    let gravest = marks.iter().rev().max_by_key(|mark| mark.severity)?;
    let words = texts::to_finding(severity_word(gravest.severity), &gravest.rule);
    let back = way_back_to(gravest.key);
    Some(view! {
        <button
            type="button"
            class=format!("mark {}", severity_class(gravest.severity))
            aria-label=words.clone()
            title=words
            on:click=move |_| back()
        >
            {severity_icon(gravest.severity).draw()}
        </button>
    })
}

/// What a finding says, below the line where it ends.
fn message(mark: &Mark) -> impl IntoView + use<> {
    let back = way_back_to(mark.key);
    view! {
        <p class=format!("message {}", severity_class(mark.severity))>
            <span class="level">{severity_word(mark.severity)}</span>
            " "
            {sentence(&mark.message)}
            " "
            <button type="button" class="link rule" on:click=move |_| back()>
                {mark.rule.clone()}
            </button>
        </p>
    }
}

/// Leads from the code to a finding in the list.
fn way_back_to(key: FindingKey) -> impl Fn() + Copy {
    let session = session();
    let filter = expect_context::<Filter>();
    move || {
        if document().get_element_by_id(&finding_id(key)).is_none() {
            filter.lift();
        }
        session.finding.set(Some(key));
        lead_to(finding_id(key));
    }
}
