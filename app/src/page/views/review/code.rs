//! The migration's SQL with everything the review says about it, at its line.

use leptos::prelude::*;
use lockstep_core::report::json::{Document, Finding, Script, Transaction};

use super::notes;
use crate::page::session::{Direction, FindingKey, LineOfScript, Session, Shown, line_id};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, Markup, html};
use crate::page::show::title::Title;
use crate::page::show::{code, place};
use crate::page::views::icon::Icon;
use crate::page::views::level::{LevelMark, severity_class, severity_icon, severity_word};
use crate::page::views::live::{Live, marked};
use crate::page::views::sql::{Coloured, Sentence};
use crate::texts;

/// Keeps the scripts of the migration that is looked at.
pub fn keep(live: &Live, session: Session) {
    live.drawn("code-head", move |out| {
        session.with_review(|shown| write_head(&shown.document, session.migration.get(), out));
    });
    for (direction, way) in Direction::ALL.into_iter().zip(["up", "down", "all"]) {
        keep_script(live, session, direction, way);
    }
}

/// The migration's name, and the way to its neighbours.
fn write_head(document: &Document, index: usize, out: &mut Html) {
    let Some(migration) = document.migrations.get(index) else { return };
    html!(out, "<h3 id=\"code\">" {Title(migration)} " " {LevelMark(migration.risk)} "</h3><div class=\"actions\">");
    let last = document.migrations.len() - 1;
    for (label, icon, to, is_there) in [
        (texts::PREVIOUS_MIGRATION, Icon::Up, index.saturating_sub(1), index > 0),
        (texts::NEXT_MIGRATION, Icon::Down, index + 1, index < last),
    ] {
        html!(
            out,
            "<button type=\"button\" class=\"quiet small\" aria-label=\"" {label} "\" title=\"" {label}
            "\" data-do=\"" {Action::Migration(to)} "\"" {(!is_there).then_some(Markup(" disabled"))} ">" {icon} "</button>"
        );
    }
    html!(out, "</div>");
}

fn keep_script(live: &Live, session: Session, direction: Direction, way: &str) {
    // The line around which a script too long to draw as a whole is drawn.
    let anchor = move || {
        let line = session.line.get().filter(|line| line.direction == direction);
        line.filter(|line| line.migration == session.migration.get()).map_or(0, |line| line.line)
    };
    let title = move || with_script(session, direction, |_, _, script| script.title.clone());
    live.shown_when(&format!("script-{way}"), move || title().is_some());
    live.drawn(&format!("head-{way}"), move |out| {
        with_script(session, direction, |_, _, script| write_script_head(script, direction, out));
    });
    let lines = format!("lines-{way}");
    live.attribute(&lines, "aria-label", move || title().map(|title| texts::code_of(&title)));
    live.drawn(&lines, move |out| {
        with_script(session, direction, |shown, index, script| {
            write_lines(shown, index, script, direction, anchor(), out);
        });
    });
    marked("looked-at", move || {
        let (key, _) = (session.finding.get(), anchor());
        let lines = with_script(session, direction, |shown, index, _| {
            let here = place::within(&shown.document, index, direction);
            let finding = here.into_iter().find(|(other, _)| Some(*other) == key);
            finding.map(|(_, finding)| finding.line..=finding.end_line)
        });
        lines.flatten().into_iter().flatten().map(|line| line_id(direction, line)).collect()
    });
}

/// Does something with a script of the migration that is looked at, if there is one.
fn with_script<T>(
    session: Session,
    direction: Direction,
    act: impl FnOnce(&Shown, usize, &Script) -> T,
) -> Option<T> {
    let index = session.migration.get();
    let mut done = None;
    session.with_review(|shown| {
        done = direction.script(&shown.document, index).map(|script| act(shown, index, script));
    });
    done
}

