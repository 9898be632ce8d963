//! Table sizes: asked of a server, or assumed.

use leptos::prelude::*;
use lockstep_core::rules::{SIZES_QUERY, Size, Stats, grouped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use super::export::Copy;
use super::live::Live;
use crate::page::session::{SECTIONS, Session, Tab};
use crate::page::show::action::{Action, Text};
use crate::page::show::html::{Html, html};
use crate::page::show::sizes::{STEPS, rows_at, step_of, tables};
use crate::texts;

/// The box for what a server has answered.
const SIZES: &str = "sizes";

/// What the ids of the controls of a table begin with; its place in the list follows.
const ROWS: &str = "rows-of-";
const READS: &str = "reads-of-";
const WRITES: &str = "writes-of-";

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<p class=\"intro\">" {texts::SIZES_INTRO} "</p><section class=\"section\"><div class=\"bar\"><h3>" {texts::SIZES_QUERY_TITLE}
        "</h3><div class=\"actions\">" {Copy(texts::COPY_QUERY, Text::SizesQuery)} "</div></div><p class=\"quiet-text\">" {texts::SIZES_QUERY_HINT}
        "</p><details class=\"script\"><summary>SQL</summary><pre class=\"plain-code\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::SIZES_QUERY_TITLE} "\">\n"
        {SIZES_QUERY} "</pre></details></section><section class=\"section\"><h3><label for=\"" {SIZES} "\">" {texts::TABLE_SIZES} "</label></h3>"
        "<textarea class=\"sheet-of-sizes\" id=\"" {SIZES} "\" rows=\"6\" spellcheck=\"false\" autocomplete=\"off\" placeholder=\"" {texts::TABLE_SIZES_HINT}
        "\"></textarea><div role=\"alert\" class=\"problem\" id=\"sizes-problems\"></div></section>"
        "<section class=\"section\"><h3 id=\"sized-title\">" {texts::SIZED_TABLES} "</h3><div id=\"sized\"></div></section>"
    );
}

fn stats(session: Session) -> Stats {
    session.settings.read().stats.as_deref().map(Stats::parse).unwrap_or_default()
}

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    live.value(SIZES, move || session.settings.read().stats.clone().unwrap_or_default());
    live.drawn("sizes-problems", move |out| {
        session.with_shown(Tab::Sizes, |_| {
            for (line, problem) in stats(session).problems.iter().take(3) {
                html!(out, "<p>" {texts::problem_in_sizes(*line, problem)} "</p>");
            }
        });
    });
    live.drawn("sized", move |out| {
        session.with_shown(Tab::Sizes, |shown| {
            let (tables, stats) = (tables(&shown.document), stats(session));
            if tables.is_empty() {
                html!(out, "<p class=\"quiet-text\">" {texts::NO_SIZED_TABLES} "</p>");
            }
            html!(out, "<ul class=\"decisions\" aria-labelledby=\"sized-title\">");
            let limit = session.sections.get();
            for (index, table) in tables.iter().take(limit.max(SECTIONS)).enumerate() {
                html!(out, "<li><div class=\"what\"><code>" {*table} "</code></div>");
                write_size(index, table, stats.of(table), out);
                html!(out, "</li>");
            }
            html!(out, "</ul>");
            if tables.len() > limit {
                html!(out, "<button type=\"button\" data-do=\"" {Action::MoreSections} "\">" {texts::SHOW_MORE} "</button>");
            }
        });
    });
}

fn write_size(index: usize, table: &str, size: Option<&Size>, out: &mut Html) {
    if let Some(size) = size.filter(|size| !size.is_assumed) {
        html!(out, "<div>" {size.rows_in_words()});
        for (number, what) in [
            (size.reads_per_second, texts::READS_PER_SECOND),
            (size.writes_per_second, texts::WRITES_PER_SECOND),
        ] {
            if let Some(number) = number {
                html!(out, ", " {grouped(number)} " " {what});
            }
        }
        html!(out, " <span class=\"tag\">" {texts::MEASURED} "</span></div>");
        return;
    }
    let step = size.map_or(0, |size| step_of(size.rows));
    let words = words(step);
    html!(
        out,
        "<div class=\"assumed\"><input type=\"range\" id=\"" {ROWS} {index} "\" min=\"0\" max=\"" {STEPS} "\" value=\"" {step} "\" aria-label=\""
        {texts::rows_of(table)} "\" aria-valuetext=\"" {&words} "\"><output for=\"" {ROWS} {index} "\">" {&words} "</output>"
    );
    if let Some(size) = size {
        for (id, number, what) in [
            (READS, size.reads_per_second, texts::READS_PER_SECOND),
            (WRITES, size.writes_per_second, texts::WRITES_PER_SECOND),
        ] {
            let number = number.map(|number| number.to_string());
            html!(
                out,
                "<label><input type=\"number\" min=\"0\" id=\"" {id} {index} "\" aria-label=\"" {texts::traffic_of(table, what)} "\" value=\"" {number}
                "\"> " {what} "</label>"
            );
        }
    }
    html!(out, "</div>");
}

/// What a step of the slider means.
fn words(step: u32) -> String {
    rows_at(step).map_or_else(|| texts::NOT_KNOWN.to_owned(), |rows| texts::assumed_rows(&grouped(rows)))
}

/// Something was typed, or a slider is being moved. False where it was neither.
pub fn entered(session: Session, target: &Element) -> bool {
    let id = target.id();
    if id == SIZES {
        let text = target.unchecked_ref::<HtmlTextAreaElement>().value();
        session
            .settings
            .update(|settings| settings.stats = Some(text).filter(|text| !text.trim().is_empty()));
    } else if id.starts_with(ROWS) {
        // The review follows once it rests.
        let words = words(value(target).parse().unwrap_or_default());
        let _ = target.set_attribute("aria-valuetext", &words);
        if let Some(output) = target.next_element_sibling() {
            output.set_text_content(Some(&words));
        }
    } else {
        return id.starts_with(READS) || id.starts_with(WRITES);
    }
    true
}

/// A size is assumed.
pub fn assumed(session: Session, target: &Element) {
    let id = target.id();
    let Some((kind, Some(index))) = [ROWS, READS, WRITES]
        .into_iter()
        .find_map(|kind| Some((kind, id.strip_prefix(kind)?.parse::<usize>().ok())))
    else {
        return;
    };
    let table = session
        .shown
        .with_untracked(|shown| Some((*tables(&shown.as_ref()?.document).get(index)?).to_owned()));
    let Some(table) = table else { return };
    let mut stats = untrack(|| stats(session));
    let mut size = stats.of(&table).copied().unwrap_or(Size { is_assumed: true, ..Size::default() });
    let number = value(target).parse().ok();
    let size = match kind {
        ROWS => number.and_then(|step: u64| rows_at(step as u32)).map(|rows| Size { rows, ..size }),
        READS => {
            size.reads_per_second = number;
            Some(size)
        }
        _ => {
            size.writes_per_second = number;
            Some(size)
        }
    };
    stats.set(&table, size);
    session.settings.update(|settings| settings.stats = Some(stats.csv()).filter(|text| !text.is_empty()));
}

fn value(input: &Element) -> String {
    input.unchecked_ref::<HtmlInputElement>().value()
}
