//! The locks of a migration over time, as a table: a row for each relation, a column for each statement that locks
//! something, a cell as wide as the lock is held. Being a table it is read to those who cannot see it, and printed.

use lockstep_core::report::json::{Lock, Script, Statement, Transaction, Work};

use super::locks::{Mode, who_waits, work_words};
use crate::page::session::{Direction, LineOfScript};
use crate::page::show::action::Action;
use crate::page::show::held::{Bar, Held, Span};
use crate::page::show::html::{Html, Markup, Piece, html};
use crate::texts;

/// Writes it, where a script locks more than one statement does.
pub fn write(script: &Script, migration: usize, out: &mut Html) {
    let held = Held::of(script);
    if held.columns.len() < 2 {
        return;
    }
    html!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::LOCK_TIMELINE}
        "\"><table class=\"held\"><caption>" {texts::LOCK_TIMELINE_CAPTION} "</caption><thead><tr><th></th>"
    );
    for Span { transaction, width } in &held.spans {
        html!(out, "<th scope=\"colgroup\" colspan=\"" {*width} "\">");
        if let Some(transaction) = transaction {
            html!(out, "<span class=\"bracket\">" {transaction_words(transaction)} "</span>");
        }
        html!(out, "</th>");
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
    html!(out, "</tbody></table></div>");
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
    let Lock { relation, mode, blocks } = bar.lock;
    let statement = &script.statements[held.columns[bar.from]];
    html!(
        out,
        "<td colspan=\"" {bar.to - bar.from} "\"><button type=\"button\" class=\"bar" {Mode(mode).stops()} "\" data-do=\""
        {to_line(migration, statement)} "\"><span class=\"bar-mode\">"
        {bar.upgraded.then_some(Markup("<span aria-hidden=\"true\">↑ </span>"))} {mode}
        "</span><span class=\"bar-more\"><strong>" {relation} "</strong> " {mode} ", " {until(script, held, bar)} ". "
        {texts::WHO_WAITS} ": " {who_waits(blocks)} "."
    );
    // What is done while it is held is how long it is held.
    let meanwhile = &held.columns[bar.from..bar.to];
    let work = meanwhile.iter().flat_map(|index| &script.statements[*index].work);
    for work in work {
        html!(out, " " {capital(work)} ".");
    }
    html!(out, "</span></button></td>");
}

fn capital(work: &Work) -> String {
    format!("{} {}", texts::MEANWHILE, work_words(work))
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

fn transaction_words(transaction: &Transaction) -> impl Piece {
    match (transaction.by.as_str(), transaction.end.as_str()) {
        ("script", "rollback") => texts::TRANSACTION_OF_SCRIPT_UNDONE,
        ("script", _) => texts::TRANSACTION_OF_SCRIPT,
        (_, "rollback") => texts::TRANSACTION_OF_RUNNER_UNDONE,
        _ => texts::TRANSACTION_OF_RUNNER,
    }
}
