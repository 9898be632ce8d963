//! What the reviewer is doing, and what to do when it failed.

use leptos::prelude::*;

use super::icon::Icon;
use super::live::Live;
use crate::page::session::reviewer::Failure;
use crate::page::session::{Session, Status};
use crate::page::show::action::Action;
use crate::page::show::html::{Html, html};
use crate::texts;

/// Keeps the quiet line in the header, and the failure in plain words.
pub fn keep(live: &Live, session: Session) {
    live.drawn("progress", move |out| {
        let words = match &*session.status.read() {
            Status::Starting => texts::STARTING,
            Status::Reviewing => texts::REVIEWING,
            Status::Ready if session.has_review.get() => texts::UP_TO_DATE,
            Status::Ready | Status::Failed(_) => "",
        };
        html!(out, { words });
    });
    live.class_when("progress", "busy", move || {
        matches!(*session.status.read(), Status::Starting | Status::Reviewing)
    });
    live.drawn("failure", move |out| {
        if let Status::Failed(failure) = &*session.status.read() {
            write_failure(session, failure, out);
        }
    });
}

/// A failure, with the way on.
fn write_failure(session: Session, failure: &Failure, out: &mut Html) {
    let words = match failure {
        Failure::Crashed if session.input.read_untracked().is_large() => texts::CRASHED_LARGE.to_owned(),
        Failure::Crashed => texts::CRASHED.to_owned(),
        Failure::TooLong(patience) => texts::too_long(patience.as_secs()),
        Failure::NotReady | Failure::Overtaken => texts::STARTING.to_owned(),
        Failure::NotLoaded(detail) if detail.is_empty() => texts::NOT_LOADED.to_owned(),
        Failure::NotLoaded(detail) => format!("{} ({detail})", texts::NOT_LOADED),
    };
    html!(out, "<div class=\"failed\">" {Icon::Warning} "<p>" {words});
    let restarted = matches!(failure, Failure::Crashed | Failure::TooLong(_));
    if restarted && session.has_review.get() {
        html!(out, " " {texts::LAST_GOOD});
    }
    let (action, label) =
        if restarted { (Action::ReviewAgain, texts::REVIEW_AGAIN) } else { (Action::Reload, texts::RELOAD) };
    html!(out, "</p><button type=\"button\" data-do=\"" {action} "\">" {label} "</button></div>");
}
