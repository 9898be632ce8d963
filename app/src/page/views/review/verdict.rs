//! The verdict: a sentence, four axes, what they rest on, and how much was understood.

use lockstep_core::report::json::{Coverage, Document, Level, SetAside};

use crate::page::show::html::{Html, Piece, html};
use crate::page::views::icon::Icon;
use crate::page::views::level::{LEVELS, LevelMark, level_class, level_icon, level_short, level_word};
use crate::texts;

/// Writes the region "Verdict".
pub fn write(document: &Document, out: &mut Html) {
    let verdict = &document.verdict;
    html!(out, "<section class=\"verdict " {class(document)} "\" aria-label=\"" {texts::VERDICT} "\">");
    write_judgement(document, out);
    if !verdict.reasons.is_empty() {
        html!(out, "<details><summary>" {texts::RESTS_ON} "</summary><table class=\"reasons\"><tbody>");
        for reason in &verdict.reasons {
            let axes = axes(document);
            let axis = axes.iter().find(|(id, ..)| *id == reason.axis);
            html!(
                out,
                "<tr><th scope=\"row\">" {axis.map_or(&*reason.axis, |(_, title, ..)| title)} "</th>"
                "<td>" {LevelMark(reason.level)} "</td><td><code>" {reason.rule} "</code></td>"
                "<td>" {texts::count(reason.count, "finding")} "</td></tr>"
            );
        }
        html!(out, "</tbody></table></details>");
    }
    html!(
        out,
        "<p class=\"grounds\"><span>" {texts::server(document.postgres)} "</span>"
        "<span>" {document.layout_title} ": " {document.layout_reason} "</span>" {Understood(&document.coverage)} "</p>"
    );
    if !document.set_aside.is_empty() {
        let title = texts::set_aside(document.set_aside.len());
        html!(out, "<details><summary>" {title} "</summary><ul class=\"lines\">");
        for SetAside { path, line, reason } in &document.set_aside {
            html!(out, "<li><code>" {path} ":" {line} "</code> " {reason} "</li>");
        }
        html!(out, "</ul></details>");
    }
    html!(out, "</section>");
}

/// The class that colours it.
pub fn class(document: &Document) -> &'static str {
    level_class(document.verdict.level)
}

/// The axes: id, title, question, level.
fn axes(document: &Document) -> [(&'static str, &'static str, &'static str, Level); 4] {
    let verdict = &document.verdict;
    [
        ("availability", texts::AVAILABILITY, texts::AVAILABILITY_ASKS, verdict.availability),
        ("data", texts::DATA, texts::DATA_ASKS, verdict.data),
        ("compatibility", texts::COMPATIBILITY, texts::COMPATIBILITY_ASKS, verdict.compatibility),
        ("reversibility", texts::REVERSIBILITY, texts::REVERSIBILITY_ASKS, verdict.reversibility),
    ]
}

/// Writes its sentence and its axes.
pub fn write_judgement(document: &Document, out: &mut Html) {
    let verdict = &document.verdict;
    html!(
        out,
        "<div class=\"judgement\"><div class=\"seal\">" {level_icon(verdict.level)} "</div>"
        "<div><h2>" {level_word(verdict.level)} "</h2><p class=\"sentence\">" {verdict.sentence} "</p></div></div>"
        "<dl class=\"axes\">"
    );
    for (_, title, question, level) in axes(document) {
        html!(
            out,
            "<div class=\"" {level_class(level)} "\"><dt>" {title} "</dt><dd>" {Meter(level)}
            "<span class=\"level\">" {level_icon(level)} {level_short(level)} "</span>"
            "<span class=\"question\">" {question} "</span></dd></div>"
        );
    }
    html!(out, "</dl>");
}

/// As many bars as levels above the mildest, filled up to this one.
struct Meter(Level);

impl Piece for Meter {
    fn write(&self, out: &mut Html) {
        html!(out, "<span class=\"meter\" aria-hidden=\"true\">");
        for step in &LEVELS[1..] {
            html!(out, "<i class=\"" {if *step <= self.0 { "filled" } else { "" }} "\"></i>");
        }
        html!(out, "</span>");
    }
}

/// How many statements were simulated, and how many not even parsed.
struct Understood<'a>(&'a Coverage);

impl Piece for Understood<'_> {
    fn write(&self, out: &mut Html) {
        let Coverage { statements, modelled, parsed } = *self.0;
        let lacking = if modelled < statements { "lacking" } else { "" };
        html!(out, "<span class=\"" {lacking} "\">" {texts::coverage(modelled, statements)} "</span>");
        let not_parsed = statements.saturating_sub(parsed);
        if not_parsed > 0 {
            let words = texts::not_parsed(not_parsed);
            html!(out, "<span class=\"level level-high\">" {Icon::Stop} {words} "</span>");
        }
    }
}
