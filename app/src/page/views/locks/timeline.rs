//! The locks of a migration over time: a row for each relation, a column for each statement that locks something, a bar
//! as wide as the lock is held. It is a table, so it is read to those who cannot see it, and printed.

use lockstep_core::report::json::{Script, Statement, Transaction};

use super::parts::{Mode, Working, who_waits};
use crate::page::session::{Direction, LineOfScript};
use crate::page::show::action::Action;
use crate::page::show::held::{Bar, Held, Span};
use crate::page::show::html::{Html, html};
use crate::page::views::icon::Icon;
use crate::texts;

/// Writes it, where a script locks something.
pub fn write(script: &Script, migration: usize, out: &mut Html) {
    let held = Held::of(script);
    if held.columns.is_empty() {
        return;
    }
    html!(
        out,
        "<div class=\"lock-timeline\"><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::LOCK_TIMELINE}
        "\"><table class=\"held\"><thead><tr><td></td>"
    );
    for Span { transaction, width } in &held.spans {
        let (class, words) = match transaction {
            Some(transaction) => ("bracketed", transaction_words(transaction)),
            None => ("alone", texts::BY_ITSELF),
        };
        html!(out, "<th scope=\"colgroup\" colspan=\"" {*width} "\"><span class=\"" {class} "\">" {words} "</span></th>");
    }
    html!(out, "</tr><tr><th scope=\"col\">" {texts::RELATION} "</th>");
    for &index in &held.columns {
        let statement = &script.statements[index];
        html!(
            out,
            "<th scope=\"col\"><button type=\"button\" class=\"link\" title=\"" {statement.kind} "\" data-do=\""
            {to_line(migration, statement)} "\">" {texts::line(statement.line)} "</button></th>"
        );
    }
    html!(out, "</tr></thead><tbody>");
    for track in &held.tracks {
        html!(out, "<tr><th scope=\"row\" class=\"relation\">" {track.relation} "</th>");
        let mut at = 0;
        for bar in &track.bars {
            gap(bar.from - at, out);
            write_bar(script, &held, bar, migration, out);
            at = bar.to;
        }
        gap(held.columns.len() - at, out);
        html!(out, "</tr>");
    }
    html!(out, "</tbody></table></div><p class=\"quiet-text pointed-at\">" {texts::LOCK_TIMELINE_INTRO} "</p></div>");
}

fn to_line(migration: usize, statement: &Statement) -> Action {
    Action::Line(LineOfScript { migration, direction: Direction::Up, line: statement.line })
}

fn gap(width: usize, out: &mut Html) {
    if width > 0 {
        html!(out, "<td colspan=\"" {width} "\"></td>");
    }
}

/// A lock: its mode, and to those who point at it or come to it with the keyboard, who waits and until when.
fn write_bar(script: &Script, held: &Held<'_>, bar: &Bar<'_>, migration: usize, out: &mut Html) {
    let statement = &script.statements[held.columns[bar.from]];
    // What is done while it is held is how long it is held.
    let meanwhile: Vec<_> = held.columns[bar.from..bar.to]
        .iter()
        .flat_map(|index| &script.statements[*index].work)
        .map(Working)
        .collect();
    html!(
        out,
        "<td colspan=\"" {bar.to - bar.from} "\"><button type=\"button\" class=\"held-bar" {Mode(&bar.lock.mode).stops()}
        "\" data-do=\"" {to_line(migration, statement)} "\"><span class=\"held-mode\">"
        {bar.upgraded.then_some(Icon::Up)} {bar.lock.mode} {(!meanwhile.is_empty()).then_some(Icon::Work)}
        "</span><span class=\"pointed-at\">" {bar.lock.mode} " " {bar.lock.relation} ", " {until(script, held, bar)}
        {bar.upgraded.then_some(", ")} {bar.upgraded.then_some(texts::STRONGER_NOW)}
        ". " {texts::WHO_WAITS} ": " {who_waits(&bar.lock.blocks)} "."
    );
    for work in meanwhile {
        html!(out, " " {texts::MEANWHILE} " " {work.what()});
        if let Some(time) = work.time() {
            html!(out, ", " {time});
        }
        html!(out, ".");
    }
    html!(out, "</span></button></td>");
}

/// From where until when it is held.
fn until(script: &Script, held: &Held<'_>, bar: &Bar<'_>) -> String {
    let line = |column: usize| script.statements[held.columns[column]].line;
    let mut end = 0;
    let span = held.spans.iter().find(|span| {
        end += span.width;
        bar.from < end
    });
    match span.and_then(|span| span.transaction) {
        _ if bar.to < end => texts::held_until_stronger(line(bar.from), line(bar.to)),
        Some(transaction) => texts::held_to_end(line(bar.from), &transaction.end),
        None => texts::held_for_statement(line(bar.from)),
    }
}

fn transaction_words(transaction: &Transaction) -> &'static str {
    match (transaction.by.as_str(), transaction.end.as_str()) {
        ("script", "rollback") => texts::TRANSACTION_OF_SCRIPT_UNDONE,
        ("script", _) => texts::TRANSACTION_OF_SCRIPT,
        (_, "rollback") => texts::TRANSACTION_OF_RUNNER_UNDONE,
        _ => texts::TRANSACTION_OF_RUNNER,
    }
}
