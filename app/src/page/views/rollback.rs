//! The way back of every migration, and of all of them at once.

use lockstep_core::report::json::{Rollback, Script};

use super::export::{Copy, Download};
use super::icon::Icon;
use super::live::Live;
use super::sections;
use super::sql::Coloured;
use crate::page::session::{Direction, LineOfScript, Session, Shown, Tab};
use crate::page::show::action::{Action, Text};
use crate::page::show::code;
use crate::page::show::html::{Html, html};
use crate::protocol::WayBack;
use crate::texts;

/// Keeps the ways back of all migrations under review.
pub fn keep(live: &Live, session: Session) {
    live.drawn("rollback-of-all", move |out| {
        session.with_shown(Tab::Rollback, |shown| write_of_all(shown, out));
    });
    sections::drawn(live, session, "rollback", Tab::Rollback, move |shown, migration, out| {
        write_of_one(shown, migration, out);
        write_written(session, migration, out);
    });
}

/// One script that takes the whole set back, where there is one.
fn write_of_all(shown: &Shown, out: &mut Html) {
    let Some(rollback) = &shown.document.rollback_of_all else { return };
    let Some(last) = shown.document.migrations.len().checked_sub(1) else { return };
    html!(
        out,
        "<section class=\"section\" aria-label=\"" {texts::WHOLE_SET_TITLE} "\"><h3>" {texts::WHOLE_SET_TITLE} "</h3>"
    );
    write(shown, rollback, last, Direction::DownOfAll, out);
    html!(out, "</section>");
}

fn write_of_one(shown: &Shown, migration: usize, out: &mut Html) {
    write(shown, &shown.document.migrations[migration].rollback, migration, Direction::Down, out);
}

/// The way back that Lockstep writes, once it was asked for.
fn write_written(session: Session, migration: usize, out: &mut Html) {
    let Some(WayBack { path, same_file, text }) = session.way_back(migration) else {
        html!(
            out,
            "<div class=\"actions\"><button type=\"button\" data-do=\"" {Action::WriteWayBack(migration)} "\">" {Icon::Back}
            {texts::WRITE_WAY_BACK} "</button></div>"
        );
        return;
    };
    let place = if same_file { texts::BELONGS_BEHIND } else { texts::BELONGS_INTO };
    html!(
        out,
        "<h4>" {texts::WRITTEN_WAY_BACK} "</h4><p class=\"quiet-text\">" {place} " <code>" {path} "</code></p>"
        "<pre class=\"plain-code\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::WRITTEN_WAY_BACK} "\">\n" {text} "</pre>"
        "<div class=\"actions\">" {Copy(texts::COPY_WAY_BACK, Text::WayBack(migration))}
        {Download(texts::DOWNLOAD_WAY_BACK, Text::WayBack(migration))} "</div>"
    );
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

fn write(shown: &Shown, rollback: &Rollback, migration: usize, direction: Direction, out: &mut Html) {
    let (class, icon, words) = words(&rollback.verdict);
    html!(out, "<p class=\"level " {class} " rollback-verdict\">" {icon} "<span>" {words} "</span></p>");
    for (title, lines) in [
        (texts::LOST_DATA, &rollback.lost),
        (texts::NOT_RESTORED, &rollback.differences),
        (texts::CANNOT_TELL, &rollback.unknown),
    ] {
        if lines.is_empty() {
            continue;
        }
        html!(out, "<h4>" {title} "</h4><ul class=\"lines\">");
        for line in lines {
            html!(out, "<li>" {line} "</li>");
        }
        html!(out, "</ul>");
    }
    if let Some(script) = direction.script(&shown.document, migration).filter(|script| !script.missing) {
        write_script(shown, script, migration, direction, out);
    }
}

fn write_script(shown: &Shown, script: &Script, migration: usize, direction: Direction, out: &mut Html) {
    let Some(file) = shown.source(&script.path) else { return };
    let all = code::line_numbers(file, script);
    let window = code::window(all.clone(), all.start);
    let is_cut = window.end < all.end;
    html!(
        out,
        "<details class=\"script\"><summary>" {texts::ROLLBACK_SCRIPT} " <code>" {script.title} "</code></summary>"
        "<pre class=\"plain-code\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::ROLLBACK_SCRIPT} "\">\n"
    );
    for line in code::lines(file, script, shown.tokens(migration, direction), &[], window) {
        html!(out, {Coloured(&line.pieces)} "\n");
    }
    html!(out, "</pre>");
    if is_cut {
        let first = Action::Line(LineOfScript { migration, direction, line: script.line });
        html!(out, "<button type=\"button\" class=\"link\" data-do=\"" {first} "\">" {texts::LATER_LINES} "</button>");
    }
    html!(out, "<div class=\"actions\">" {Copy(texts::COPY_SCRIPT, Text::Script(migration, direction))} "</div></details>");
}
