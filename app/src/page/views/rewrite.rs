//! A dangerous statement's safe form: what it changes, shown before it is taken.

use leptos::prelude::*;
use lockstep_core::rewrite::KINDS;

use super::diff::{self, Diff};
use super::icon::Icon;
use super::live::Live;
use super::locks::Mode;
use super::reviews::write_head;
use crate::page::session::Session;
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::protocol::{Offer, Rewritten};
use crate::{rest, texts};

/// The dialog's element.
pub const DIALOG: &str = "rewrite-dialog";

/// The button that takes a rewrite back.
pub const UNDO: &str = "undo";

/// Is there a kind of rewrite for what the rule finds?
pub fn answers(rule: &str) -> bool {
    KINDS.iter().any(|kind| kind.answers.contains(&rule))
}

/// Writes the dialog as it begins.
pub fn write(out: &mut Html) {
    write_head(DIALOG, texts::REWRITE_TITLE, out);
    html!(out, "<p class=\"intro\">" {texts::REWRITE_INTRO} "</p><div id=\"offers\"></div></dialog>");
}

/// Keeps the dialog, and what is said of a rewrite that was taken.
pub fn keep(live: &Live, session: Session) {
    live.drawn("offers", move |out| match session.rewriting.offers.read().as_deref() {
        None => html!(out, "<p class=\"waiting\" role=\"status\">" {texts::LOOKING_FOR_REWRITES} "</p>"),
        Some([]) => html!(out, "<p role=\"status\">" {texts::NO_REWRITE} "</p>"),
        Some(offers) => rest::behind(|| {
            offers.iter().enumerate().for_each(|(index, offer)| write_offer(index, offer, out));
        }),
    });
    live.drawn("taken", move |out| {
        if let Some(words) = session.last_rewrite() {
            html!(
                out,
                "<div class=\"notices\"><p>" {texts::REWRITTEN} " " {words} "</p><button type=\"button\" class=\"small\" id=\"" {UNDO}
                "\" data-do=\"" {Action::Undo} "\">" {Icon::Back} {texts::UNDO} "</button></div>"
            );
        }
    });
}

fn write_offer(index: usize, offer: &Offer, out: &mut Html) {
    let Offer { title, fixes, locks: (before, after), differences, steps, files } = offer;
    html!(
        out,
        "<section class=\"section\" aria-label=\"" {title} "\"><div class=\"bar\"><h3>" {title}
        "</h3><button type=\"button\" class=\"strong\" data-do=\"" {Action::Apply(index)} "\">" {Icon::Check} {texts::APPLY}
        "</button></div><dl class=\"facts\"><div><dt>" {texts::FIXES} "</dt><dd>"
    );
    for rule in fixes {
        html!(out, "<code>" {rule} "</code> ");
    }
    html!(out, "</dd></div>");
    if before != after {
        html!(out, "<div><dt>" {texts::STRONGEST_LOCK} "</dt><dd>");
        for (mode, sign) in [(before, " → "), (after, "")] {
            match mode {
                Some(mode) => html!(out, { Mode(mode) }),
                None => html!(out, { texts::NO_LOCK_OVER_WORK }),
            }
            html!(out, { sign });
        }
        html!(out, "</dd></div>");
    }
    html!(out, "</dl>");
    if !differences.is_empty() {
        html!(out, "<h4>" {texts::MEANT_TO_DIFFER} "</h4><ul class=\"lines\">");
        for line in differences {
            html!(out, "<li><code>" {line} "</code></li>");
        }
        html!(out, "</ul>");
    }
    if steps.len() > 1 {
        html!(out, "<h4>" {texts::IN_THIS_ORDER} "</h4><ol class=\"steps\">");
        for (path, first) in steps {
            html!(out, "<li><code>" {path} "</code>");
            if let Some(first) = first {
                html!(out, "<p>" {texts::before_this(first)} "</p>");
            }
            html!(out, "</li>");
        }
        html!(out, "</ol>");
    }
    for Rewritten { path, is_new, lines, .. } in files {
        html!(out, "<h4><code>" {path} "</code>");
        if *is_new {
            html!(out, " <span class=\"tag\">" {texts::NEW_FILE} "</span>");
        }
        html!(out, "</h4>" {Diff { lines, name: path, is_marked: true, extent: diff::OF_FILE }});
    }
    html!(out, "</section>");
}
