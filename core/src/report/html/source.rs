//! A script, cut into its statements, each with what belongs to it at its side.

use std::fmt::Write;
use std::ops::Range;

use super::escape::{code, prose, text};
use crate::Review;
use crate::layout::Script;
use crate::locks::LockMode;
use crate::report::json::{self, Finding};
use crate::report::readme::locking::waits;
use crate::rules;
use crate::simulate::WorkKind;
use crate::sql::{TokenKind, tokens};
use crate::timeline::{Moment, Run};

/// Some lines of a script, and the statements that end on them.
struct Piece {
    /// Bytes of the file.
    range: Range<u32>,
    /// Indexes into [`Run::statements`].
    statements: Vec<usize>,
}

/// The script with the findings in it. What a finding is about and is nowhere in it comes first.
pub(super) fn script(
    review: &Review,
    script: &Script,
    run: Option<&Run>,
    findings: &[&rules::Finding],
) -> String {
    let coloured = coloured(script);
    let pieces = pieces(script, run);
    let is_in = |finding: &rules::Finding, piece: &Piece| {
        finding.span.file == script.file && piece.range.contains(&finding.span.start)
    };
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| !pieces.iter().any(|piece| is_in(finding, piece))) {
        out += &told_of_file(review, finding);
    }
    for piece in &pieces {
        let mut aside = String::new();
        for finding in findings.iter().filter(|finding| is_in(finding, piece)) {
            let finding = json::finding_of(review, finding);
            aside += &told(&finding, &format!("line {}", finding.line));
        }
        for index in &piece.statements {
            aside += &run.map(|run| facts(review, run, *index)).unwrap_or_default();
        }
        let _ = writeln!(
            out,
            "<div class=\"piece\">{}<div>{aside}</div></div>",
            lines(review, script, piece, &coloured)
        );
    }
    out
}

/// A finding, with the place that a reader has to look for.
fn told(finding: &Finding, place: &str) -> String {
    let severity = finding.severity.name();
    let help = if finding.help.is_empty() {
        String::new()
    } else {
        format!("<p><small>{}</small></p>", prose(&finding.help))
    };
    format!(
        "<div class=\"finding {severity}\"><b class=\"{severity}\">{severity}</b> {} <small>{}</small><p>{}</p>{help}</div>",
        code(&finding.rule),
        text(place),
        prose(&finding.message)
    )
}

/// A finding that is not shown beside its line.
pub(super) fn told_of_file(review: &Review, finding: &rules::Finding) -> String {
    let finding = json::finding_of(review, finding);
    told(&finding, &format!("{}:{}", finding.path, finding.line))
}

/// What a statement does besides changing the schema. What its own transaction has created is nobody else's yet.
fn facts(review: &Review, run: &Run, index: usize) -> String {
    let Some(Moment { step, .. }) = run.moments.get(index) else { return String::new() };
    let mut items: Vec<String> = Vec::new();
    if let Some(error) = &step.error {
        items.push(format!(
            "<b class=\"danger\">fails</b> {} ({})",
            text(&error.message),
            text(error.sqlstate)
        ));
    }
    if !step.modelled {
        items.push("Its effect is not simulated.".to_owned());
    }
    for lock in step.locks.iter().filter(|lock| !run.is_new_in_transaction(index, lock.relation)) {
        let held_up = match lock.mode {
            LockMode::AccessShare | LockMode::RowShare | LockMode::RowExclusive => String::new(),
            mode => format!(" holds up {}", waits(mode)),
        };
        items.push(format!("{} on {}{held_up}", lock.mode.name(), code(&lock.name)));
    }
    for work in step.work.iter().filter(|work| !run.is_new_in_transaction(index, work.relation)) {
        let what = match work.kind {
            WorkKind::Rewrite => "rewrites",
            WorkKind::Scan => "reads through",
            WorkKind::BuildIndex => "builds an index on",
            WorkKind::ValidateForeignKey => "looks up the rows of",
        };
        let estimate = json::estimate_of(step, work, &review.stats);
        let estimate =
            estimate.map_or_else(String::new, |estimate| format!(": {}", text(&estimate.sentence)));
        items.push(format!("{what} {}{estimate}", code(&work.name)));
    }
    items.extend(step.assumed.iter().map(|assumed| format!("assumed: {}", prose(assumed))));
    list(items)
}