fn write_script_head(script: &Script, direction: Direction, out: &mut Html) {
    let (icon, way) = match direction {
        Direction::Up => (Icon::Up, texts::WAY_UP),
        Direction::Down => (Icon::Back, texts::WAY_BACK),
        Direction::DownOfAll => (Icon::Back, texts::WAY_BACK_OF_ALL),
    };
    let words = if script.missing { texts::NO_SQL.to_owned() } else { transaction_words(script) };
    html!(
        out,
        "<span class=\"way\">" {icon} {way} "</span><code>" {script.title} "</code>"
        "<span class=\"quiet-text\">" {words} "</span>"
    );
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

fn write_lines(
    shown: &Shown,
    migration: usize,
    script: &Script,
    direction: Direction,
    anchor: u32,
    out: &mut Html,
) {
    let Some(file) = shown.source(&script.path).filter(|_| !script.missing) else { return };
    let findings = place::within(&shown.document, migration, direction);
    let all = code::line_numbers(file, script);
    let window = code::window(all.clone(), anchor);
    let at_lines: Vec<_> = findings.iter().enumerate().map(|(at, (_, finding))| (at, *finding)).collect();
    let lines = code::lines(file, script, shown.tokens(migration, direction), &at_lines, window.clone());
    let around = |line| Action::LinesAround(LineOfScript { migration, direction, line });
    if window.start > all.start {
        let earlier = around(window.start.saturating_sub(code::WINDOW / 2));
        html!(out, "<button type=\"button\" class=\"more\" data-do=\"" {earlier} "\">" {texts::EARLIER_LINES} "</button>");
    }
    for line in lines {
        let marks: Vec<_> = line.findings.iter().map(|at| findings[*at]).collect();
        write_line(&line, direction, &marks, out);
        let ended = line.findings_end.iter().map(|at| findings[*at]).collect::<Vec<_>>();
        let statements = line.ends.iter().map(|at| &script.statements[*at]);
        let noted: Vec<_> = statements.filter(|statement| !notes::is_silent(statement)).collect();
        if ended.is_empty() && noted.is_empty() {
            continue;
        }
        let continues = line.bracket.is_some_and(|bracket| !bracket.last);
        html!(
            out,
            "<div class=\"notes\"><span class=\"bracket" {continues.then_some(Markup(" inside"))} "\"></span>"
            "<div class=\"said-here\">"
        );
        for finding in ended {
            write_message(finding, out);
        }
        for statement in noted {
            let line = LineOfScript { migration, direction, line: statement.line };
            notes::write(statement, line, shown.document.postgres, out);
        }
        html!(out, "</div></div>");
    }
    if window.end < all.end {
        let later = around(window.start + code::WINDOW);
        html!(out, "<button type=\"button\" class=\"more\" data-do=\"" {later} "\">" {texts::LATER_LINES} "</button>");
    }
}

fn write_line(line: &code::Line, direction: Direction, marks: &[(FindingKey, &Finding)], out: &mut Html) {
    let bracket = match line.bracket {
        None => "",
        Some(bracket) => match (bracket.first, bracket.last) {
            (true, true) => " whole",
            (true, false) => " first",
            (false, true) => " last",
            (false, false) => " inside",
        },
    };
    html!(
        out,
        "<div class=\"line" {line.aside.then_some(Markup(" aside"))} "\" id=\"" {line_id(direction, line.number)}
        "\" tabindex=\"-1\"><span class=\"bracket" {bracket} "\"></span><span class=\"number\">" {line.number}
        "</span><span class=\"marks\">"
    );
    // The mark of the gravest finding leads to it in the list.
    if let Some((key, finding)) = marks.iter().rev().max_by_key(|(_, finding)| finding.severity) {
        let severity = finding.severity;
        let words = texts::to_finding(severity_word(severity), &finding.rule);
        html!(
            out,
            "<button type=\"button\" class=\"mark " {severity_class(severity)} "\" aria-label=\"" {words}
            "\" title=\"" {words} "\" data-do=\"" {Action::BackToFinding(*key)} "\">" {severity_icon(severity)} "</button>"
        );
    }
    html!(out, "</span><code class=\"text\">" {Coloured(&line.pieces)} "</code></div>");
}

/// What a finding says, below the line where it ends.
fn write_message((key, finding): (FindingKey, &Finding), out: &mut Html) {
    html!(
        out,
        "<p class=\"message " {severity_class(finding.severity)} "\"><span class=\"level\">"
        {severity_word(finding.severity)} "</span> " {Sentence(&finding.message)}
        " <button type=\"button\" class=\"link rule\" data-do=\"" {Action::BackToFinding(key)} "\">" {finding.rule}
        "</button></p>"
    );
}
