//! What stands below a statement: locks, work, errors, assumptions.

use lockstep_core::report::json::{Error, Lock, Statement};

use crate::page::session::{Direction, LineOfScript};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, Markup, html};
use crate::page::views::icon::Icon;
use crate::page::views::locks::{Claim, Mode, Working, who_waits};
use crate::texts;

/// Is there nothing to say about a statement?
pub fn is_silent(statement: &Statement) -> bool {
    let Statement { modelled, error, locks, work, changes, assumed, .. } = statement;
    *modelled
        && error.is_none()
        && locks.is_empty()
        && work.is_empty()
        && changes.is_empty()
        && assumed.is_empty()
}

/// Writes what is to be said about a statement.
pub fn write(statement: &Statement, line: LineOfScript, postgres: u32, out: &mut Html) {
    let Statement { error, confirmed, changes, assumed, .. } = statement;
    if let Some(Error { sqlstate, message }) = error {
        html!(out, "<p class=\"refused\">" {Icon::Stop} "<span>" {texts::REFUSES} " " {message} " <code>" {sqlstate} "</code></span></p>");
    }
    write_chips(statement, line, out);
    html!(out, { Claim { confirmed: confirmed.as_ref(), postgres } });
    for (title, lines) in [(texts::CHANGES, changes), (texts::ASSUMED, assumed)] {
        if !lines.is_empty() {
            html!(out, "<p class=\"aside-note\"><span>" {title} "</span> " {lines.join("; ")} "</p>");
        }
    }
}

/// Writes what a statement locks and does.
pub fn write_chips(statement: &Statement, line: LineOfScript, out: &mut Html) {
    let Statement { modelled, locks, work, .. } = statement;
    html!(out, "<ul class=\"chips\">");
    for Lock { relation, mode, blocks } in locks {
        let waits = format!("{}: {}", texts::WHO_WAITS, who_waits(blocks));
        // The part "Locks" tells of ways up only.
        let leads = (line.direction == Direction::Up).then_some(Action::Locks(line));
        html!(out, "<li>");
        match leads {
            Some(action) => {
                html!(out, "<button type=\"button\" class=\"chip\" data-do=\"" {action} "\" title=\"" {waits} "\">")
            }
            None => html!(out, "<span class=\"chip\" title=\"" {waits} "\">"),
        }
        html!(out, {Icon::Lock} {Mode(mode)} " " {relation} "<span class=\"unseen\">. " {waits} "</span>");
        html!(out, { Markup(if leads.is_some() { "</button></li>" } else { "</span></li>" }) });
    }
    for work in work {
        html!(out, "<li class=\"chip work\">" {Icon::Work} {Working(work)} "</li>");
    }
    if !modelled {
        html!(out, "<li class=\"chip unknown\">" {Icon::Question} {texts::NOT_SIMULATED} "</li>");
    }
    html!(out, "</ul>");
}
