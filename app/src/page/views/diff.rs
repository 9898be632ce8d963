//! Two texts of SQL as one, with what was added and what was removed.

use lockstep_core::schema::Change;

use super::sql::Coloured;
use crate::page::show::code::line_pieces;
use crate::page::show::html::{Html, Piece, html};
use crate::protocol::DiffLine;
use crate::texts;

/// How much is shown.
#[derive(Clone, Copy)]
pub struct Extent {
    /// With more lines than this, those far from any change are left out.
    whole: usize,
    /// How many unchanged lines are shown around a change then.
    around: usize,
}

/// Of a schema, which one also wants to read.
pub const OF_SCHEMA: Extent = Extent { whole: 800, around: 12 };

/// Of files, which stand elsewhere as a whole.
pub const OF_FILE: Extent = Extent { whole: 12, around: 3 };

/// The texts.
pub struct Diff<'a> {
    /// Their lines.
    pub lines: &'a [DiffLine],
    /// What they are called.
    pub name: &'a str,
    /// Is it shown what differs? Or else only the text afterwards.
    pub is_marked: bool,
    /// How much is shown.
    pub extent: Extent,
}

impl Piece for Diff<'_> {
    fn write(&self, out: &mut Html) {
        html!(out, "<pre class=\"plain-code diff\" tabindex=\"0\" role=\"group\" aria-label=\"" {self.name} "\">");
        let mut left_out = 0;
        for (line, is_near) in self.lines.iter().zip(near_changes(self.lines, self.extent)) {
            if line.change == Change::Removed && !self.is_marked {
                continue;
            }
            if !is_near {
                left_out += 1;
                continue;
            }
            write_gap(&mut left_out, out);
            write_line(line, self.is_marked, out);
        }
        write_gap(&mut left_out, out);
        html!(out, "</pre>");
    }
}

/// Is each line to be shown: of many, those around a change?
fn near_changes(lines: &[DiffLine], extent: Extent) -> Vec<bool> {
    let is_short = lines.len() <= extent.whole;
    let mut near = vec![is_short; lines.len()];
    if !is_short {
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.change != Change::Same) {
            let end = (at + extent.around + 1).min(lines.len());
            near[at.saturating_sub(extent.around)..end].fill(true);
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

fn write_line(line: &DiffLine, marked: bool, out: &mut Html) {
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
        let line = |change| DiffLine { change, text: String::new(), tokens: Vec::new() };
        let Extent { whole, around } = OF_SCHEMA;
        let mut lines = vec![line(Change::Same); whole];
        assert!(near_changes(&lines, OF_SCHEMA).iter().all(|near| *near));
        lines.push(line(Change::Added));
        let near = near_changes(&lines, OF_SCHEMA);
        assert_eq!(near.iter().filter(|near| **near).count(), around + 1);
        assert_eq!(near.iter().position(|near| *near), Some(whole - around));
    }
}
