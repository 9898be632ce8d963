//! Before there is a review.

use leptos::prelude::*;

use crate::examples::{self, Example};
use crate::page::session::{Session, Status};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::texts;

/// Writes what stands in the place of a review: how to begin, or word of the first review being made.
pub fn write(session: Session, out: &mut Html) {
    if session.is_blank.get() {
        return write_empty(examples::all(), out);
    }
    let words = match &*session.status.read() {
        Status::Starting => texts::STARTING,
        Status::Reviewing | Status::Ready => texts::REVIEWING,
        Status::Failed(_) => "",
    };
    html!(out, "<p class=\"waiting\">" {words} "</p>");
}

/// What to do, in three lines, and the examples, each with its corrected twin.
pub fn write_empty(examples: &[Example], out: &mut Html) {
    html!(out, "<section class=\"empty\"><h2>" {texts::EMPTY_TITLE} "</h2><ol>");
    for step in texts::EMPTY_STEPS {
        html!(out, "<li>" {step} "</li>");
    }
    html!(out, "</ol><h3>" {texts::EMPTY_EXAMPLES} "</h3><ul class=\"examples\">");
    for (index, example) in examples.iter().enumerate().filter(|(_, example)| !example.is_corrected()) {
        html!(
            out,
            "<li><button type=\"button\" class=\"example\" data-do=\"" {Action::Example(index)} "\"><strong>" {example.folder}
            "</strong><span>" {example.about} "</span></button>"
        );
        if let Some(twin) = examples.iter().position(|other| example.is_corrected_by(other)) {
            html!(
                out,
                "<button type=\"button\" class=\"link\" data-do=\"" {Action::Example(twin)} "\">" {texts::CORRECTED_TWIN}
                "<span class=\"unseen\"> " {examples[twin].folder} "</span></button>"
            );
        }
        html!(out, "</li>");
    }
    html!(out, "</ul></section>");
}
