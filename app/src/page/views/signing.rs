//! Signing the review off: who looked at what, and which dangers are accepted and why.

use leptos::prelude::*;
use lockstep_core::report::json::{Document, Finding, Severity};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::export::{Copy, Download};
use super::icon::Icon;
use super::level::LevelMark;
use super::live::Live;
use super::review::place_words;
use super::sql::Sentence;
use crate::page::browser::focus;
use crate::page::session::{Direction, FindingKey, LineOfScript, Session, Tab};
use crate::page::show::action::{Action, Text};
use crate::page::show::html::{Html, html};
use crate::page::show::place;
use crate::page::show::title::{Title, title};
use crate::protocol::{AcceptedDanger, Decision, Objection, Signed};
use crate::texts;

/// The box for the reader's name.
const SIGNER: &str = "signer";

/// What the id of the box for a danger's reason begins with.
const REASON: &str = "reason-";

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<p class=\"intro\">" {texts::SIGN_OFF_INTRO} "</p><div id=\"sign-state\"></div>"
        "<div class=\"bar signer\"><label>" {texts::SIGNER} " <input id=\"" {SIGNER} "\" autocomplete=\"name\" maxlength=\"80\"></label>"
        "<span class=\"problem\" id=\"sign-problem\" role=\"alert\"></span><div class=\"actions\">"
        {Copy(texts::COPY_SIGN_OFF, Text::SignOff)} {Download(texts::DOWNLOAD_SIGN_OFF, Text::SignOff)}
        "</div></div><div id=\"to-sign\"></div>"
    );
}

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    session.keep_signed();
    live.drawn("sign-problem", move |out| html!(out, { session.signing.problem.get() }));
    live.value(SIGNER, move || session.signing.by.get());
    live.drawn("sign-state", move |out| {
        session.with_shown(Tab::SignOff, |_| match &*session.signing.signed.read() {
            None => html!(out, "<p class=\"quiet-text\">" {texts::WRITING} "</p>"),
            Some(Err(why)) => html!(
                out,
                "<div class=\"signed level-high\">" {Icon::Warning} "<p>" {texts::SIGN_OFF_UNREADABLE} " " {why} ".</p></div>"
            ),
            Some(Ok(signed)) => write_state(signed, out),
        });
    });
    live.drawn("to-sign", move |out| {
        session.with_shown(Tab::SignOff, |shown| {
            if let Some(Ok(signed)) = &*session.signing.signed.read() {
                write_migrations(session, &shown.document, signed, out);
                write_dangers(session, &shown.document, signed, out);
            }
        });
    });
}

fn write_state(signed: &Signed, out: &mut Html) {
    let changed: Vec<&Objection> = signed.objections.iter().filter(|objection| !objection.is_open).collect();
    let open = signed.objections.len() - changed.len();
    if !changed.is_empty() {
        html!(
            out,
            "<div class=\"signed level-high\" role=\"status\">" {Icon::Stop} "<div><p>" {texts::SIGN_OFF_FAILS} "</p><ul class=\"lines\">"
        );
        for Objection { path, line, message, .. } in changed {
            html!(out, "<li>");
            if !path.is_empty() {
                html!(out, "<code>" {path});
                if *line > 0 {
                    html!(out, ":" {*line});
                }
                html!(out, "</code> ");
            }
            html!(out, {Sentence(message)} "</li>");
        }
        html!(
            out,
            "</ul><p class=\"quiet-text\">" {texts::SIGN_AGAIN_INTRO} "</p><button type=\"button\" data-do=\"" {Action::SignAgain} "\">"
            {texts::SIGN_AGAIN} "</button></div></div>"
        );
    } else if open == 0 {
        html!(out, "<div class=\"signed level-none\" role=\"status\">" {Icon::Check} "<p>" {texts::SIGN_OFF_HOLDS} "</p></div>");
    } else {
        let dangers = signed.objections.iter().filter(|objection| objection.line > 0).count();
        let is_begun = !(signed.reviewed.is_empty() && signed.accepted.is_empty());
        let words = texts::open_decisions(is_begun, open - dangers, dangers);
        html!(out, "<div class=\"signed level-low\" role=\"status\">" {Icon::Info} "<p>" {words} "</p></div>");
    }
}

fn write_migrations(session: Session, document: &Document, signed: &Signed, out: &mut Html) {
    let migrations = document.migrations.iter().enumerate();
    let all: Vec<_> = migrations.filter(|(_, migration)| migration.under_review).collect();
    html!(out, "<section class=\"section\"><div class=\"bar\"><h3 id=\"migrations-to-sign\">" {texts::SIGN_MIGRATIONS} "</h3>");
    if all.len() > 1 {
        html!(
            out,
            "<button type=\"button\" class=\"small-button\" data-do=\"" {Action::SignAll} "\">" {texts::MARK_ALL_REVIEWED} "</button>"
        );
    }
    html!(out, "</div>");
    if all.is_empty() {
        html!(out, "<p class=\"quiet-text\">" {texts::NOTHING_TO_SIGN} "</p>");
    }
    html!(out, "<ul class=\"decisions\" aria-labelledby=\"migrations-to-sign\">");
    let limit = session.sections.get();
    for (index, migration) in all.iter().take(limit) {
        let first = LineOfScript { migration: *index, direction: Direction::Up, line: migration.up.line };
        let name = title(&migration.version, &migration.name);
        html!(
            out,
            "<li><div class=\"what\"><button type=\"button\" class=\"link\" data-do=\"" {Action::Line(first)} "\">"
            {Title(migration)} "</button> " {LevelMark(migration.risk)} "</div>"
        );
        let by: Vec<String> = signed
            .reviewed
            .iter()
            .filter(|(of, ..)| of == index)
            .map(|(_, by, on)| texts::signed_by(by, on))
            .collect();
        if by.is_empty() {
            write_button(Action::Sign(*index), texts::MARK_REVIEWED, &name, out);
        } else {
            write_signed(&by.join("; "), Action::Unsign(*index), &name, out);
        }
        html!(out, "</li>");
    }
    html!(out, "</ul>");
    write_more(all.len() > limit, out);
    html!(out, "</section>");
}

