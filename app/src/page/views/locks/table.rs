//! The locks of a migration statement by statement: what the timeline draws, to be read and printed.

use lockstep_core::report::json::{Lock, Script, Statement};

use super::parts::{Claim, Mode, Working, who_waits};
use crate::page::session::{Direction, LineOfScript};
use crate::page::show::action::Action;
use crate::page::show::held::transaction_of;
use crate::page::show::html::{Html, html};
use crate::page::views::icon::Icon;
use crate::texts;

/// The element of a statement's rows.
pub fn row_id(migration: usize, line: u32) -> String {
    format!("locks-{migration}-{line}")
}

/// Writes a script's rows.
pub fn write(script: &Script, migration: usize, postgres: u32, out: &mut Html) {
    html!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::LOCKS}
        "\"><table class=\"rows\"><thead><tr>"
    );
    for title in
        [texts::STATEMENT, texts::RELATION, texts::LOCK_MODE, texts::HELD, texts::WHO_WAITS, texts::WORK]
    {
        html!(out, "<th scope=\"col\">" {title} "</th>");
    }
    html!(out, "</tr></thead>");
    for (index, statement) in script.statements.iter().enumerate() {
        if super::does_something(&statement) {
            let until = until(script, index);
            write_rows(migration, statement, until, postgres, out);
        }
    }
    html!(out, "</table></div>");
}

/// Writes a statement's rows: one a lock.
fn write_rows(migration: usize, statement: &Statement, until: &str, postgres: u32, out: &mut Html) {
    let line = LineOfScript { migration, direction: Direction::Up, line: statement.line };
    let height = statement.locks.len().max(1);
    html!(
        out,
        "<tbody id=\"" {row_id(migration, statement.line)} "\" tabindex=\"-1\"><tr><th scope=\"rowgroup\" rowspan=\"" {height}
        "\"><button type=\"button\" class=\"link\" data-do=\"" {Action::Line(line)} "\">" {texts::line(statement.line)}
        "</button> " {statement.kind} {Claim { confirmed: statement.confirmed.as_ref(), postgres }} "</th>"
    );
    match statement.locks.first() {
        Some(lock) => write_cells(lock, until, out),
        None => html!(out, "<td colspan=\"4\"></td>"),
    }
    html!(out, "<td rowspan=\"" {height} "\"><ul class=\"plain\">");
    for work in &statement.work {
        html!(out, "<li>" {Icon::Work} "<div>" {Working(work)} "</div></li>");
    }
    html!(out, "</ul></td></tr>");
    for lock in statement.locks.iter().skip(1) {
        html!(out, "<tr>");
        write_cells(lock, until, out);
        html!(out, "</tr>");
    }
    html!(out, "</tbody>");
}

/// How long a statement's locks are held.
fn until(script: &Script, statement: usize) -> &'static str {
    match transaction_of(script, statement) {
        None => texts::HELD_WHILE_RUNNING,
        Some(transaction) if transaction.end == "rollback" => texts::HELD_TO_ROLLBACK,
        Some(_) => texts::HELD_TO_COMMIT,
    }
}

fn write_cells(lock: &Lock, until: &str, out: &mut Html) {
    html!(
        out,
        "<td class=\"relation\">" {lock.relation} "</td><td>" {Mode(&lock.mode)} "</td><td>"
        {until} "</td><td>" {who_waits(&lock.blocks)} "</td>"
    );
}