/// The items are HTML already.
pub(super) fn list(items: Vec<String>) -> String {
    let items: String = items.iter().map(|item| format!("<li>{item}</li>")).collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}

/// A piece ends with the line on which a statement ends; what comes behind the last statement is one more.
fn pieces(script: &Script, run: Option<&Run>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = script.range.start;
    let line_end = |offset: u32| {
        let rest = script.text.get((offset - script.range.start) as usize..).unwrap_or_default();
        rest.find('\n').map_or(script.range.end, |at| offset + at as u32 + 1)
    };
    let statements = run.map(|run| &run.statements[..]).unwrap_or_default();
    for (index, statement) in statements.iter().enumerate() {
        if statement.range.end <= start
            && let Some(last) = pieces.last_mut()
        {
            last.statements.push(index);
            continue;
        }
        let end = line_end(statement.range.end.clamp(start, script.range.end));
        pieces.push(Piece { range: start..end, statements: vec![index] });
        start = end;
    }
    pieces.push(Piece { range: start..script.range.end, statements: Vec::new() });
    let is_blank = |piece: &Piece| own_text(script, piece).trim().is_empty();
    pieces.retain(|piece| !is_blank(piece));
    pieces
}

fn own_text<'a>(script: &'a Script, piece: &Piece) -> &'a str {
    let within = |offset: u32| offset.saturating_sub(script.range.start) as usize;
    script.text.get(within(piece.range.start)..within(piece.range.end)).unwrap_or_default()
}

/// The stretches of a script that have a colour, with the class of each.
fn coloured(script: &Script) -> Vec<(Range<u32>, &'static str)> {
    let tokens = tokens(&script.text, script.range.start).into_iter();
    tokens
        .filter_map(|token| {
            let class = match token.kind {
                TokenKind::Keyword => "k",
                TokenKind::Type => "t",
                TokenKind::String => "s",
                TokenKind::Number | TokenKind::Parameter => "n",
                TokenKind::Comment | TokenKind::Psql | TokenKind::Data => "c",
                TokenKind::Identifier | TokenKind::Operator | TokenKind::Punctuation => return None,
            };
            Some((token.range, class))
        })
        .collect()
}

/// The numbered lines of a piece, without the blank ones before and behind.
fn lines(review: &Review, script: &Script, piece: &Piece, coloured: &[(Range<u32>, &'static str)]) -> String {
    let whole = own_text(script, piece);
    let begin = whole.len() - whole.trim_start().len();
    let begin = whole[..begin].rfind('\n').map_or(0, |at| at + 1);
    let source = whole[begin..].trim_end();
    let mut offset = piece.range.start + begin as u32;
    let first = review.workspace.file(script.file).position(offset).line;
    let mut out = format!("<ol start=\"{first}\">");
    for line in source.split('\n') {
        let range = offset..offset + line.len() as u32;
        let cut = |from: u32, to: u32| {
            text(line.get((from - range.start) as usize..(to - range.start) as usize).unwrap_or_default())
        };
        out += "<li>";
        let mut at = range.start;
        let first = coloured.partition_point(|(token, _)| token.end <= range.start);
        for (token, class) in coloured[first..].iter().take_while(|(token, _)| token.start < range.end) {
            let (from, to) = (token.start.max(range.start), token.end.min(range.end));
            let _ = write!(out, "{}<span class=\"{class}\">{}</span>", cut(at, from), cut(from, to));
            at = to;
        }
        out += &cut(at, range.end);
        out += "</li>";
        offset = range.end + 1;
    }
    out + "</ol>"
}