fn write_dangers(session: Session, document: &Document, signed: &Signed, out: &mut Html) {
    let all = place::all(document);
    let dangers: Vec<_> = all.iter().filter(|(_, finding)| finding.severity == Severity::Danger).collect();
    html!(out, "<section class=\"section\"><h3 id=\"dangers-to-sign\">" {texts::SIGN_DANGERS} "</h3>");
    if dangers.is_empty() {
        html!(out, "<p class=\"quiet-text\">" {texts::NO_DANGERS} "</p>");
    }
    html!(out, "<ul class=\"decisions\" aria-labelledby=\"dangers-to-sign\">");
    let limit = session.sections.get();
    for (key, finding) in dangers.iter().take(limit) {
        let Finding { rule, message, .. } = finding;
        let at = place_words(document, *key, finding);
        html!(
            out,
            "<li class=\"danger\"><div class=\"what\"><button type=\"button\" class=\"link\" data-do=\"" {Action::Finding(*key)} "\"><code>" {rule}
            "</code></button> <span class=\"quiet-text\">" {at} "</span><p>" {Sentence(message)} "</p></div>"
        );
        let name = format!("{rule}, {at}");
        match signed.accepted.iter().find(|accepted| accepted.finding == *key) {
            Some(AcceptedDanger { by, on, reason, .. }) => {
                html!(out, "<blockquote>" {reason} "</blockquote>");
                write_signed(&texts::signed_by(by, on), Action::Refuse(*key), &name, out);
            }
            None => {
                html!(
                    out,
                    "<div class=\"accept\"><input id=\"" {reason_id(*key)} "\" aria-label=\""
                    {texts::reason_for(rule, &at)} "\" placeholder=\"" {texts::REASON_HINT} "\" value=\"" {session.signing.reason(*key)}
                    "\" maxlength=\"500\">"
                );
                write_button(Action::Accept(*key), texts::ACCEPT, &name, out);
                html!(out, "</div>");
            }
        }
        html!(out, "</li>");
    }
    html!(out, "</ul>");
    write_more(dangers.len() > limit, out);
    html!(out, "</section>");
}

/// The box for the reason to accept a danger.
fn reason_id(key: FindingKey) -> String {
    Html::of(|out| html!(out, {REASON} {Action::Accept(key)})).replace(' ', "-")
}

/// A button, with what it is about for those who hear it alone.
fn write_button(action: Action, label: &str, name: &str, out: &mut Html) {
    html!(
        out,
        "<button type=\"button\" class=\"small-button\" data-do=\"" {action} "\">" {label} "<span class=\"unseen\"> " {name} "</span></button>"
    );
}

fn write_signed(words: &str, undo: Action, name: &str, out: &mut Html) {
    html!(out, "<div class=\"by\"><span class=\"level level-none\">" {Icon::Check} {words} "</span>");
    write_button(undo, texts::TAKE_BACK, name, out);
    html!(out, "</div>");
}

fn write_more(there_is_more: bool, out: &mut Html) {
    if there_is_more {
        html!(out, "<button type=\"button\" data-do=\"" {Action::MoreSections} "\">" {texts::SHOW_MORE} "</button>");
    }
}

/// Something was typed: the name, or a reason. False where it was neither.
pub fn entered(session: Session, target: &Element) -> bool {
    let value = || target.unchecked_ref::<HtmlInputElement>().value();
    let id = target.id();
    if id == SIGNER {
        session.signing.name(value());
    } else if let Some(Action::Accept(key)) =
        id.strip_prefix(REASON).and_then(|words| Action::parse(&words.replace('-', " ")))
    {
        session.signing.type_reason(key, value());
    } else {
        return false;
    }
    session.signing.problem.set("");
    true
}

/// A danger is accepted, once there is a reason.
pub fn accept(session: Session, key: FindingKey) {
    let reason = session.signing.reason(key).trim().to_owned();
    if reason.is_empty() {
        session.signing.problem.set(texts::REASON_ASKED);
        return focus::focus(reason_id(key));
    }
    decide(session, Decision::Accepted(key, reason));
}

/// Something is decided, once there is a name that stands for it.
pub fn decide(session: Session, decision: Decision) {
    if session.signing.by.with_untracked(|by| by.trim().is_empty()) {
        session.signing.problem.set(texts::SIGNER_ASKED);
        return focus::focus(SIGNER.to_owned());
    }
    session.signing.problem.set("");
    session.decide(decision);
}
