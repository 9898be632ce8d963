//! The schema at the moment as DDL, with what changed.

use leptos::prelude::*;
use lockstep_core::schema::Change;

use crate::page::session::Session;
use crate::page::show::code::line_pieces;
use crate::page::show::html::{Html, html};
use crate::page::views::live::Live;
use crate::page::views::sql::Coloured;
use crate::protocol::SchemaLine;
use crate::texts;

/// With more lines than this, those far from any change are left out.
const MANY: usize = 800;

/// How many unchanged lines are shown around a change then.
const AROUND: usize = 12;

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    let look = session.schema;
    live.checked("mark-changes", move || look.marks_changes.get());
    live.drawn("schema", move |out| match look.shown.read().as_deref().map(|shown| &*shown.lines) {
        None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
        Some([]) => html!(out, "<p class=\"quiet-text\">" {texts::NO_SCHEMA} "</p>"),
        Some(lines) => write_schema(lines, look.marks_changes.get(), out),
    });
}

fn write_schema(lines: &[SchemaLine], marked: bool, out: &mut Html) {
    html!(
        out,
        "<pre class=\"plain-code diff\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::SCHEMA} "\">"
    );
    let mut left_out = 0;
    for (line, is_near) in lines.iter().zip(near_changes(lines)) {
        if line.change == Change::Removed && !marked {
            continue;
        }
        if !is_near {
            left_out += 1;
            continue;
        }
        write_gap(&mut left_out, out);
        write_line(line, marked, out);
    }
    write_gap(&mut left_out, out);
    html!(out, "</pre>");
}

/// Is each line to be shown: of many, those around a change?
fn near_changes(lines: &[SchemaLine]) -> Vec<bool> {
    let mut near = vec![lines.len() <= MANY; lines.len()];
    if lines.len() > MANY {
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.change != Change::Same) {
            let end = (at + AROUND + 1).min(lines.len());
            near[at.saturating_sub(AROUND)..end].fill(true);
        }
    }
    near
}

fn write_gap(left_out: &mut usize, out: &mut Html) {
    if *left_out > 0 {
        html!(out, "<span class=\"gap\">" {texts::unchanged_lines(*left_out)} "\n</span>");
        *left_out = 0;
    }
}

fn write_line(line: &SchemaLine, marked: bool, out: &mut Html) {
    let (class, sign, word) = match line.change {
        Change::Added if marked => ("added", "+", texts::ADDED),
        Change::Removed => ("removed", "−", texts::REMOVED),
        _ => ("same", " ", ""),
    };
    html!(out, "<span class=\"" {class} "\"><span class=\"sign\" aria-hidden=\"true\">" {sign} "</span>");
    if !word.is_empty() {
        html!(out, "<span class=\"unseen\">" {word} " </span>");
    }
    html!(out, {Coloured(&line_pieces(&line.text, &line.tokens))} "\n</span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_lines_those_around_changes_are_shown() {
        let line = |change| SchemaLine { change, text: String::new(), tokens: Vec::new() };
        let mut lines = vec![line(Change::Same); MANY];
        assert!(near_changes(&lines).iter().all(|near| *near));
        lines.push(line(Change::Added));
        let near = near_changes(&lines);
        assert_eq!(near.iter().filter(|near| **near).count(), AROUND + 1);
        assert_eq!(near.iter().position(|near| *near), Some(MANY - AROUND));
    }
}
