//! What every statement locks, and who waits.

use lockstep_core::report::json::{Lock, Statement, Work};

use super::icon::Icon;
use super::live::Live;
use super::{lock_timeline, sections};
use crate::page::session::{Direction, LineOfScript, Session, Shown, Tab};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, Piece, html};
use crate::texts;

/// Keeps the locks of all migrations under review.
pub fn keep(live: &Live, session: Session) {
    sections::drawn(live, session, "locks", Tab::Locks, write);
}

/// A lock mode in the colour of what it stops: reads, writes or neither.
pub struct Mode<'a>(pub &'a str);

impl Mode<'_> {
    /// The class of a mode that stops reads or writes.
    pub fn stops(&self) -> &'static str {
        match self.0 {
            "ACCESS EXCLUSIVE" => " stops-reads",
            "SHARE" | "SHARE ROW EXCLUSIVE" | "EXCLUSIVE" => " stops-writes",
            _ => "",
        }
    }
}

impl Piece for Mode<'_> {
    fn write(&self, out: &mut Html) {
        html!(out, "<span class=\"mode" {self.stops()} "\">" {self.0} "</span>");
    }
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
    let Work { kind, relation, reason, .. } = work;
    let what = match kind.as_str() {
        "rewrite" => format!("rewrites {relation}"),
        "scan" => format!("reads all of {relation}"),
        "build-index" => format!("builds an index on {relation}"),
        "validate-foreign-key" => format!("checks every row of {relation} against a foreign key"),
        other => format!("{other} {relation}"),
    };
    if reason.is_empty() { what } else { format!("{what}: {reason}") }
}

fn write(shown: &Shown, migration: usize, out: &mut Html) {
    let up = &shown.document.migrations[migration].up;
    let does_something = |statement: &&Statement| !statement.locks.is_empty() || !statement.work.is_empty();
    if !up.statements.iter().any(|statement| does_something(&statement)) {
        html!(out, "<p class=\"quiet-text\">" {texts::NO_LOCKS} "</p>");
        return;
    }
    let held = if up.transactions.is_empty() { texts::HELD_PER_STATEMENT } else { texts::HELD_TO_COMMIT };
    html!(out, "<p class=\"quiet-text\">" {held} "</p>");
    lock_timeline::write(up, migration, out);
    html!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::LOCKS}
        "\"><table><thead><tr>"
    );
    for title in [texts::STATEMENT, texts::RELATION, texts::LOCK_MODE, texts::WHO_WAITS, texts::WORK] {
        html!(out, "<th scope=\"col\">" {title} "</th>");
    }
    html!(out, "</tr></thead>");
    for statement in up.statements.iter().filter(does_something) {
        write_rows(migration, statement, out);
    }
    html!(out, "</table></div>");
}

/// Writes a statement's rows: one a lock.
fn write_rows(migration: usize, statement: &Statement, out: &mut Html) {
    let line = LineOfScript { migration, direction: Direction::Up, line: statement.line };
    let height = statement.locks.len().max(1);
    html!(
        out,
        "<tbody><tr><th scope=\"rowgroup\" rowspan=\"" {height} "\"><button type=\"button\" class=\"link\" data-do=\""
        {Action::Line(line)} "\">" {texts::line(statement.line)} "</button> " {statement.kind} "</th>"
    );
    match statement.locks.first() {
        Some(lock) => write_cells(lock, out),
        None => html!(out, "<td colspan=\"3\"></td>"),
    }
    html!(out, "<td rowspan=\"" {height} "\"><ul class=\"plain\">");
    for work in &statement.work {
        html!(out, "<li>" {Icon::Work} {work_words(work)} "</li>");
    }
    html!(out, "</ul></td></tr>");
    for lock in statement.locks.iter().skip(1) {
        html!(out, "<tr>");
        write_cells(lock, out);
        html!(out, "</tr>");
    }
    html!(out, "</tbody>");
}

fn write_cells(Lock { relation, mode, blocks }: &Lock, out: &mut Html) {
    html!(
        out,
        "<td class=\"relation\">" {relation} "</td><td>" {Mode(mode)} "</td><td>" {who_waits(blocks)} "</td>"
    );
}
